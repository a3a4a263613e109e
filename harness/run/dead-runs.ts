// Finds what dead runs left behind and undoes it: processes, containers, data, and faults on stacks that still run.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lock } from 'proper-lockfile'
import { performUndo } from '../faults/index.ts'
import { openProxyControl } from '../faults/proxy-control.ts'
import { messageOf } from '../errors.ts'
import type { Undo } from '../model/fault.ts'
import type { Rig } from '../model/stack.ts'
import { leftOf, sweepRun } from '../stack/runtimes.ts'
import { runScripts } from '../stack/scripts/run-scripts.ts'
import { readState } from '../stack/state.ts'
import { poll, withDeadline } from '../time/poll.ts'
import { lockedByLiving } from './run-lock.ts'
import { reopen } from './running-stacks.ts'
import { listRuns, runsDirectory } from './run-directory.ts'
import type { RunDirectory } from './run-directory.ts'
import type { World } from './session.ts'
import { openUndoLog, outstanding } from './undo-log.ts'

const UNDO_WITHIN = 20_000

export interface Undone {
  readonly run: string
  readonly what: string
  /** Undefined when it went well. */
  readonly failed?: string
}

/** Undoes everything that dead runs left; runs whose harness lives, and stacks that are meant to stay, are not touched. */
export async function undoDeadRuns(world: World): Promise<readonly Undone[]> {
  if (listRuns(world.root).length === 0) return []
  const release = await takeTurn(world)
  return undoAll(world).finally(release)
}

/** Two processes that undo the same run would start the same service twice. The turn of a process that died lapses. */
function takeTurn({ root, clock, signal }: World): Promise<() => Promise<void>> {
  const wait = { clock, within: 120_000, every: 100, signal, what: 'another harness to finish its undoing' }
  return poll(wait, () => lock(runsDirectory(root), { stale: 10_000 }))
}

async function undoAll(world: World): Promise<readonly Undone[]> {
  const undone: Undone[] = []
  const dead = listRuns(world.root).filter(({ path }) => !lockedByLiving(path))
  const left = await leftOf(dead.map(({ run, path }) => ({ run, state: readState(path) })), world)
  for (const directory of dead) {
    undone.push(...(await undoFaults(directory, world)))
    if (left.has(directory.run)) undone.push(...(await endOrphans(directory, world)))
  }
  return undone
}

/** Replays the undo log of a dead run on the stack it hurt, if that stack still runs. */
async function undoFaults(directory: RunDirectory, world: World): Promise<readonly Undone[]> {
  const pending = existsSync(join(directory.path, 'undo.jsonl')) ? outstanding(directory.path) : []
  if (pending.length === 0) return []
  const log = openUndoLog(directory.path)
  const rig = await reopen(directory, world)
  const undone: Undone[] = []
  for (const { id, undo } of pending) {
    const failed = rig === undefined ? undefined : await tryUndo(undo, { rig, directory, world })
    if (failed === undefined) log.done(id)
    undone.push({ run: directory.run, what: describe(undo), ...(failed === undefined ? {} : { failed }) })
  }
  return undone
}

interface Scene {
  readonly rig: Rig
  readonly directory: RunDirectory
  readonly world: World
}

async function tryUndo(undo: Undo, { rig, directory, world }: Scene): Promise<string | undefined> {
  // nothing is started here, so that it does not matter how fast time goes
  const scripts = runScripts({ ...world, rig, acceleration: 1, run: directory.run, directory: directory.path })
  const control = openProxyControl({ rig, clock: world.clock, onRestart: () => undefined })
  try {
    const wait = { clock: world.clock, within: UNDO_WITHIN, signal: world.signal, what: `${describe(undo)} to be undone` }
    await withDeadline(wait, (limit) => performUndo(undo, { rig, control, scripts, clock: world.clock }, limit))
    return undefined
  } catch (thrown) {
    return messageOf(thrown)
  }
}

/** Ends the stack and the load of a run whose harness is gone, unless its stack is meant to stay. */
async function endOrphans({ run, path }: RunDirectory, world: World): Promise<readonly Undone[]> {
  const state = readState(path)
  if (state?.keptUp) return []
  const things = `left-over ${state?.runtime === 'containers' ? 'processes, containers, networks and volumes' : 'processes'} ended`
  try {
    return [{ run, what: `${await sweepRun({ run, state }, world)} ${things}` }]
  } catch (thrown) {
    // what one dead run left must not keep the others, or a new run, from theirs
    return [{ run, what: things, failed: messageOf(thrown) }]
  }
}

function describe(undo: Undo): string {
  const words: { readonly [K in Undo['action']]: string } = {
    'remove-toxic': 'toxic removed',
    'enable-proxy': 'proxy enabled',
    restart: 'restarted',
    thaw: 'thawed',
    reconnect: 'reconnected',
    'restore-cpus': 'CPU limit restored',
    'restore-memory': 'memory limit restored',
    'empty-disk': 'disk emptied',
    'drop-database': 'the copy of its data dropped',
    'end-script': 'disturbance ended',
    'mend-receiver': 'mended',
    'restore-config': 'configuration restored',
  }
  return `${'edge' in undo ? undo.edge : 'receiver' in undo ? undo.receiver : undo.service}: ${words[undo.action]}`
}
