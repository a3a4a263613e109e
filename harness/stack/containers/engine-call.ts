// One request to the engine about one service: in time, and in words when the answer is no.
import type Dockerode from 'dockerode'
import { HarnessError, messageOf } from '../../errors.ts'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { saysGone } from './ask-engine.ts'

/** Longer than any of these takes on a busy machine, shorter than a fault is given to be reverted. */
const WITHIN_MS = 15_000

export interface Place {
  readonly docker: Dockerode
  readonly clock: Clock
  /** Undefined when the service has no container any more. */
  readonly container: (service: string) => Promise<Dockerode.Container | undefined>
}

export interface Request {
  readonly service: string
  /** As in "could not ...". */
  readonly what: string
  readonly code: 'FAULT_NOT_APPLIED' | 'FAULT_NOT_REVERTED'
  /** What to do about a no; the code's own when left out. */
  readonly hint?: string
}

export type Work<T> = (container: Dockerode.Container, signal: AbortSignal) => Promise<T>

/** What the work gives, or undefined when the service is gone. */
export async function ifThere<T>(place: Place, { service, what, code, hint }: Request, work: Work<T>): Promise<T | undefined> {
  const wait = { clock: place.clock, within: WITHIN_MS, what: `the engine to ${what}` }
  try {
    return await withDeadline(wait, async (signal) => {
      const container = await place.container(service)
      return container && (await work(container, signal))
    })
  } catch (thrown) {
    if (saysGone(thrown)) return undefined
    if (thrown instanceof HarnessError && thrown.code !== 'DEADLINE') throw thrown
    throw new HarnessError(code, `could not ${what}: ${messageOf(thrown).trim()}`, { cause: thrown, ...(hint === undefined ? {} : { hint }) })
  }
}

/** What the work gives; a service that is gone is an error like any other no. */
export async function demand<T extends object>(place: Place, request: Request, work: Work<T>): Promise<T> {
  const given = await ifThere(place, request, work)
  if (given === undefined) throw new HarnessError(request.code, `could not ${request.what}: it has no container`)
  return given
}
