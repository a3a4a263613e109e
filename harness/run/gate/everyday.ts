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
/** What k6 ends with when it is told to. */
const STOPPED_BY_US = 105
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
    if (driven.lost() === undefined) await clock.sleep(lookBack(looks) / session.acceleration + SETTLE_MS, signal)
    await work(driven)
    if (load !== undefined) await endLoad({ session, append }, load)
  } finally {
    await unwind.run()
  }
}

async function driving(stage: GateStage, unwind: Unwind): Promise<UnderLoad & { readonly load?: LiveLoad }> {
  const { session, append, signal } = stage
  const { everyday } = session.rig.stack.harness
  if (everyday === undefined) return { lost: () => 'the stack does not say what its everyday load is: x-harness.everyday' }
  try {
    const load = await beginLoad({ session, id: ID, append, unwind, signal }, everyday)
    return await waitForFloor(load, { session, signal, drill: { load: everyday } }).then(
      () => ({ load, loadFrom: session.world.clock.now(), lost: endOf(load) }),
      async (thrown: unknown) => {
        const why = `${lostBy(thrown, signal)}${await lastWordOf(load)}`
        return { load, lost: () => why }
      },
    )
  } catch (thrown) {
    const why = lostBy(thrown, signal)
    return { lost: () => why }
  }
}

/** What is seen after it has ended by itself is not seen under load. */
function endOf(load: LiveLoad): UnderLoad['lost'] {
  let ended: string | undefined
  void load.exited.then(({ code }) => (ended = `the everyday load ended by itself, k6 with exit code ${code}`))
  return () => ended
}

function lostBy(thrown: unknown, signal: AbortSignal): string {
  signal.throwIfAborted()
  return `the everyday load did not come about: ${messageOf(thrown)}`
}

/** Why k6 gave up, as it says itself; nothing of one that goes on, only too slowly. */
async function lastWordOf(load: LiveLoad): Promise<string> {
  const { code, meaning, lastLines } = await load.stop()
  return code === STOPPED_BY_US ? '' : ` (${[meaning, lastLines.at(-1)].filter(Boolean).join('; ')})`
}

/** Production milliseconds. */
export function lookBack(looks: readonly Pick<GateCriterion, 'check'>[]): number {
  const queries = looks.flatMap(({ check }) => (check?.kind === 'series' ? [check.query] : []))
  return Math.max(LOOK_BACK_MS, ...queries.flatMap((query) => durationsIn(parseQuery(query)).map(({ ms }) => Math.abs(ms))))
}
