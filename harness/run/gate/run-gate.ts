// The story of a gate within a run: looks at the idle stack, the drills, looks under the everyday load, and last what hurts.
// A criterion that fails stops nothing, unless the command says that enough is known.
import { STAGES } from '../../drill/gate-plan.ts'
import type { Stage } from '../../drill/gate-plan.ts'
import type { GateCriterion } from '../../model/phase.ts'
import type { Append, Session } from '../session.ts'
import { underLoad } from './everyday.ts'
import type { GateOrder } from './gate-order.ts'
import type { Backstage } from './lookers.ts'
import { lookAway, lookOnce } from './one-look.ts'
import type { Looking } from './one-look.ts'

export interface GateStage {
  readonly gate: GateOrder
  readonly session: Session
  readonly append: Append
  readonly signal: AbortSignal
  readonly startTime: Backstage['startTime']
  /** Runs the drills of the plans; ends early where enough is known. */
  readonly drills: () => Promise<void>
}

type Wanted = GateCriterion & { readonly phase: string }

const ENOUGH = 'not looked at: a criterion that decides had failed by then, and --fail-fast stops there'

/** Before anything is started, so that the phases are judged whatever becomes of the run. */
export function openGates({ plans }: GateOrder, append: Append): void {
  for (const { phase, profile, skipped } of plans) append({ type: 'gate-opened', phase, profile, skipped })
}

export async function runGate(stage: GateStage): Promise<void> {
  await lookAll('idle', stage)
  if (!(await stage.gate.enough())) await stage.drills()
  await lookAll('drilled', stage)
  await lookUnderLoad(stage)
  await lookAll('away', stage)
}

async function lookUnderLoad(stage: GateStage): Promise<void> {
  const [load, hurting] = [wantedIn('load', stage.gate), wantedIn('hurting', stage.gate)]
  if (load.length + hurting.length === 0) return
  if (await stage.gate.enough()) return [...load, ...hurting].forEach((one) => lookAway(one, stage.append, ENOUGH))
  await underLoad(stage, load, async (driven) => {
    await lookAll('load', stage, driven)
    await lookAll('hurting', stage, driven)
  })
}

/** Since when the load runs, or why nobody can say anything under it. */
export interface UnderLoad {
  readonly loadFrom?: number
  /** To be asked again after each look: a load may end by itself. */
  readonly lost: () => string | undefined
}

async function lookAll(when: Stage, stage: GateStage, { loadFrom, lost }: UnderLoad = { lost: () => undefined }): Promise<void> {
  for (const wanted of wantedIn(when, stage.gate)) {
    stage.signal.throwIfAborted()
    const spoilt = needsLoad(wanted, when) ? lost : () => undefined
    const why = (await stage.gate.enough()) ? ENOUGH : spoilt()
    if (why !== undefined) lookAway(wanted, stage.append, why)
    else await lookOnce(wanted, { ...lookingOf(stage), condition: conditionOf(when), loadFrom, spoilt })
  }
}

function lookingOf({ session, append, signal, gate, startTime }: GateStage): Omit<Looking, 'condition' | 'spoilt'> {
  return { session, append, signal, backstage: { scrapeMs: gate.scrapeMs, coverage: gate.coverage, startTime } }
}

function wantedIn(when: Stage, { plans }: GateOrder): readonly Wanted[] {
  return plans.flatMap(({ phase, looks }) => looks[when].map((criterion) => ({ ...criterion, phase: phase.name })))
}

/** Requests that are lost on the way to a service can only be seen while there are some; a service comes back with or without them. */
function needsLoad({ check }: Wanted, when: Stage): boolean {
  return when === 'load' || check?.kind === 'shutdown'
}

function conditionOf(when: Stage): Looking['condition'] {
  if (when === 'away') return 'without'
  return when === 'idle' || when === 'drilled' ? 'idle' : 'load'
}

/** How many looks there will be, for whoever counts them down. */
export function countLooks({ plans }: Pick<GateOrder, 'plans'>): number {
  return plans.reduce((sum, { looks }) => sum + STAGES.reduce((own, when) => own + looks[when].length, 0), 0)
}
