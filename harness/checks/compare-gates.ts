// Which claims of a phase turned between two runs: of the phases that both were judged for, and of the claims that both judged.
import type { VerdictChange } from '../model/comparison.ts'
import type { GateHistory, RunHistory } from '../model/run-history.ts'
import { changeOf } from './compare-verdicts.ts'

interface GatePair {
  readonly name: string
  readonly before: GateHistory
  readonly after: GateHistory
}

/** In the same profile: a longer one judges more. */
export function commonGates(before: RunHistory, after: RunHistory): readonly GatePair[] {
  return (after.gates ?? []).flatMap((gate) => {
    const own = before.gates?.find(({ phase, profile }) => phase === gate.phase && profile === gate.profile)
    return own === undefined ? [] : [{ name: `${gate.phase} (${gate.profile})`, before: own, after: gate }]
  })
}

export function commonClaims({ before, after }: GatePair): readonly string[] {
  const known = new Set(before.claims?.map(({ id }) => id))
  return (after.claims ?? []).flatMap(({ id }) => (known.has(id) ? [id] : []))
}

export function gateChanges(pair: GatePair): readonly VerdictChange[] {
  const { name, before, after } = pair
  const whole = changeOf([before.verdict], [after.verdict])
  const claims = commonClaims(pair).flatMap((id): readonly VerdictChange[] => {
    const [own, now] = [before, after].map((gate) => gate.claims?.find((claim) => claim.id === id))
    const change = own && now && changeOf([own.verdict], [now.verdict])
    return change === undefined ? [] : [{ kind: 'claim', drill: name, criterion: id, ...change, because: now?.because ?? '' }]
  })
  return [...(whole === undefined ? [] : [{ kind: 'phase' as const, drill: name, ...whole, because: after.because ?? '' }]), ...claims]
}
