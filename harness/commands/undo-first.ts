// Before anything is started, what dead runs left is put back, and told.
import { undoDeadRuns } from '../run/dead-runs.ts'
import type { CommandWorld } from './command-world.ts'

export async function undoFirst(world: CommandWorld): Promise<void> {
  for (const { run, what, failed } of await undoDeadRuns(world)) world.tell(`left by ${run}: ${what}${failed ? `, failed: ${failed}` : ''}`)
}
