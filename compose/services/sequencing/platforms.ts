// The instruments of the laboratory and the kinds of sequencing they do.
import { refuse } from './refusals.ts'

/** All platforms, exact and case-sensitive. */
export const PLATFORMS = ['illumina_novaseq', 'illumina_hiseq', 'ion_torrent', 'nanopore'] as const

/** A platform by its id. */
export type Platform = (typeof PLATFORMS)[number]

/** All kinds of runs and workflows. */
export const RUN_TYPES = [
  'whole_genome',
  'exome',
  'targeted_sequencing',
  'rna_seq',
  'chip_seq',
  'bisulfite',
  'single_cell',
  'metagenomics',
  'custom',
] as const

/** A kind of run. */
export type RunType = (typeof RUN_TYPES)[number]

/** The platform of an id; 404 when the laboratory has none of that name. */
export function platformNamed(id: string): Platform {
  const platform = PLATFORMS.find((known) => known === id)
  if (platform === undefined) throw refuse('not_found', 'Platform not found')
  return platform
}
