// Was the system driven as hard as the drill needs? A quiet system keeps every promise.
import type { Phase } from '../model/criterion.ts'
import { phaseSchema } from '../model/criterion.ts'
import type { DrillRecord } from '../model/record.ts'
import { bucketsAt, wholeSeconds } from '../model/load-quality.ts'
import { loadOf } from './load.ts'
import type { SeenLoad } from './load.ts'
import { inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { sayNumber } from './wording.ts'

export const loadDelivered: Check<'load-delivered'> = {
  describe: ({ floor }) => `at least ${sayNumber(floor)} operations per second are started in every phase`,
  judge({ floor }, record) {
    const load = loadOf(record)
    if (load === undefined) return inconclusive('no load was recorded')
    const { lines } = load
    const rates = phasesOf(record).map((phase) => rateIn(phase, record, load))
    const doubt = rates.find((rate) => typeof rate === 'string')
    if (doubt !== undefined) return inconclusive(doubt, { lines })
    const known = rates.filter((rate) => typeof rate !== 'string')
    const low = known.filter(({ perSecond }) => perSecond < floor)
    if (low.length > 0)
      return inconclusive(`only ${low.map(say).join(', ')}; at least ${sayNumber(floor)}/s are needed in every phase`, {
        lines,
      })
    return pass(`${known.map(say).join(', ')}; at least ${sayNumber(floor)}/s were needed`, { lines })
  },
}

interface Rate {
  readonly phase: Phase
  readonly perSecond: number
}

const say = ({ phase, perSecond }: Rate) => `${sayNumber(perSecond)}/s in the ${phase} phase`

/** A drill without faults may do without the later phases; what it had must have been driven. */
function phasesOf(record: DrillRecord): readonly Phase[] {
  const all = phaseSchema.options
  return record.drill.faults.length > 0
    ? all
    : all.filter((phase) => phase === 'baseline' || record.phases[phase] !== undefined)
}

/** A text says why there is no rate. */
function rateIn(phase: Phase, record: DrillRecord, load: SeenLoad): Rate | string {
  const window = record.phases[phase]
  if (window === undefined) return `the ${phase} phase never began`
  const gap = load.gap(window)
  if (gap !== undefined) return `in the ${phase} phase ${gap}`
  const seconds = wholeSeconds(load.buckets, window)
  if (seconds.length === 0) return `the ${phase} phase holds no whole second`
  const invoked = bucketsAt(load.buckets, seconds).reduce((sum, bucket) => sum + bucket.invoked, 0)
  return { phase, perSecond: invoked / seconds.length }
}
