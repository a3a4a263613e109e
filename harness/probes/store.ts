// Whether what the system acknowledged is in its database: reads the rows behind every write of the load.
import type { EvidenceOf } from '../model/evidence.ts'
import { observe, type ProbeContext } from './probe.ts'
import { rowsPerKey } from './store-reader.ts'
import { storeTally, type WriteOutcome } from './store-tally.ts'

export interface StoreQuery {
  readonly scenario: string
  /** Its name in the stack. */
  readonly store: string
  /** Resolved, and with a host and port that the harness reaches. */
  readonly spec: { readonly service: string; readonly url: string; readonly query: string }
  readonly writes: ReadonlyMap<string, WriteOutcome>
}

/** Not covered, and without any count, when the database did not answer for every key. */
export async function probeStore({ clock, signal }: ProbeContext, asked: StoreQuery): Promise<EvidenceOf<'store'>> {
  const { scenario, store, spec, writes } = asked
  const seen = await observe<EvidenceOf<'store'>['value']>(signal, { scenario, store, tally: [] }, async () => {
    const { service: name, url, query } = spec
    const rows = await rowsPerKey({ name, url, query, clock, signal }, [...writes.keys()])
    return { value: { scenario, store, tally: storeTally(writes, rows) } }
  })
  return { probe: 'store', ...seen }
}
