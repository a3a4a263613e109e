// One look at an HTTP address, for waits until a service is ready. The only probe whose answer is not evidence.
import { httpClient, type HttpSource } from './http-client.ts'

const LOOK_MS = 2_000
const KEPT_BODY = 4_096

export interface ReadyAnswer {
  readonly status: number
  readonly ms: number
  /** At most its first 4096 characters. */
  readonly body: string
}

/** Any status is an answer; no answer within 2 s throws PROBE_UNREACHABLE, which `poll` takes for "not yet". */
export async function probeHttp(url: string, within: Pick<HttpSource, 'clock' | 'signal'>): Promise<ReadyAnswer> {
  const { clock, signal } = within
  const { origin, pathname, search, host } = new URL(url)
  const began = clock.now()
  const client = httpClient({ name: host, base: origin, clock, signal })
  const { status, body } = await client.send({ path: `${pathname}${search}`, timeoutMs: LOOK_MS })
  return { status, ms: clock.now() - began, body: body.slice(0, KEPT_BODY) }
}
