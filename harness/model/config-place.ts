// One place in a configuration file as people write it: scrape_configs[job_name=auth], groups[name=services].rules[alert=ServiceDown].expr.
import type { Path } from './located.ts'

/** Keys with dots between them; an entry of a list by what one of its keys says. */
export const PLACE = /^[\w-]+(\.[\w-]+|\[[\w-]+=[^\]]+\])*$/

const STEP = /\[([\w-]+)=([^\]]+)\]|[\w-]+/g

/** Where the place is in a value that was read from the file; undefined when it has no such node. */
export function pathTo(value: unknown, place: string): Path | undefined {
  const path: PropertyKey[] = []
  let inner = value
  for (const [word, key, wanted] of place.matchAll(STEP)) {
    const step = key === undefined ? word : indexOf(inner, key, wanted ?? '')
    if (typeof inner !== 'object' || inner === null || step === undefined || Array.isArray(inner) !== (typeof step === 'number') || !(step in inner)) return undefined
    path.push(step)
    inner = (inner as Record<PropertyKey, unknown>)[step]
  }
  return path
}

function indexOf(list: unknown, key: string, wanted: string): number | undefined {
  const found = Array.isArray(list) ? list.findIndex((entry: Record<string, unknown> | null) => String(entry?.[key]) === wanted) : -1
  return found < 0 ? undefined : found
}
