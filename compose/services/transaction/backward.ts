// Undoes what a saga did, newest first; each step's undoing is tried until it is done, across restarts too.
import type { Engine } from './engine.ts'
import { failureOf, type StepFailure } from './failure.ts'
import type { Compensation, Saga } from './saga.ts'
import type { End } from './status.ts'
import type { Undo } from './workflow.ts'

/** A service that says no this often in a row means it; somebody has to look. */
const MAX_REFUSALS = 5
const FIRST_PAUSE = 100

/** Undoes what is not undone yet and ends the saga. */
export async function goBack(engine: Engine, saga: Saga): Promise<Saga> {
  const undone: Compensation[] = []
  for (const compensation of await engine.store.undos(saga)) {
    undone.push(isOver(compensation) ? compensation : await undoOne(engine, saga, compensation))
  }
  const { end, remark } = endOf(saga, undone)
  return engine.store.settle(saga, end, remark)
}

function isOver({ status }: Compensation): boolean {
  return status === 'completed' || status === 'skipped' || status === 'failed'
}

/** How a saga ends, given what became of its compensations; a remark says what is left behind. */
export function endOf(saga: Pick<Saga, 'outcome'>, undone: readonly Compensation[]): { end: End; remark: string | null } {
  const left = undone.filter(({ status }) => status === 'failed')
  if (left.length > 0) {
    const what = left.map(({ name, error }) => `${name}: ${error ?? 'unknown'}`).join(', ')
    return { end: 'Failed', remark: `; not undone: ${what}` }
  }
  const nothingToUndo = undone.every(({ status }) => status === 'skipped')
  const end = saga.outcome ?? 'Failed'
  return { end: end === 'Compensated' && nothingToUndo ? 'Failed' : end, remark: null }
}

async function undoOne(engine: Engine, saga: Saga, compensation: Compensation): Promise<Compensation> {
  const { store } = engine
  const undo = undoNamed(engine, saga, compensation.name)
  let now = compensation
  const note = async (change: Partial<Compensation>): Promise<void> => {
    now = { ...now, ...change }
    await store.noteUndo(saga, now, now)
  }
  let refusals = 0
  while (!isOver(now)) {
    await note({ status: 'executing', attempts: now.attempts + 1 })
    const outcome = await attempt(engine, saga, undo)
    engine.meter.undo(undo.name, typeof outcome === 'string' ? outcome : 'failed')
    if (typeof outcome === 'string') {
      await note({ status: outcome, error: null })
      continue
    }
    refusals = outcome.retry || outcome.effect === 'unknown' ? 0 : refusals + 1
    const givesUp = refusals >= MAX_REFUSALS || now.attempts >= engine.undoAttempts
    await note({ error: outcome.message, status: givesUp ? 'failed' : 'executing' })
    if (!givesUp) await engine.pause(Math.min(FIRST_PAUSE * 2 ** (now.attempts - 1), engine.maxPause))
  }
  return now
}

function undoNamed({ workflows }: Engine, saga: Saga, name: string): Undo {
  const undo = workflows[saga.workflow].map((step) => step.undo).find((one) => one?.name === name)
  if (undo === undefined) throw new Error(`the workflow ${saga.workflow} has no compensation ${name}`)
  return undo
}

async function attempt(engine: Engine, saga: Saga, undo: Undo): Promise<'completed' | 'skipped' | StepFailure> {
  try {
    return await undo.run({ saga, ask: engine.peers(saga, engine.now() + undo.timeout) })
  } catch (error) {
    return failureOf(error)
  }
}
