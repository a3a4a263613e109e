// One operation of a user: waits for its turn, asks, judges status and body, and leaves two lines in the history.
import exec from 'k6/execution'
import http from 'k6/http'
import type { RefinedParams, RequestBody, ResponseType } from 'k6/http'
import { judge } from './expectation.ts'
import type { Answer, Expectation, Judgement } from './expectation.ts'
import { newTrace, randomHex } from './trace-context.ts'
import type { TraceContext } from './trace-context.ts'
import { openTurns } from './turns.ts'

export interface Ask {
  /** The name of the operation in the history, such as `sample.create`. */
  readonly op: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  /** What the text of the answer says, where it is no JSON; undefined when it is not of its kind. */
  readonly read?: (text: string) => unknown
  /** Sent instead of a body, as the field `file` of a form. */
  readonly file?: TextFile
  readonly token?: string
  /** Sent as it stands, instead of a token. */
  readonly authorization?: string
  readonly expect: Expectation
  /** The row this operation writes, when it writes one. */
  readonly write?: Row
  /** Rows written by one request: each leaves its own two lines, judged from the one answer. */
  readonly items?: Items
  /** As k6 writes durations; 10s when left out. */
  readonly timeout?: string
}

export interface TextFile {
  readonly name: string
  readonly text: string
}

export interface Row {
  readonly store: string
  readonly key: string
}

export interface Items {
  readonly op: string
  readonly rows: readonly Row[]
  /** `index` is that of the row: the same row may be there twice. */
  judge(row: Row, answer: Answer, index: number): Judgement
}

export interface Outcome extends Judgement {
  readonly status: number
  readonly body: unknown
}

const NO_ITEMS: Items = { op: '', rows: [], judge: () => ({ type: 'unknown', good: false }) }

/** The turns of this VU: every operation takes one. */
export const turns = openTurns()

/** Does one operation when its turn comes. Never throws for anything the system does. */
export async function operation(ask: Ask): Promise<Outcome> {
  await turns.next()
  return perform(ask)
}

/** Does several at the same moment, as rivals would: each takes its turn, and all begin with the last of them. */
export async function together(asks: readonly Ask[]): Promise<readonly Outcome[]> {
  return Promise.all(asks.map(await turnsFor(asks.length)))
}

/** Waits for several turns, to be spent close to one another on operations that must not wait in between. */
export async function turnsFor(count: number): Promise<(ask: Ask) => Promise<Outcome>> {
  await Promise.all(Array.from({ length: count }, () => turns.next()))
  return perform
}

async function perform(ask: Ask): Promise<Outcome> {
  const context = newTrace()
  const id = randomHex(8)
  const own = { op: ask.op, id, trace: context.trace, ...ask.write }
  // Item lines name the operation they belong to (`of`), so that rates count requests and not rows.
  const { op, rows, judge: judgeItem } = ask.items ?? NO_ITEMS
  const items = rows.map((row, index) => ({ ...own, op, id: `${id}.${index}`, of: id, ...row }))
  const begun = Date.now()
  for (const line of [own, ...items]) write({ t: begun, type: 'invoked', ...line })
  const answer = await send(ask, context)
  const ended = Date.now()
  const seen = { t: ended, ms: ended - begun, status: answer.status }
  const judgement = judge(ask.expect, answer)
  write({ ...seen, ...own, ...judgement })
  for (const [index, item] of items.entries()) write({ ...seen, ...item, ...judgeItem(item, answer, index) })
  return { ...judgement, status: answer.status, body: answer.body }
}

function write(line: object): void {
  console.log(JSON.stringify(line))
}

/** Sends the request beside the event loop, so that one that hangs keeps no other from its turn. */
async function send(ask: Ask, { trace, traceparent }: TraceContext): Promise<Answer> {
  const { metadata } = exec.vu.metrics
  metadata.trace_id = trace
  const request = http.asyncRequest(ask.method, ask.url, bodyOf(ask), paramsOf(ask, traceparent))
  // k6 has taken its copy; the next operation must not inherit it.
  delete metadata.trace_id
  try {
    const { status, body, error } = await request
    return { status, body: parse(body, ask.read), error }
  } catch (thrown) {
    return { status: 0, body: undefined, error: String(thrown) }
  }
}

export function bodyOf({ body, file }: Ask): RequestBody | null {
  if (file !== undefined) return { file: http.file(file.text, file.name, 'text/plain') }
  return body === undefined ? null : JSON.stringify(body)
}

export function paramsOf(ask: Ask, traceparent: string): RefinedParams<ResponseType> {
  const { expect, authorization = ask.token === undefined ? undefined : `Bearer ${ask.token}` } = ask
  return {
    timeout: ask.timeout ?? '10s',
    redirects: 0,
    // Without a name of its own every id in a path would be a metric of its own.
    tags: { name: ask.op },
    headers: {
      traceparent,
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization === undefined ? {} : { authorization }),
    },
    responseCallback: http.expectedStatuses(...statusesOf(expect)),
  }
}

function statusesOf(expect: Expectation): Parameters<typeof http.expectedStatuses> {
  if (expect.kind === 'unless-busy') return [...statusesOf(expect.otherwise), 429, 503]
  const granted = expect.kind === 'refused' ? [] : [{ min: 200, max: 299 }]
  return expect.kind === 'granted' ? granted : [...granted, expect.status]
}

export function parse(body: unknown, read: (text: string) => unknown = JSON.parse): unknown {
  if (typeof body !== 'string') return undefined
  try {
    return read(body)
  } catch {
    return undefined
  }
}
