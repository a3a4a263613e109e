// Decides whether a sample is fit for the laboratory; validation looks, it changes nothing.
import { decimal, type SampleRow } from './row.ts'
import { isSampleType } from './sample-types.ts'

/** Below this quality a sample is not worth sequencing. */
const MIN_QUALITY = 0.5

/** What a validation found. */
export interface Validity {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

/** Judges a sample as it is stored, at the given moment. */
export function judgeSample(sample: SampleRow, now: Date): Validity {
  const quality = decimal(sample.quality_score)
  const errors: [boolean, string][] = [
    [!isSampleType(sample.sample_type), `sample_type ${sample.sample_type} is not known`],
    [quality !== null && quality < MIN_QUALITY, `quality_score ${quality} is below ${MIN_QUALITY}`],
    [decimal(sample.concentration) === 0, 'concentration is zero'],
    [decimal(sample.volume) === 0, 'volume is zero'],
    [sample.collection_date !== null && sample.collection_date > now, 'collection_date is in the future'],
    [sample.status === 'deleted', 'the sample is deleted'],
  ]
  const warnings: [boolean, string][] = [
    [quality === null, 'quality_score is not given'],
    [sample.concentration === null, 'concentration is not given'],
    [sample.volume === null, 'volume is not given'],
  ]
  const found = (rules: [boolean, string][]): string[] => rules.filter(([broken]) => broken).map(([, text]) => text)
  return { errors: found(errors), warnings: found(warnings) }
}
