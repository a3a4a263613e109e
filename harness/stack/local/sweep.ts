// Ends processes that a run left behind.
import { rm } from 'node:fs/promises'
import { poll } from '../../time/poll.ts'
import type { Clock } from '../../time/clock.ts'
import { markedProcesses } from './marks.ts'
import { processState, signalTree } from './process.ts'
import type { ProcessId } from './process.ts'

/**
 * Ends what is left of a run: gently, then not; returns how many processes there were. Frozen ones are thawed first,
 * for they hear nothing but SIGKILL. `known` are ids on record, for programs that overwrite their environment.
 */
export async function sweepProcesses(run: string, known: readonly ProcessId[], clock: Clock): Promise<number> {
  const marked = () => markedProcesses().filter((one) => one.run === run)
  const alive = () => [...marked().map(({ id }) => id), ...known.filter((id) => processState(id) !== undefined)]
  const found = alive()
  for (const { pid } of found) for (const signal of ['SIGCONT', 'SIGTERM'] as const) signalTree(pid, signal)
  const gone = { clock, within: 3_000, every: 50, what: 'left-over processes to end' }
  await poll(gone, async () => alive().length === 0).catch(() => alive().forEach(({ pid }) => signalTree(pid, 'SIGKILL')))
  await poll(gone, async () => alive().length === 0)
  return new Set(found.map(({ pid }) => pid)).size
}

/** Kills a service of a run that nobody has on record: its harness died between starting it and writing that down. */
export async function killStrays(run: string, service: string, clock: Clock): Promise<void> {
  const strays = () => markedProcesses().filter((one) => one.run === run && one.service === service)
  strays().forEach(({ id }) => signalTree(id.pid, 'SIGKILL'))
  await poll({ clock, within: 5_000, every: 20, what: `a stray ${service} to die` }, async () => strays().length === 0)
}

export async function removeData(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true })
}
