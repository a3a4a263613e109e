// Reads what a laboratory document says about its sample: by label where there is one, else by the look of the value.

/** One fact found; `confidence` is 1 where its label was found too. */
export interface Found {
  readonly section: 'administrative' | 'sample' | 'sequencing' | 'storage'
  readonly name: string
  readonly value: string
  readonly confidence: number
}

/** What a document says. */
export interface Extraction {
  readonly fields: readonly Found[]
  /** The ids of all samples it names, each once, in their order. */
  readonly samples: readonly string[]
}

/** How one fact is found: the first group of the pattern is its value. */
interface Reading {
  readonly section: Found['section']
  readonly name: string
  readonly labelled: RegExp
  readonly loose?: RegExp
  /** Gives the value its usual form. */
  readonly form?: (value: string) => string
}

/** How sure the model is of a value whose label is missing. */
const LOOSE = 0.8
/** So many ids are listed at most. */
const MAX_SAMPLES = 100

const TYPES = ['DNA', 'RNA', 'Protein', 'Plasma', 'Serum', 'Tissue', 'Blood', 'Saliva', 'Urine']
const TYPE = TYPES.join('|')
const AMOUNT = String.raw`\d{1,9}(?:\.\d{1,6})?`
const DENSITY = `${AMOUNT} ?(?:[µμu]g|ng|mg)/(?:[µμu]l|ml)`
const VOLUME = `${AMOUNT} ?(?:[µμu]l|ml|l)`
const EMAIL = String.raw`[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}`
const ID = String.raw`[A-Z]{2,4}[-_]?\d{3,8}`

/** A label, its colon and the value after it. */
function label(names: string, value: string): RegExp {
  return new RegExp(String.raw`(?:${names})[ \t]{0,9}:[ \t]{0,9}(${value})`, 'iu')
}

const READINGS: readonly Reading[] = [
  {
    section: 'administrative',
    name: 'submitter_name',
    labelled: label(String.raw`submitter(?: name)?|contact|(?<!\w ?)name`, String.raw`\p{L}[\p{L}.' -]{1,99}`),
  },
  {
    section: 'administrative',
    name: 'submitter_email',
    labelled: label('e-?mail', EMAIL),
    loose: new RegExp(`(${EMAIL})`),
  },
  { section: 'sample', name: 'sample_id', labelled: label('sample(?: id)?', ID), loose: new RegExp(`\\b(${ID})\\b`) },
  {
    section: 'sample',
    name: 'sample_type',
    labelled: label('sample type|type', TYPE),
    loose: new RegExp(`\\b(${TYPE})\\b`, 'i'),
    form: (value) => TYPES.find((type) => type.toLowerCase() === value.toLowerCase()) ?? value,
  },
  { section: 'sample', name: 'concentration', labelled: label('concentration|conc', DENSITY), loose: alone(DENSITY) },
  { section: 'sample', name: 'volume', labelled: label('volume|vol', VOLUME), loose: alone(VOLUME) },
  {
    section: 'sequencing',
    name: 'platform',
    labelled: label('platform|sequencer', 'NovaSeq|NextSeq|MiSeq|HiSeq'),
    loose: /\b(NovaSeq|NextSeq|MiSeq|HiSeq)\b/i,
  },
  { section: 'storage', name: 'temperature', labelled: label('storage|temperature', String.raw`-?\d{1,3} ?°?C`) },
]

/** A value that stands by itself, not as the beginning or end of something longer. */
function alone(value: string): RegExp {
  return new RegExp(String.raw`(?<![\w.])(${value})(?![\w/])`, 'i')
}

/** Reads `text`; the same text always gives the same answer. */
export function extract(text: string): Extraction {
  const fields = READINGS.flatMap((reading) => read(text, reading))
  const ids = text.match(new RegExp(`\\b${ID}\\b`, 'g')) ?? []
  return { fields, samples: [...new Set(ids)].slice(0, MAX_SAMPLES) }
}

function read(text: string, { section, name, labelled, loose, form }: Reading): Found[] {
  const sure = labelled.exec(text)?.[1]
  const value = (sure ?? loose?.exec(text)?.[1])?.trim()
  if (value === undefined) return []
  return [{ section, name, value: form?.(value) ?? value, confidence: sure === undefined ? LOOSE : 1 }]
}
