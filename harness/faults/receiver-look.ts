// One look at a receiver of notifications: it is asked how it is, and nothing is delivered.
import { get } from 'node:http'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Address } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'
import type { Sight } from './fault-kind.ts'

export interface ReceiverGlance {
  readonly address: Address
  readonly receiver: string
  readonly patienceMs: number
  readonly clock: Clock
}

/** What a caller of `/<receiver>` sees. Never throws for what it sees, only when aborted. */
export async function lookAtReceiver({ address, receiver, patienceMs, clock }: ReceiverGlance, signal: AbortSignal): Promise<Sight> {
  signal.throwIfAborted()
  const began = performance.now()
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10
  const wait = { clock, within: patienceMs, signal, what: `an answer of ${receiver}` }
  try {
    const status = await withDeadline(wait, (limit) => statusOf(address, receiver, limit))
    return { outcome: 'answered', connectMs: 0, firstByteMs: elapsed(), totalMs: elapsed(), closeMs: 0, bytes: 1, chunks: 1, sent: 1, status }
  } catch (thrown) {
    signal.throwIfAborted()
    const refused = (thrown as { code?: string }).code === 'ECONNREFUSED'
    return { outcome: refused ? 'refused' : elapsed() < patienceMs ? 'closed' : 'silent', connectMs: refused ? undefined : 0, totalMs: elapsed(), bytes: 0, chunks: 0, sent: 1 }
  }
}

async function statusOf({ host, port }: Address, receiver: string, signal: AbortSignal): Promise<number> {
  const request = get({ host, port, path: `/${encodeURIComponent(receiver)}`, agent: false, signal })
  request.on('error', () => undefined)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode ?? 0
}
