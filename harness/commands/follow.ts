// Shows a run while it goes on: one line for each thing worth knowing.
import type { Entry } from '../model/entry.ts'
import { lineFor } from '../render/console.ts'
import type { CommandWorld } from './command-world.ts'

export function followEntries(world: CommandWorld): (entry: Entry) => void {
  let first: number | undefined
  return (entry) => {
    first ??= entry.at
    const line = lineFor(entry)
    if (line !== undefined) world.tell(`${((entry.at - first) / 1_000).toFixed(1).padStart(6)} s  ${line}`)
  }
}
