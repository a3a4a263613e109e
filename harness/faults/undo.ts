// Performs the undoing of a fault from plain data, so that any process can: the run itself, or `harness undo` after it
// died.
import type { Undo } from '../model/fault.ts'
import type { World } from './fault-kind.ts'

/** Idempotent: what is undone already stays so, without an error. */
export async function performUndo(undo: Undo, world: World, signal: AbortSignal): Promise<void> {
  switch (undo.action) {
    case 'remove-toxic':
      return world.control.removeToxic(undo.edge, undo.toxic, signal)
    case 'enable-proxy':
      return world.control.setEnabled(undo.edge, true, signal)
    case 'restart':
      if ((await world.rig.state(undo.service)) === 'stopped') await world.rig.restart(undo.service, signal)
      return
    case 'thaw':
      if ((await world.rig.state(undo.service)) === 'frozen') await world.rig.thaw(undo.service)
  }
}
