// Reads runs one after another and keeps of each only what it shows of alerts: all of them at once would not fit into memory.
import { leftOut, seenIn } from '../checks/coverage-of-run.ts'
import type { RunSeen } from '../checks/coverage-of-run.ts'
import type { Today } from '../model/alert-coverage.ts'
import { readPastRun } from '../run/past-run.ts'
import { findRun, listRuns } from '../run/run-directory.ts'
import type { RunDirectory } from '../run/run-directory.ts'
import type { CommandWorld } from './command-world.ts'

/** Oldest first. A run that was named has to be readable; of all others it is only said that one is not. */
export async function seenInRuns({ root, signal }: CommandWorld, today: Today, names?: readonly string[]): Promise<readonly RunSeen[]> {
  const runs = names === undefined ? listRuns(root) : uniqueRuns(names.map((name) => findRun(root, name)))
  const seen: RunSeen[] = []
  for (const { run, path } of runs) {
    signal.throwIfAborted()
    const record = await readPastRun(path).catch((thrown: unknown) => {
      if (names !== undefined) throw thrown
      return undefined
    })
    seen.push(record === undefined ? leftOut(run, 'cannot be read') : seenIn(record, today))
  }
  return seen
}

function uniqueRuns(runs: readonly RunDirectory[]): readonly RunDirectory[] {
  return [...new Map(runs.map((run) => [run.path, run])).values()].toSorted((a, b) => a.run.localeCompare(b.run))
}
