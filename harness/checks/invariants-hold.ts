// Is stored data whole once the load has ended and whatever was on its way has arrived?
import type { InvariantEvidence } from '../model/invariant-evidence.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord, Lined } from '../model/record.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check, Outcome } from './outcome.ts'
import { count, sayList, sayMissing, sayTime } from './wording.ts'

const MOST_EXAMPLES = 3

/** One invariant with what was seen of it; `before` the load began only where that was seen. */
interface Sight {
  readonly name: string
  readonly acceleration: number
  readonly before: InvariantEvidence | undefined
  readonly after: Lined<'invariant'> | undefined
}

export const invariantsHold: Check<'invariants-hold'> = {
  describe: ({ only = [] }) =>
    only.length === 0 ? 'every invariant of stored data holds' : `stored data keeps ${count(only.length, 'invariant')}: ${sayList(only, 8)}`,
  judge({ only = [] }, record) {
    if (only.length === 0) return inconclusive(`no invariant is known for ${record.drill.load.scenario}`)
    const sights = only.map((name) => sightOf(name, record))
    const lines = sights.flatMap(({ after }) => after?.seq ?? [])
    const broken = sights.flatMap((sight) => breachOf(sight) ?? [])
    if (broken.length > 0) return fail(broken.join('; '), { lines })
    const unknown = sights.flatMap((sight) => doubtOf(sight) ?? [])
    if (unknown.length > 0) return inconclusive(unknown.join('; '), { lines })
    return kept(sights, lines)
  },
}

function sightOf(name: string, record: DrillRecord): Sight {
  const looks = evidenceOf(record, 'invariant').filter(({ evidence }) => evidence.value.invariant === name)
  const at = (when: InvariantEvidence['when']) => looks.findLast(({ evidence }) => evidence.value.when === when)
  return { name, acceleration: record.acceleration, before: at('before')?.evidence.value, after: at('after') }
}

/** What is broken and was not before; undefined when nothing is, or when it was not watched to its end. */
function breachOf({ name, acceleration, before, after }: Sight): string | undefined {
  const { covered = false, value } = after?.evidence ?? {}
  if (!covered || value?.first === undefined || value.last === undefined) return undefined
  const { first, last } = value
  const known = before?.last?.violations ?? 0
  if (last.violations <= known) return undefined
  const others = [
    ...(known > 0 ? [`${known} before the load began`] : []),
    ...(first.violations === last.violations ? [] : [`${first.violations} at the first look`]),
  ]
  const said = `${count(last.violations, 'violation')} ${sayTime(last.afterMs, acceleration)} after the load ended`
  return `${name}: ${said}${others.length === 0 ? '' : ` (${others.join(', ')})`}: ${sayExamples(value)}`
}

function sayExamples({ last, examples }: InvariantEvidence): string {
  const shown = examples.slice(0, MOST_EXAMPLES)
  const more = (last?.violations ?? 0) - shown.length
  return `${shown.map(({ key, why }) => `${key} (${why})`).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Why nothing may be said of an invariant that was not seen to be newly broken; undefined when it was seen to hold. */
function doubtOf({ name, before, after }: Sight): string | undefined {
  if (after === undefined) return `${name} was not looked at`
  const { covered, value, missing } = after.evidence
  const { last, judged } = value
  const seen = last === undefined || last.violations === 0 ? '' : `, with ${count(last.violations, 'violation')} when last seen`
  if (!covered || last === undefined) return `${name} could not be judged${seen}${sayMissing(missing)}`
  if (last.violations > 0)
    return `${name} was broken before the load began: ${count(before?.last?.violations ?? 0, 'violation')} then, ${last.violations} now: ${sayExamples(value)}`
  return judged === 0 ? `${name} had nothing to judge` : undefined
}

function kept(sights: readonly Sight[], lines: readonly number[]): Outcome {
  const values = sights.flatMap(({ after }) => after?.evidence.value ?? [])
  const judged = values.flatMap(({ invariant, judged: n }) => (n === undefined ? [] : [`${invariant} over ${n}`]))
  const slowest = values.toSorted((a, b) => endOf(b) - endOf(a))[0]
  const late = values.filter(({ first }) => first !== undefined && first.violations > 0)
  const ms = slowest === undefined ? 0 : endOf(slowest)
  const limit = slowest === undefined || slowest.settleMs === 0 ? {} : { limitMs: slowest.settleMs }
  const whole = late.length === 0 ? 'at the first look' : `at last; not yet at the first look: ${sayList(late.map(sayFirst))}`
  const what = `${count(sights.length, 'invariant')} hold${sights.length === 1 ? 's' : ''}`
  return pass(`${what}${judged.length === 0 ? '' : ` (${sayList(judged, 8)})`}, whole ${sayTime(ms, sights[0]?.acceleration ?? 1)} after the load ended, ${whole}`, {
    times: [{ name: 'end of load to whole', ms, ...limit }],
    lines,
  })
}

function endOf({ last }: InvariantEvidence): number {
  return last?.afterMs ?? 0
}

function sayFirst({ invariant, first }: InvariantEvidence): string {
  return `${invariant} (${count(first?.violations ?? 0, 'violation')})`
}
