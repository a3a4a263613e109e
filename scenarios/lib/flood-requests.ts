// More in one request than a service takes, and as much as it takes: what must be refused whole, what is kept whole.
import { post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aText, aUuid, granted, judge, refused, unlessBusy } from './expectation.ts'
import type { Answer, Expectation } from './expectation.ts'
import type { Ask, Row } from './operation.ts'
import { entriesOf, judgeEntry } from './batch-requests.ts'
import { rowOf, sampleOf } from './sample-requests.ts'
import { newUuid } from './uuid.ts'

/** The documented limit of samples, libraries and events in one request. */
export const LIMIT = 100
/** The body a service behind the gateway takes, and some more. */
const TOO_LARGE = 'x'.repeat(2 * 1024 * 1024 + 4096)
/** As long as a user who sends so much would wait. */
const PATIENCE = '30s'

const SAMPLES = '/api/samples/batch'
const LIBRARIES = '/api/libraries/batch'

/** As many samples as may be: each is created by itself, so that each has lines of its own. */
export function fullList(desk: Desk, key: string): Ask {
  const samples = Array.from({ length: LIMIT }, (_, index) => sampleOf(`${key}-${index}`))
  const entries = entriesOf(samples, 'new')
  const expect = unlessBusy(granted({ success: true, 'data.total_created': LIMIT, 'data.total_failed': 0 }))
  const judgeOne = (_: Row, answer: Answer, index: number) => judgeUnlessBusy(answer) ?? judgeEntry(entries, index, answer)
  const items = { op: 'flood.samples-item', rows: samples.map(rowOf), judge: judgeOne }
  return { op: 'flood.samples', ...post(desk, SAMPLES, { samples }), expect, items, timeout: PATIENCE }
}

/** More samples than may be: refused as a whole. */
export function longList(desk: Desk, key: string, length: number): Ask {
  const samples = Array.from({ length }, (_, index) => sampleOf(`${key}-${index}`))
  const expect = unlessBusy(refused(429, { error: 'resource_limit_exceeded' }))
  return whole({ op: `flood.samples-${length}`, ...post(desk, SAMPLES, { samples }), expect }, witnesses(samples).map(rowOf))
}

/** One sample with more to say than a request may hold. */
export function heavyList(desk: Desk, key: string): Ask {
  const sample = { ...sampleOf(key), notes: TOO_LARGE }
  const expect = unlessBusy(refused(413))
  return whole({ op: 'flood.samples-too-large', ...post(desk, SAMPLES, { samples: [sample] }), expect }, [rowOf(sample)])
}

/** As many libraries as may be: stored together or not at all. */
export function fullPlate(desk: Desk, key: string): Ask {
  const expect = unlessBusy(granted({ length: LIMIT, '0.id': aUuid, '0.status': 'Pending' }))
  const { ask, rows } = plate(desk, { op: 'flood.libraries', key, size: LIMIT, expect })
  return whole(ask, rows)
}

/** More libraries than may be. */
export function longPlate(desk: Desk, key: string, size: number): Ask {
  const expect = unlessBusy(refused(400, { 'error.code': 'VALIDATION_ERROR' }))
  const { ask, rows } = plate(desk, { op: `flood.libraries-${size}`, key, size, expect })
  return whole(ask, witnesses(rows))
}

/** The last of a hundred follows a protocol that nobody knows: none of it may be stored. */
export function spoiltPlate(desk: Desk, key: string): Ask {
  const expect = unlessBusy(refused(400, { 'error.code': 'VALIDATION_ERROR' }))
  const spoilt = { preparation_protocol_id: newUuid() }
  const { ask, rows } = plate(desk, { op: 'flood.libraries-spoilt', key, size: LIMIT, expect, spoilt })
  return whole(ask, witnesses(rows))
}

/** More events than may be. */
export function longBatch(desk: Desk, subject: string): Ask {
  const event = { event_type: 'flood.arrived', source_service: 'laboratory', subject, payload: {} }
  const events = Array.from({ length: LIMIT + 1 }, () => event)
  const expect = unlessBusy(refused(429, { error: aText }))
  return { op: 'flood.events', ...post(desk, '/api/events/publish/batch', { events }), expect, timeout: PATIENCE }
}

interface Plate {
  readonly op: string
  readonly key: string
  readonly size: number
  readonly expect: Expectation
  /** What is wrong with the last one. */
  readonly spoilt?: object
}

/** Each library says of how many it is one, so that the database shows a plate that was kept in part. */
function plate(desk: Desk, { op, key, size, expect, spoilt }: Plate): { readonly ask: Ask; readonly rows: readonly Row[] } {
  const libraries = Array.from({ length: size }, (_, index) => ({
    name: `library ${key}`,
    library_type: 'dna',
    concentration: 50,
    volume: 10,
    barcode: `${key}-${index}`.toUpperCase(),
    metadata: { flood: key, of: size },
    ...(index === size - 1 ? spoilt : {}),
  }))
  const rows = libraries.map(({ barcode }) => ({ store: 'libraries', key: barcode }))
  return { ask: { op, ...post(desk, LIBRARIES, { libraries }), expect }, rows }
}

/** Of what must not be there it is enough to look for the first, one in the middle and the last. */
function witnesses<T>(all: readonly T[]): readonly T[] {
  return [0, Math.floor(all.length / 2), all.length - 1].flatMap((index) => all[index] ?? [])
}

/** Every row has the outcome of the request. */
function whole(ask: Ask, rows: readonly Row[]): Ask {
  const items = { op: `${ask.op}-item`, rows, judge: (_: Row, answer: Answer) => judge(ask.expect, answer) }
  return { ...ask, items, timeout: PATIENCE }
}

/** The judgement of a busy system, which is that of all rows; undefined when it answered. */
function judgeUnlessBusy(answer: Answer) {
  const judgement = judge(unlessBusy(granted({})), answer)
  return judgement.type !== 'acknowledged' && judgement.good ? judgement : undefined
}
