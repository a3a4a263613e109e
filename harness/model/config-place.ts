// One place in a configuration file as people write it: scrape_configs[job_name=auth], groups[name=services].rules[alert=ServiceDown].expr.
import type { Path } from './located.ts'

/** Keys with dots between them; an entry of a list by what one of its keys says. */
export const PLACE = /^[\w-]+(\.[\w-]+|\[[\w-]+=[^\]]+\])*$/

const STEP = /\[([\w-]+)=([^\]]+)\]|[\w-]+/g

export interface Found {
  readonly path: Path
  readonly value: unknown
}

/** The first step of a place that leads nowhere, and what there is instead. */
export interface Lost {
  readonly wanted: string
  readonly known: readonly string[]
  /** Which key was compared; undefined where keys themselves are the steps. */
  readonly key: string | undefined
}

/** Where the place is in a value that was read from a file. */
export function findPlace(value: unknown, place: string): Found | Lost {
  const path: PropertyKey[] = []
  let inner = value
  for (const [word, key, wanted] of place.matchAll(STEP)) {
    const known = namesIn(inner, key)
    const index = known.indexOf(wanted ?? word)
    if (index < 0) return { wanted: wanted ?? word, known, key }
    const step = key === undefined ? word : index
    path.push(step)
    inner = (inner as Record<PropertyKey, unknown>)[step]
  }
  return { path, value: inner }
}

/** Of a map its keys, of a list what each entry says under `key`. */
function namesIn(inner: unknown, key: string | undefined): readonly string[] {
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner) !== (key !== undefined)) return []
  if (key === undefined) return Object.keys(inner)
  return Object.values(inner).map((entry: Record<string, unknown> | null) => String(entry?.[key] ?? ''))
}
