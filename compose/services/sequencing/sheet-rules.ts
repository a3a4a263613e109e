// Decides whether a sample sheet can be sequenced: the instrument tells samples apart by their indexes alone.
import type { SheetSample } from './sheet-row.ts'

/** What a validation found. */
export interface SheetVerdict {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

const BASES = /^[ACGTN]+$/
const WELL = /^[A-P](?:[1-9]|1\d|2[0-4])$/

/** Judges the lines of a sheet. */
export function judgeSheet(samples: readonly SheetSample[]): SheetVerdict {
  const errors = [...samples.flatMap(wrongIn), ...sameIndexes(samples), ...mixedLengths(samples)]
  const warnings = samples.flatMap(({ sample_id, sample_well, project }) => [
    ...(sample_well === null ? [`${sample_id}: no well is given`] : []),
    ...(project === '' ? [`${sample_id}: no project is given`] : []),
  ])
  return { errors, warnings }
}

function wrongIn({ sample_id, index1, index2, sample_well }: SheetSample): string[] {
  const problems: [boolean, string][] = [
    [!BASES.test(index1), `index1 ${index1} is no sequence of A, C, G, T and N`],
    [index2 !== null && !BASES.test(index2), `index2 ${index2} is no sequence of A, C, G, T and N`],
    [sample_well !== null && !WELL.test(sample_well), `there is no well ${sample_well}`],
  ]
  return problems.filter(([wrong]) => wrong).map(([, text]) => `${sample_id}: ${text}`)
}

function sameIndexes(samples: readonly SheetSample[]): string[] {
  const seen = new Map<string, string>()
  return samples.flatMap(({ sample_id, index1, index2 }) => {
    const pair = `${index1}+${index2 ?? ''}`
    const first = seen.get(pair)
    seen.set(pair, first ?? sample_id)
    return first === undefined ? [] : [`${sample_id}: has the indexes of ${first}`]
  })
}

function mixedLengths(samples: readonly SheetSample[]): string[] {
  const lengths = new Set(samples.map(({ index1, index2 }) => `${index1.length}+${index2?.length ?? 0}`))
  return lengths.size > 1 ? [`the indexes differ in length: ${[...lengths].toSorted().join(', ')}`] : []
}
