// One call to a service by its own address, and what came of it.
import { messageOf } from '../../errors.ts'
import type { Answer } from '../../model/gate-evidence.ts'
import { httpClient, parsedJson } from '../http-client.ts'
import type { HttpRequest } from '../http-client.ts'
import type { ProbeContext } from '../probe.ts'

export interface Call extends HttpRequest {
  readonly service: string
  /** The first of its ports when left out. */
  readonly port?: number | undefined
}

/** Never throws but when aborted: no answer is one too. The body is left as text where it is no JSON. */
export async function callService({ rig, clock, signal }: ProbeContext, { service, port, ...request }: Call): Promise<Answer> {
  const on = port ?? rig.stack.services.find(({ name }) => name === service)?.ports[0]
  if (on === undefined) return { service, ms: 0, error: 'it is not part of the stack, or has no port' }
  const began = performance.now()
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10
  try {
    const { host, port: reached } = rig.address(service, on)
    const { status, body } = await httpClient({ name: service, base: `http://${host}:${reached}`, clock, signal }).send(request)
    return { service, status, ms: elapsed(), body: parsedJson(body) ?? body }
  } catch (thrown) {
    signal.throwIfAborted()
    return { service, ms: elapsed(), error: messageOf(thrown) }
  }
}
