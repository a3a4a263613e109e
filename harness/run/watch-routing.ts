// Looks again and again at what Alertmanager does with alerts, while it does it: who is held back cannot be asked afterwards.
import { parseDuration } from '../model/duration.ts'
import { gatherDuring } from './gather.ts'
import type { DrillStage } from './run-drill.ts'

/** Between two looks, in production time; and at least, in real time. */
const EVERY = '15s'
const LEAST_MS = 500

/** Does the work, and watches meanwhile where a criterion of the drill asks for it. */
export async function watchingRouting(stage: DrillStage, work: () => Promise<void>): Promise<void> {
  if (!stage.drill.criteria.some(({ kind }) => kind === 'alert-inhibited')) return work()
  const done = new AbortController()
  const signal = AbortSignal.any([stage.signal, done.signal])
  const watched = watch({ ...stage, signal }).catch(() => undefined)
  try {
    await work()
  } finally {
    done.abort()
    await watched
  }
}

/** Ends by throwing, when the signal says so. */
async function watch(stage: DrillStage): Promise<never> {
  const { clock } = stage.session.world
  const every = Math.max(LEAST_MS, parseDuration(EVERY) / stage.session.acceleration)
  for (;;) {
    await gatherDuring(stage)
    await clock.sleep(every, stage.signal)
  }
}
