// Reads whether stored data is whole, as the drill demands it: before its load, so that old damage is not laid at its door, and after.
import { wantedInvariants } from '../model/drill.ts'
import { settleMsOf } from '../model/invariant.ts'
import { probeInvariants } from '../probes/invariants.ts'
import type { InvariantQuery, InvariantsAsked } from '../probes/invariants.ts'
import { contextOf, record } from './gather.ts'
import type { DrillStage } from './run-drill.ts'

/** To be called right before the load begins, or right after it has ended. */
export async function gatherInvariants(stage: DrillStage, when: InvariantsAsked['when']): Promise<void> {
  const queries = queriesOf(stage)
  if (queries.length === 0) return
  for (const evidence of await probeInvariants(contextOf(stage), { when, queries })) record(stage, evidence)
}

function queriesOf({ drill, session: { rig, acceleration } }: DrillStage): readonly InvariantQuery[] {
  const all = rig.stack.harness.invariants ?? {}
  const wanted = drill.criteria.flatMap((criterion) => (criterion.kind === 'invariants-hold' ? wantedInvariants(criterion, drill, all) : []))
  return [...new Set(wanted)].flatMap((name) => {
    const spec = all[name]
    return spec === undefined ? [] : [{ invariant: name, spec: { ...spec, url: rig.resolve(spec.url) }, settleMs: settleMsOf(spec, acceleration) }]
  })
}
