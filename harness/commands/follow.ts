// Shows a run while it goes on: one line for each thing worth knowing.
import type { Entry } from '../model/entry.ts'
import { lineFor } from '../render/console.ts'
import type { CommandWorld } from './command-world.ts'

/** Of the alert that always fires nothing is told: it arrives every other second. */
export function followEntries(world: CommandWorld): (entry: Entry) => void {
  let first: number | undefined
  const always = new Set<string>()
  return (entry) => {
    first ??= entry.at
    if (entry.type === 'drill-opened') for (const one of entry.criteria) if (one.kind === 'heartbeat-arrives') always.add(one.alert)
    if (isHeartbeat(entry, always)) return
    const line = lineFor(entry)
    if (line !== undefined) world.tell(`${((entry.at - first) / 1_000).toFixed(1).padStart(6)} s  ${line}`)
  }
}

function isHeartbeat(entry: Entry, always: ReadonlySet<string>): boolean {
  return entry.type === 'evidence' && entry.evidence.probe === 'delivery' && entry.evidence.value.notifications.every(({ alert }) => always.has(alert))
}
