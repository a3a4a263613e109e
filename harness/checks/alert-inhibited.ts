// Does an alert that fires stay away from people, for they are told of something worse? It is held back, not missing.
import type { CriterionOf } from '../model/criterion.ts'
import type { EvidenceOf } from '../model/evidence.ts'
import { evidenceOf } from '../model/record.ts'
import type { DrillRecord, Lined } from '../model/record.ts'
import { notFired } from './alert-fires.ts'
import { sightOf } from './alert-sight.ts'
import type { AlertSight, Expected } from './alert-sight.ts'
import { momentsOf, sinceFault } from './alert-stages.ts'
import { carries } from './labels.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check, Outcome } from './outcome.ts'
import { sayAlert, sayList, sayTime } from './wording.ts'

type Inhibited = CriterionOf<'alert-inhibited'>
type Route = EvidenceOf<'routing'>['value'][number]

/** What was on its way to a receiver when the inhibition began still arrives; as long as derived deadlines give to sending. */
const UNDER_WAY_MS = 2_000

export const alertInhibited: Check<'alert-inhibited'> = {
  describe: ({ alert, labels, by }) => `${sayAlert(alert, labels)} fires, and is held back${by === undefined ? '' : ` by ${by}`}: nobody is told of it meanwhile`,
  judge(criterion, record) {
    const expected: Expected = { kind: 'alert-fires', alert: criterion.alert, labels: criterion.labels }
    const sight = sightOf(expected, record)
    if ('verdict' in sight) return sight
    const { firing } = momentsOf(expected, sight)
    if (firing === undefined) return { ...notFired(expected, sight, record), lines: sight.lines }
    const stretches = stretchesOf(criterion, record)
    if ('verdict' in stretches) return { ...stretches, lines: [...sight.lines, ...stretches.lines] }
    const lines = [...sight.lines, ...stretches.flatMap(({ lines: own }) => own)]
    const why = wrongCause(criterion, stretches) ?? toldMeanwhile(criterion, sight, stretches) ?? tooShort(stretches)
    if (why !== undefined) return { ...why, lines: [...lines, ...why.lines] }
    const held = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
    const say = (ms: number) => sayTime(ms, record.acceleration)
    return pass(`firing ${say(sinceFault(firing, sight.fault.from))} after the fault, held back by ${causes(stretches)} for ${say(held)}; nobody was told of it meanwhile`, { lines })
  },
}

/** Looks in a row that all show it inhibited. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly by: readonly string[]
  readonly lines: readonly number[]
}

function stretchesOf(criterion: Inhibited, record: DrillRecord): readonly Stretch[] | Outcome {
  const looks = evidenceOf(record, 'routing').filter(({ evidence }) => evidence.covered)
  if (looks.length === 0) return inconclusive('it fired, and what Alertmanager did with it was not recorded')
  const own = looks.flatMap((look) => routesIn(look, criterion))
  if (own.length === 0) return fail('it fired, but Alertmanager was never seen to hold it')
  const found: Stretch[] = []
  let open = false
  for (const look of looks) {
    const muted = routesIn(look, criterion).filter(({ inhibitedBy }) => inhibitedBy.length > 0)
    if (muted.length > 0) extend(found, open, { from: look.at, to: look.at, by: namesOf(muted, look), lines: [look.seq] })
    open = muted.length > 0
  }
  if (found.length > 0) return found
  const silenced = [...new Set(own.flatMap(({ silencedBy }) => silencedBy))]
  return fail(silenced.length > 0 ? `it fired, but a silence muted it (${sayList(silenced)}), no other alert` : 'it fired, but Alertmanager was never seen to hold it back')
}

function extend(found: Stretch[], open: boolean, next: Stretch): void {
  const last = open ? found.pop() : undefined
  if (last === undefined) found.push(next)
  else found.push({ from: last.from, to: next.to, by: [...new Set([...last.by, ...next.by])], lines: [last.lines[0] ?? 0, ...next.lines] })
}

function routesIn({ evidence }: Lined<'routing'>, { alert, labels }: Inhibited): readonly Route[] {
  return evidence.value.filter((route) => route.alert === alert && carries(route.labels, labels))
}

/** The alerts behind the fingerprints; one that is not in the look is called by its fingerprint. */
function namesOf(muted: readonly Route[], { evidence }: Lined<'routing'>): readonly string[] {
  const prints = [...new Set(muted.flatMap(({ inhibitedBy }) => inhibitedBy))]
  return prints.map((print) => evidence.value.find(({ fingerprint }) => fingerprint === print)?.alert ?? print)
}

function causes(stretches: readonly Stretch[]): string {
  return sayList([...new Set(stretches.flatMap(({ by }) => by))])
}

function wrongCause({ by }: Inhibited, stretches: readonly Stretch[]): Outcome | undefined {
  if (by === undefined || stretches.some((one) => one.by.includes(by))) return undefined
  return fail(`it was held back by ${causes(stretches)}, not by ${by}`)
}

function toldMeanwhile({ labels }: Inhibited, { deliveries }: AlertSight, stretches: readonly Stretch[]): Outcome | undefined {
  const firing = deliveries.filter(({ notification }) => notification.status === 'firing' && carries(notification.labels, labels))
  const told = firing.filter(({ at }) => stretches.some(({ from, to }) => at > from + UNDER_WAY_MS && at <= to))
  if (told.length === 0) return undefined
  return fail(`it was held back by ${causes(stretches)}, yet ${sayList([...new Set(told.map(({ receiver }) => receiver))])} was told of it meanwhile`, { lines: told.slice(0, 1).map(({ line }) => line) })
}

/** Of one look alone nobody can say who was told meanwhile. */
function tooShort(stretches: readonly Stretch[]): Outcome | undefined {
  if (stretches.some(({ from, to }) => to > from)) return undefined
  return inconclusive(`it was seen to be held back by ${causes(stretches)} once only, so that nobody can tell who was told meanwhile`)
}
