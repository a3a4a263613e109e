// Finds and ends processes that a run left behind, by the mark every one of them carries in its environment.
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { poll } from '../../time/poll.ts'
import type { Clock } from '../../time/clock.ts'
import { processIds, processStart, processState, signalTree } from './process.ts'
import type { ProcessId } from './process.ts'

const MARK = 'HARNESS_RUN='

/** Living processes by the run that started them. */
export function markedProcesses(): ReadonlyMap<string, readonly ProcessId[]> {
  const found = new Map<string, ProcessId[]>()
  for (const pid of processIds()) {
    const id = { pid, start: processStart(pid) }
    const run = markOf(id.pid)
    if (run === undefined || id.pid === process.pid || processState(id) === undefined) continue
    found.set(run, [...(found.get(run) ?? []), id])
  }
  return found
}

function markOf(pid: number): string | undefined {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
    return variables.find((variable) => variable.startsWith(MARK))?.slice(MARK.length)
  } catch {
    return undefined
  }
}

/**
 * Ends what is left of a run: gently, then not; returns how many processes there were. Frozen ones are thawed first,
 * for they hear nothing but SIGKILL. `known` are ids on record, for programs that overwrite their environment.
 */
export async function sweepProcesses(run: string, known: readonly ProcessId[], clock: Clock): Promise<number> {
  const alive = () => [...(markedProcesses().get(run) ?? []), ...known.filter((id) => processState(id) !== undefined)]
  const found = alive()
  for (const { pid } of found) for (const signal of ['SIGCONT', 'SIGTERM'] as const) signalTree(pid, signal)
  const gone = { clock, within: 3_000, every: 50, what: 'left-over processes to end' }
  await poll(gone, async () => alive().length === 0).catch(() => alive().forEach(({ pid }) => signalTree(pid, 'SIGKILL')))
  await poll(gone, async () => alive().length === 0)
  return new Set(found.map(({ pid }) => pid)).size
}

export async function removeData(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true })
}
