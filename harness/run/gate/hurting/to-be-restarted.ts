// A service that is about to be stopped will be started again: on disk before it stops, so that another process can do it.
import { performUndo } from '../../../faults/index.ts'
import type { HurtingScene } from './hurting-scene.ts'

const WITHIN_MS = 60_000

export function willBeRestarted(service: string, { session, unwind, rig, clock }: HurtingScene): void {
  const undo = { action: 'restart', service } as const
  const id = session.undoLog.pending(undo)
  unwind.register({
    what: `${service}, which was told to stop`,
    within: WITHIN_MS,
    release: async (signal) => {
      await performUndo(undo, { rig, clock, control: session.control }, signal)
      session.undoLog.done(id)
    },
  })
}
