// A run in which every name, reason and label tries to break the page. For the tests.
import type { RunRecord } from '../../../model/record.ts'

export const HOSTILE = `<img src=x onerror=alert(1)>"'&lt;</script></title><!--]]>\u202E\u0000 javascript:alert(1)`

/** Words of the journal's own language: changed, they would be no text but another journal. */
const OWN = new Set(['type', 'kind', 'probe', 'phase', 'state', 'status', 'reason', 'source', 'channel', 'outcome', 'when', 'comparator', 'tags', 'meaning', 'during', 'action', 'script', 'how'])

/** Every other text that is no number or duration, and every name in a list of names. */
export function hostile(record: RunRecord): RunRecord {
  return poisoned(record) as RunRecord
}

function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OWN.has(key) || /^-?\d|^$/.test(value) ? value : `${value}${HOSTILE}`
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key))
  if (typeof value !== 'object' || value === null) return value
  const named = key === 'labels' || key === 'digests' || key === 'machine' || key === 'versions'
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [named ? `${name}${HOSTILE}` : name, poisoned(one, name)]))
}
