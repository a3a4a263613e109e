// One HTTP request on a connection of its own, and how it ended: what one user of the system sees of it.
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Address } from '../../../model/stack.ts'
import type { Clock } from '../../../time/clock.ts'
import { withDeadline } from '../../../time/poll.ts'

/** Longer than any deadline that a service gives those it asks itself. */
const PATIENCE_MS = 40_000

export interface Call {
  readonly address: Address
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Milliseconds until the caller gives up; longer than any service waits when left out. */
  readonly patienceMs?: number
}

/** `refused`: nobody took the connection. `broken`: somebody did, and did not answer to the end. `silent`: we lost patience. */
export interface Called {
  readonly end: 'answered' | 'refused' | 'broken' | 'silent'
  /** By the stopwatch, so that two of them can be compared. */
  readonly began: number
  readonly ms: number
  readonly status?: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
  readonly error?: string
}

/** Never throws for what it sees, only when aborted. */
export async function callOnce(call: Call): Promise<Called> {
  const { clock, signal, patienceMs = PATIENCE_MS } = call
  const began = performance.now()
  const took = () => ({ began, ms: performance.now() - began })
  try {
    const seen = await withDeadline({ clock, signal, within: patienceMs, what: `${call.path} to answer` }, (limit) => exchange(call, limit))
    return { ...took(), ...seen }
  } catch {
    signal.throwIfAborted()
    return { ...took(), end: 'silent', headers: {}, text: '', error: `no answer within ${patienceMs / 1_000} s` }
  }
}

type Seen = Omit<Called, 'began' | 'ms'>

function exchange({ address, method = 'GET', path, headers }: Call, signal: AbortSignal): Promise<Seen> {
  return new Promise((resolve) => {
    // without an agent each request has a connection of its own, which ends with it
    const out = request({ ...address, method, path, headers, agent: false, signal })
    const lost = (thrown: Error) => resolve({ end: isRefusal(thrown) ? 'refused' : 'broken', headers: {}, text: '', error: thrown.message })
    out.on('error', lost)
    out.once('response', (response) => void whole(response).then((text) => resolve({ end: 'answered', ...headOf(response), text }), lost))
    out.end()
  })
}

async function whole(response: IncomingMessage): Promise<string> {
  return Buffer.concat(await response.toArray()).toString()
}

function headOf({ statusCode, headers }: IncomingMessage): Pick<Called, 'status' | 'headers'> {
  return { headers, ...(statusCode === undefined ? {} : { status: statusCode }) }
}

function isRefusal(thrown: Error): boolean {
  return 'code' in thrown && thrown.code === 'ECONNREFUSED'
}
