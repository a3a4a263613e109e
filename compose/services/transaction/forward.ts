// Takes a saga's steps one by one; each is written down before it is taken, and its result before the next.
import type { Engine } from './engine.ts'
import { StepFailure, type Effect } from './failure.ts'
import { insist } from './insist.ts'
import type { Saga } from './saga.ts'
import type { End } from './status.ts'
import { planUndo } from './undo-plan.ts'
import type { Step } from './workflow.ts'

/** Goes on until all steps are done or one fails for good; `resumed`: the step at hand may have been taken already. */
export async function goForward(engine: Engine, saga: Saga, resumed: boolean): Promise<Saga> {
  const steps = engine.workflows[saga.workflow]
  let now = saga
  let before: Effect = resumed ? 'unknown' : 'none'
  while (now.status === 'Executing') {
    now = await goOn(engine, now, { step: steps[now.completed_steps], before })
    before = 'none'
  }
  return now
}

interface Place {
  readonly step: Step | undefined
  readonly before: Effect
}

async function goOn(engine: Engine, saga: Saga, { step, before }: Place): Promise<Saga> {
  if (saga.cancel_requested) {
    return setBack(engine, saga, { outcome: 'Cancelled', reason: 'cancelled on request', effect: before })
  }
  if (step === undefined) return engine.store.complete(saga)
  if (engine.now() >= saga.deadline_at.getTime()) {
    return setBack(engine, saga, { ...late(), step: step.name, effect: before })
  }
  return takeStep(engine, saga, { step, before })
}

async function takeStep(engine: Engine, saga: Saga, { step, before }: { step: Step; before: Effect }): Promise<Saga> {
  const until = Math.min(engine.now() + step.timeout, saga.deadline_at.getTime())
  const measured = engine.meter.step(step.name)
  try {
    const attempt = () => step.run({ saga, ask: engine.peers(saga, until) })
    const { value, attempts } = await insist(attempt, { until, before, now: engine.now, pause: engine.pause })
    measured('completed')
    return await engine.store.advance(saga, { found: value, attempts })
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    measured('failed')
    return setBack(engine, saga, { ...whyFailed(engine, saga, error), step: step.name, begun: true, effect: error.effect })
  }
}

function whyFailed(engine: Engine, saga: Saga, { message }: StepFailure): { outcome: End; reason: string } {
  const isLate = engine.now() >= saga.deadline_at.getTime()
  return isLate ? late(message) : { outcome: 'Compensated', reason: message }
}

function late(detail?: string): { outcome: End; reason: string } {
  return { outcome: 'TimedOut', reason: `not done in time${detail === undefined ? '' : `: ${detail}`}` }
}

interface Halt {
  readonly outcome: End
  readonly reason: string
  readonly step?: string
  /** True when the step at hand was tried by this process. */
  readonly begun?: boolean
  readonly effect: Effect
}

function setBack(engine: Engine, saga: Saga, halt: Halt): Promise<Saga> {
  const { outcome, reason, step = null, begun = false, effect } = halt
  const steps = engine.workflows[saga.workflow]
  const plan = engine.undoesAll
    ? planUndo(steps, { done: steps.length, effect: 'none' })
    : planUndo(steps, { done: saga.completed_steps, effect })
  return engine.store.fail(saga, { outcome, reason, step, begun: begun || effect === 'unknown', plan })
}
