// One look of a gate, guarded: whatever goes wrong in it is put on record as not seen, with its reason, and the gate goes on.
import { messageOf } from '../../errors.ts'
import type { GateLook } from '../../model/gate-evidence.ts'
import type { GateCriterion } from '../../model/phase.ts'
import type { Condition } from '../../model/gate-check.ts'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import type { Append, Session } from '../session.ts'
import { Unwind } from '../unwind.ts'
import type { HurtingScene } from './hurting/hurting-scene.ts'
import { lookFor, NOTHING } from './lookers.ts'
import type { Backstage, LookedAt } from './lookers.ts'

/** The longest of them, a backup put back or fifteen services restarted one by one, take less. */
const LOOK_WITHIN = 300_000

export interface Looking {
  readonly session: Session
  readonly append: Append
  readonly signal: AbortSignal
  readonly backstage: Backstage
  readonly condition: Condition
  /** Since when the everyday load runs. */
  readonly loadFrom?: number | undefined
  /** Asked when the look is over: why what it saw does not count. */
  readonly spoilt: () => string | undefined
}

type Wanted = Pick<GateCriterion, 'id' | 'check'> & { readonly phase: string }

/** Looks, and journals what was seen. Throws only when the whole run is aborted. */
export async function lookOnce({ id, check, phase }: Wanted, looking: Looking): Promise<void> {
  if (check === undefined || check.kind === 'drill' || check.kind === 'load') return
  const { session, append, signal, backstage } = looking
  const { clock } = session.world
  const unwind = new Unwind(clock, append)
  session.world.onLeft(() => unwind.left())
  const began = clock.now()
  const seen = await guarded({ clock, signal }, check.kind, (limited) => lookFor(check as never, sceneOf(looking, { unwind, signal: limited }), backstage))
  const clean = await unwind.run()
  signal.throwIfAborted()
  const missing = [seen.missing, looking.spoilt(), ...(clean ? [] : ['not all that the look did could be taken back'])].filter((one) => one !== undefined)
  const look = missing.length === 0 ? seen : { ...seen, covered: false, missing: missing.join('; ') }
  append({ type: 'gate-look', phase, ms: clock.now() - began, look: { criterion: id, kind: check.kind, ...look } as GateLook })
}

/** Journals of one criterion why nobody looks. */
export function lookAway({ id, check, phase }: Wanted, append: Append, why: string): void {
  if (check === undefined || check.kind === 'drill' || check.kind === 'load') return
  append({ type: 'gate-look', phase, look: { criterion: id, kind: check.kind, ...unseen(check.kind, why) } as GateLook })
}

interface Unseen {
  readonly value: unknown
  readonly covered: boolean
  readonly missing?: string
}

function unseen(kind: LookedAt, missing: string): Unseen {
  return { value: NOTHING[kind], covered: false, missing }
}

type Timed = { readonly clock: Clock; readonly signal: AbortSignal }

async function guarded({ clock, signal }: Timed, kind: LookedAt, look: (signal: AbortSignal) => Promise<Unseen>): Promise<Unseen> {
  try {
    return await withDeadline({ clock, within: LOOK_WITHIN, signal, what: `the look ${kind}` }, look)
  } catch (thrown) {
    return unseen(kind, messageOf(thrown))
  }
}

function sceneOf({ session, append, condition, loadFrom }: Looking, { unwind, signal }: Pick<HurtingScene, 'unwind' | 'signal'>): HurtingScene {
  const { rig, world, run, acceleration } = session
  const secret = world.env.JWT_SECRET ?? rig.stack.harness.disturbances?.JWT_SECRET
  return {
    rig,
    clock: world.clock,
    signal,
    condition,
    run: run.slice(-6),
    acceleration,
    jwtSecret: secret === undefined ? undefined : rig.resolve(secret),
    ...(loadFrom === undefined ? {} : { loadFrom }),
    session,
    append,
    unwind,
  }
}
