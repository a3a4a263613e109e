// The load of an ordinary day, under which a gate looks: on as long as the looks take, and before them as long as their queries look back.
import { messageOf } from '../../errors.ts'
import type { LiveLoad } from '../../load/start-load.ts'
import type { GateCriterion } from '../../model/phase.ts'
import { durationsIn, parseQuery } from '../../time/promql-tree.ts'
import { beginLoad, endLoad } from '../drive.ts'
import { waitForFloor } from '../settle.ts'
import { Unwind } from '../unwind.ts'
import type { GateStage, UnderLoad } from './run-gate.ts'

const ID = 'everyday'
/** What rules and dashboards usually look back. */
const LOOK_BACK_MS = 300_000
/** Real time on top: until what was sent last is scraped, recorded and stored. */
const SETTLE_MS = 3_000

/** Does the work with the load going on; where that cannot be had, the work is told why and goes on without. */
export async function underLoad(stage: GateStage, looks: readonly GateCriterion[], work: (driven: UnderLoad) => Promise<void>): Promise<void> {
  const { session, append, signal } = stage
  const { clock } = session.world
  const unwind = new Unwind(clock, append)
  session.world.onLeft(() => unwind.left())
  try {
    const { load, ...driven } = await driving(stage, unwind)
    if (driven.lost === undefined) await clock.sleep(lookBack(looks) / session.acceleration + SETTLE_MS, signal)
    await work(driven)
    if (load !== undefined) await endLoad({ session, append }, load)
  } finally {
    await unwind.run()
  }
}

async function driving(stage: GateStage, unwind: Unwind): Promise<UnderLoad & { readonly load?: LiveLoad }> {
  const { session, append, signal } = stage
  const { everyday } = session.rig.stack.harness
  if (everyday === undefined) return { lost: 'the stack does not say what its everyday load is: x-harness.everyday' }
  try {
    const load = await beginLoad({ session, id: ID, append, unwind, signal }, everyday)
    return await waitForFloor(load, { session, signal, drill: { load: everyday } }).then(
      () => ({ load, loadFrom: session.world.clock.now() }),
      (thrown: unknown) => ({ load, lost: lostBy(thrown, signal) }),
    )
  } catch (thrown) {
    return { lost: lostBy(thrown, signal) }
  }
}

function lostBy(thrown: unknown, signal: AbortSignal): string {
  signal.throwIfAborted()
  return `the everyday load did not come about: ${messageOf(thrown)}`
}

/** Production milliseconds. */
export function lookBack(looks: readonly Pick<GateCriterion, 'check'>[]): number {
  const queries = looks.flatMap(({ check }) => (check?.kind === 'series' ? [check.query] : []))
  return Math.max(LOOK_BACK_MS, ...queries.flatMap((query) => durationsIn(parseQuery(query)).map(({ ms }) => Math.abs(ms))))
}
