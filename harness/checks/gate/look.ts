// How checks of a gate are built: each look is judged by itself, the worst of them counts, and nothing seen is never a pass.
import type { CheckOf, GateKind } from '../../model/gate-check.ts'
import type { FactKind, FactValue, GateDrill, GateFact } from '../../model/gate-evidence.ts'
import { worst } from '../../model/verdict.ts'
import { fail, inconclusive, pass } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { sayList, sayMissing } from '../wording.ts'

/** What there is to judge one criterion by: the facts that are its own, and all drills. */
export interface Seen {
  readonly facts: readonly GateFact[]
  readonly drills: readonly GateDrill[]
}

/** One kind of gate check: says it in plain words, and judges it. */
export interface GateJudge<K extends GateKind> {
  describe(check: CheckOf<K>): string
  judge(check: CheckOf<K>, seen: Seen): Outcome
}

/** Judges every look of a kind by `decide`. No look is left out: one that failed is not made good by a later one. */
export function byLooks<K extends FactKind>(kind: K, decide: (check: CheckOf<K>, value: FactValue<K>) => Outcome): GateJudge<K>['judge'] {
  return (check, { facts }) => {
    const own = facts.filter((fact) => fact.kind === kind) as unknown as readonly GateFact<K>[]
    const outcomes = own.map(({ covered, missing, value, lines }) => {
      const outcome = covered ? decide(check, value) : inconclusive(`not all was seen${sayMissing(missing)}`)
      return { ...outcome, lines }
    })
    const verdict = worst(outcomes.map((outcome) => outcome.verdict))
    return outcomes.find((outcome) => outcome.verdict === verdict) ?? inconclusive('nobody looked')
  }
}

/** Kinds whose looks are lists of what was seen of each thing. */
type ListKind = { [K in FactKind]: FactValue<K> extends readonly unknown[] ? K : never }[FactKind]

/** As byLooks, for what cannot be looked at all at once: several services, or one under several conditions. All looks are taken as one. */
export function byAllLooks<K extends ListKind>(kind: K, decide: (check: CheckOf<K>, value: FactValue<K>) => Outcome): GateJudge<K>['judge'] {
  return (check, { facts }) => {
    const own = facts.filter((fact) => fact.kind === kind)
    if (own.length === 0) return inconclusive('nobody looked')
    const lines = own.flatMap((fact) => fact.lines)
    const blind = own.find(({ covered }) => !covered)
    const seen = own.flatMap((fact) => (fact.covered ? (fact.value as readonly unknown[]) : [])) as unknown as FactValue<K>
    // what was seen to be wrong is wrong, whatever was not seen beside it
    const outcome = blind !== undefined && seen.length === 0 ? undefined : decide(check, seen)
    if (blind !== undefined && outcome?.verdict !== 'fail') return inconclusive(`not all was seen${sayMissing(blind.missing)}`, { lines })
    return { ...(outcome ?? inconclusive('nobody looked')), lines }
  }
}

interface Tally {
  readonly wrong: readonly string[]
  /** What could not be told. */
  readonly unknown?: readonly string[]
  readonly good: string
}

/** Whatever is wrong fails it, what is not known leaves it open, else it is good. */
export function tally({ wrong, unknown = [], good }: Tally): Outcome {
  if (wrong.length > 0) return fail(sayList(wrong, 5))
  return unknown.length > 0 ? inconclusive(sayList(unknown, 5)) : pass(good)
}

interface Each<T> {
  readonly services: readonly string[]
  readonly found: readonly (T & { readonly service: string })[]
  /** What is wrong with one; undefined when nothing is. */
  readonly wrong: (one: T & { readonly service: string }) => string | undefined
  /** Why one says nothing. */
  readonly unknown?: (one: T & { readonly service: string }) => string | undefined
  readonly good: string
}

/** For checks that look at one thing in each of some services: one that was not looked at is not known. */
export function tallyEach<T>({ services, found, wrong, unknown = () => undefined, good }: Each<T>): Outcome {
  const asked = found.filter(({ service }) => services.includes(service))
  const told = asked.filter((one) => unknown(one) === undefined)
  const lost = services.filter((service) => !asked.some((one) => one.service === service)).map((service) => `nothing is known of ${service}`)
  return tally({ wrong: told.flatMap((one) => wrong(one) ?? []), unknown: [...lost, ...asked.flatMap((one) => unknown(one) ?? [])], good })
}

/** The value below which `part` of all values are, by the nearest rank. NaN of none. */
export function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? NaN
}
