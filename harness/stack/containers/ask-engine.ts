// One request to the engine: in time, and in words when the answer is no.
import { HarnessError, messageOf } from '../../errors.ts'
import type { ErrorCode } from '../../errors.ts'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'

/** Longer than any request takes on a busy machine. */
const WITHIN = 30_000

export interface Asking {
  readonly clock: Clock
  /** As in "could not ...". */
  readonly what: string
  readonly signal?: AbortSignal | undefined
  /** Milliseconds. */
  readonly within?: number
}

/** What the engine gives. ENGINE_UNREACHABLE, IMAGE_MISSING, ADDRESS_TAKEN or ENGINE_REFUSED, with its own words. */
export async function askEngine<T>({ clock, what, signal, within = WITHIN }: Asking, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await withDeadline({ clock, within, signal, what: `the engine to ${what}` }, work)
  } catch (thrown) {
    signal?.throwIfAborted()
    throw asEngineError(thrown, what)
  }
}

/** Whatever dockerode or testcontainers threw; what is a HarnessError already stays as it is. */
export function asEngineError(thrown: unknown, what: string): HarnessError {
  if (thrown instanceof HarnessError && thrown.code !== 'DEADLINE') return thrown
  const message = messageOf(thrown).trim()
  const [code, hint] = meaningOf(thrown, message)
  return new HarnessError(code, `could not ${what}: ${message}`, { cause: thrown, ...(hint === undefined ? {} : { hint }) })
}

/** 404: there is no such thing. 304 and 409: it is so already, or somebody else is doing it. */
export function saysGone(thrown: unknown): boolean {
  return statusOf(thrown) === 404
}

export function saysSo(thrown: unknown): boolean {
  return [304, 409].includes(statusOf(thrown) ?? 0)
}

function statusOf(thrown: unknown): number | undefined {
  return (thrown as { readonly statusCode?: number } | undefined)?.statusCode
}

function meaningOf(thrown: unknown, message: string): readonly [ErrorCode, string?] {
  if (thrown instanceof HarnessError) return ['ENGINE_UNREACHABLE', 'the engine was given time and said nothing; look at its own log']
  if (statusOf(thrown) === undefined && isLost(thrown, message)) return ['ENGINE_UNREACHABLE', 'the engine has gone; start it again, and harness undo removes what is left']
  if (/no such image|does not exist locally/i.test(message)) return ['IMAGE_MISSING']
  if (/port is already allocated|address already in use/i.test(message)) return ['ADDRESS_TAKEN', 'another program took the port in the meantime; start again']
  if (/no space left on device/i.test(message)) return ['ENGINE_REFUSED', 'the disk of the engine, or a tmpfs of the service, is full: docker system df shows what takes the room']
  if (/non-overlapping IPv4 address pool/i.test(message)) return ['ENGINE_REFUSED', 'the engine has no room for another network: docker network prune removes unused ones']
  return ['ENGINE_REFUSED']
}

function isLost(thrown: unknown, message: string): boolean {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code ?? ''
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'EACCES'].includes(code) || /working container runtime|socket hang up/.test(message)
}

/** False when it was so already. */
export function unlessSo(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    (thrown: unknown) => {
      if (saysSo(thrown)) return false
      throw thrown
    },
  )
}
