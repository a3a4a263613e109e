// Facts and drills of a gate for tests, told in one line each.
import { gateCheckSchema } from '../../model/gate-check.ts'
import type { CheckOf, GateCheck, GateKind } from '../../model/gate-check.ts'
import type { AnyCriterion } from '../../model/criterion.ts'
import type { FactKind, FactValue, GateDrill, GateFact } from '../../model/gate-evidence.ts'
import { worst } from '../../model/verdict.ts'
import type { Verdict } from '../../model/verdict.ts'
import { judgeCheck } from '../gate/index.ts'
import type { Outcome } from '../outcome.ts'

/** A check as it is read from a file. */
export function aCheck<K extends GateKind>(check: Extract<GateCheck, { kind: K }>): CheckOf<K> {
  return gateCheckSchema.parse(check) as CheckOf<K>
}

export function aFact<K extends FactKind>(kind: K, value: FactValue<K>, changes: Partial<GateFact<K>> = {}): GateFact<K> {
  return { criterion: 'made-up', kind, lines: [7], covered: true, value, ...changes }
}

/** What a check makes of one look or of several. */
export function judgedBy<K extends FactKind>(check: Extract<GateCheck, { kind: K }>, ...looks: readonly FactValue<K>[]): Outcome {
  const facts = looks.map((value) => aFact((check as { kind: K }).kind, value)) as unknown as readonly GateFact[]
  return judgeCheck(aCheck(check as never), { facts, drills: [] })
}

/** A drill with one finding of each kind that is given. */
export function aGateDrill(name: string, findings: Partial<Record<AnyCriterion['kind'], Verdict>>, changes: Partial<GateDrill> = {}): GateDrill {
  const verdict = worst(Object.values(findings))
  const made = Object.entries(findings).map(([kind, own]) => {
    return { criterion: { kind } as AnyCriterion, sentence: kind, verdict: own, because: `${kind} is ${own}`, times: [], lines: [3] }
  })
  return { id: name, name, title: name, verdict, because: `it is ${verdict}`, findings: made, tags: [], ...changes }
}
