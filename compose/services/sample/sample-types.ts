// The kinds of samples the laboratory takes, exact and case-sensitive.

/** All sample types. */
export const SAMPLE_TYPES = [
  'DNA',
  'RNA',
  'Protein',
  'Cell Culture',
  'Tissue',
  'Blood',
  'Serum',
  'Plasma',
  'Urine',
  'Saliva',
  'Swab',
  'Environmental',
  'Other',
] as const

/** True for a known sample type. */
export function isSampleType(name: string): boolean {
  return SAMPLE_TYPES.some((type) => type === name)
}
