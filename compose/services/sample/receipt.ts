// Says when a sample came into the laboratory, which may be long before somebody entered it.
import type { SampleRow } from './row.ts'

/** What says so in a sample's metadata: an RFC 3339 time. */
const RECEIVED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** The `received_at` of its metadata where that is a time before it was entered, else when it was entered. */
export function receivedAt({ metadata, created_at }: Pick<SampleRow, 'metadata' | 'created_at'>): Date {
  const isObject = typeof metadata === 'object' && metadata !== null
  const named = isObject && 'received_at' in metadata ? metadata.received_at : undefined
  if (typeof named !== 'string' || !RECEIVED.test(named)) return created_at
  const received = new Date(named)
  // An impossible date compares as not earlier.
  return received < created_at ? received : created_at
}
