// One exchange through the listening side of a proxy: what a caller of that edge would see, measured from outside the
// injector.
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { HarnessError } from '../errors.ts'
import type { Address } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import type { Hello } from './edge-hello.ts'

/** Milliseconds count from the start of the look, unless said otherwise. */
export interface Look {
  /**
   * answered: at least one byte came and no reset. closed: an orderly end without a byte. silent: no byte until we
   * lost patience.
   */
  readonly outcome: 'answered' | 'refused' | 'reset' | 'closed' | 'silent'
  /** Undefined when no connection came about. */
  readonly connectMs?: number
  readonly firstByteMs?: number
  /** Until the last byte; without a byte, until the outcome was known. */
  readonly totalMs: number
  /** From the last byte, or from our goodbye, to the close; undefined when it was still open at the end of the look. */
  readonly closeMs?: number
  readonly bytes: number
  /** In how many pieces the bytes came. */
  readonly chunks: number
  /** Bytes that we said. */
  readonly sent: number
}

export interface Exchange {
  readonly address: Address
  readonly hello: Hello
  /** Milliseconds after which the look ends with what was seen so far. */
  readonly patienceMs: number
  readonly clock: Clock
}

/** Of several looks at the same thing the first unanswered one, else the middle one, in as many chunks as any came. */
export function typicalOf<L extends Look>(looks: readonly L[]): L {
  const byTime = looks.toSorted((a, b) => a.totalMs - b.totalMs)
  const middle = looks.find(({ outcome }) => outcome !== 'answered') ?? byTime[Math.floor(looks.length / 2)]
  if (!middle) throw new HarnessError('BUG', 'no look to choose from')
  return { ...middle, chunks: middle.outcome === 'answered' ? Math.max(...looks.map(({ chunks }) => chunks)) : 0 }
}

type Ending = 'end' | 'late' | 'refused' | 'reset'

/**
 * Connects, says hello, listens until the other side closes or patience ends. Never throws for what it sees, only when
 * aborted.
 */
export async function lookThrough(exchange: Exchange, signal: AbortSignal): Promise<Look> {
  signal.throwIfAborted()
  const done = new AbortController()
  const socket = connect({ host: exchange.address.host, port: exchange.address.port, noDelay: true })
  try {
    const late = exchange.clock.sleep(exchange.patienceMs, AbortSignal.any([signal, done.signal]))
    return await watch(
      socket,
      exchange.hello,
      late.then(() => 'late' as const),
    )
  } catch (thrown) {
    signal.throwIfAborted()
    throw thrown
  } finally {
    done.abort()
    socket.destroy()
  }
}

async function watch(socket: Socket, hello: Hello, late: Promise<'late'>): Promise<Look> {
  const start = performance.now()
  const elapsed = () => Math.round((performance.now() - start) * 10) / 10
  const seen = { connectMs: NaN, firstByteMs: NaN, quietSince: NaN, lastByteMs: NaN, bytes: 0, chunks: 0 }
  socket.on('connect', () => {
    seen.connectMs = elapsed()
    socket.write(hello.bytes)
  })
  socket.on('data', (data: Buffer) => {
    seen.lastByteMs = elapsed()
    if (seen.chunks === 0) seen.firstByteMs = seen.quietSince = seen.lastByteMs
    if (!hello.goodbye) seen.quietSince = seen.lastByteMs
    else if (seen.chunks === 0) socket.end()
    seen.bytes += data.length
    seen.chunks += 1
  })
  const ending = await Promise.race([endOf(socket, () => !Number.isNaN(seen.connectMs)), late])
  const endMs = elapsed()
  return {
    outcome: outcomeOf(ending, seen.bytes),
    connectMs: known(seen.connectMs),
    firstByteMs: known(seen.firstByteMs),
    totalMs: seen.bytes > 0 ? seen.lastByteMs : endMs,
    closeMs: ending === 'late' ? undefined : known(Math.round((endMs - seen.quietSince) * 10) / 10),
    bytes: seen.bytes,
    chunks: seen.chunks,
    sent: Number.isNaN(seen.connectMs) ? 0 : hello.bytes.length,
  }
}

function endOf(socket: Socket, connected: () => boolean): Promise<Ending> {
  return new Promise((resolve) => {
    socket.on('end', () => resolve('end'))
    // A connection that never came about counts as refused, whatever the network called it.
    socket.on('error', () => resolve(connected() ? 'reset' : 'refused'))
    socket.on('close', () => resolve('end'))
  })
}

function outcomeOf(ending: Ending, bytes: number): Look['outcome'] {
  if (ending === 'refused' || ending === 'reset') return ending
  if (bytes > 0) return 'answered'
  return ending === 'late' ? 'silent' : 'closed'
}

function known(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms
}
