// Whether stored data keeps its invariants: looks at each until nothing breaks it any more, or its time to settle is over.
import type { EvidenceOf } from '../model/evidence.ts'
import type { InvariantLook } from '../model/invariant-evidence.ts'
import { poll } from '../time/poll.ts'
import { lookAtInvariant } from './invariant-reader.ts'
import type { InvariantSeen } from './invariant-reader.ts'
import { eachLimited } from './limited.ts'
import { attempt, type ProbeContext } from './probe.ts'

const EVERY_MS = 500
/** Connections at once; the services have their pools to themselves otherwise. */
const AT_ONCE = 4
/** Each invariant ends at its own deadline; this is only for reads that are slow on top of that. */
const PATIENCE_MS = 600_000

export interface InvariantQuery {
  readonly invariant: string
  /** Resolved, and with a host and port that the harness reaches. */
  readonly spec: { readonly service: string; readonly url: string; readonly query: string; readonly counts?: string | undefined }
  /** Real milliseconds. */
  readonly settleMs: number
}

export interface InvariantsAsked {
  readonly when: 'before' | 'after'
  readonly queries: readonly InvariantQuery[]
}

interface Watch {
  readonly query: InvariantQuery
  looks: number
  done: boolean
  first?: InvariantLook
  last?: InvariantLook
  seen?: InvariantSeen
  missing?: string | undefined
}

/**
 * One piece of evidence for each invariant, in the order asked; time counts from the call. The last look at a broken one is the
 * first at its deadline or later. A read that fails is not tried again, and leaves its invariant not covered.
 */
export async function probeInvariants(context: ProbeContext, { when, queries }: InvariantsAsked): Promise<readonly EvidenceOf<'invariant'>[]> {
  const { clock, signal } = context
  const since = clock.now()
  const watches = queries.map((query): Watch => ({ query, looks: 0, done: false }))
  const within = Math.max(0, ...queries.map(({ settleMs }) => settleMs)) + PATIENCE_MS
  await poll({ clock, within, every: EVERY_MS, signal, what: 'invariants' }, async () => {
    await eachLimited(watches.filter(({ done }) => !done), AT_ONCE, (watch) => look(watch, context, since))
    return watches.every(({ done }) => done)
  })
  return watches.map((watch) => evidenceOf(watch, when))
}

async function look(watch: Watch, { clock, signal }: ProbeContext, since: number): Promise<void> {
  const { spec, settleMs } = watch.query
  const afterMs = clock.now() - since
  const reader = { name: spec.service, url: spec.url, query: spec.query, counts: spec.counts, clock, signal }
  const { value: seen, missing } = await attempt<InvariantSeen | undefined>(signal, undefined, async () => ({ value: await lookAtInvariant(reader) }))
  watch.looks += 1
  watch.missing = missing
  if (seen !== undefined) {
    watch.seen = seen
    watch.last = { afterMs, violations: seen.violations }
    watch.first ??= watch.last
  }
  watch.done = seen === undefined || seen.violations === 0 || afterMs >= settleMs
}

function evidenceOf({ query: { invariant, settleMs }, looks, first, last, seen, missing }: Watch, when: InvariantsAsked['when']): EvidenceOf<'invariant'> {
  const found = seen === undefined ? {} : { first, last, ...(seen.judged === undefined ? {} : { judged: seen.judged }) }
  const value = { invariant, when, settleMs, looks, ...found, examples: seen?.examples ?? [] }
  return missing === undefined ? { probe: 'invariant', value, covered: true } : { probe: 'invariant', value, covered: false, missing }
}
