// Performs the undoing of a fault from plain data, so that any process can: the run itself, or `harness undo` after it
// died.
import type { Undo } from '../model/fault.ts'
import { restoreConfig } from './config-file.ts'
import { ownerOf } from '../probes/database-owner.ts'
import { useDatabase } from '../probes/database-reader.ts'
import { engineOf, memoryOf } from './engine-of.ts'
import type { World } from './fault-kind.ts'
import { scriptsOf } from './script.ts'

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
      return
    case 'restore-memory':
      return restoreMemory(undo, world, signal)
    case 'end-script':
      return scriptsOf(world).end(undo.token, signal)
    case 'mend-receiver':
      return world.receivers?.mend(undo.receiver)
    case 'restore-config':
      return restoreConfig(undo, world.rig)
    case 'drop-database':
      return dropDatabase(undo, world, signal)
    default:
      return undoOnEngine(undo, world)
  }
}

type EngineUndo = Exclude<Undo, { action: 'remove-toxic' | 'enable-proxy' | 'restart' | 'thaw' | 'restore-memory' | 'end-script' | 'mend-receiver' | 'restore-config' | 'drop-database' }>

/** With it goes whoever is still in it. */
async function dropDatabase({ service, database }: Extract<Undo, { action: 'drop-database' }>, { rig, clock }: World, signal: AbortSignal): Promise<void> {
  await useDatabase(ownerOf({ rig, clock, signal }, service, 'postgres'), (ask) => ask(`drop database if exists ${database} with (force)`))
}

async function undoOnEngine(undo: EngineUndo, { rig }: World): Promise<void> {
  const engine = engineOf(rig, undo.action)
  switch (undo.action) {
    case 'reconnect':
      return engine.reconnect(undo.service)
    case 'restore-cpus':
      return engine.limitCpus(undo.service, undo.cpus)
    case 'empty-disk':
      return engine.empty(undo.service, undo.path)
  }
}

async function restoreMemory({ service, memory: before }: Extract<Undo, { action: 'restore-memory' }>, { rig }: World, signal: AbortSignal): Promise<void> {
  const memory = memoryOf(rig, 'restore-memory')
  await memory.limitMemory(service, before)
  // What the limit killed belongs to the fault, and ends with it.
  if ((await memory.usage(service)).oomKilled) await rig.restart(service, signal)
}
