// One look at a page on which a service says what it has read, past all proxies.
import { HarnessError } from '../errors.ts'
import type { FaultOf } from '../model/fault.ts'
import { httpClient } from '../probes/http-client.ts'
import type { Glance, Sight } from './fault-kind.ts'

/** Never throws for what it sees. CONTENT_INVALID when the service has no port to ask at. */
export async function lookAtPage(name: string, shows: FaultOf<'config_change'>['shows'], { world, patienceMs, signal }: Glance): Promise<Sight> {
  const { rig, clock } = world
  const port = shows.port ?? rig.stack.services.find((one) => one.name === name)?.ports[0]
  if (port === undefined) throw new HarnessError('CONTENT_INVALID', `service ${name} has no port, so nothing can be seen of it from outside`)
  const { host, port: reached } = rig.address(name, port)
  const began = performance.now()
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10
  try {
    const { status, body } = await httpClient({ name, base: `http://${host}:${reached}`, clock, signal }).send({ path: shows.path, timeoutMs: patienceMs })
    const said = { text: shows.text, found: body.includes(shows.text) }
    return { outcome: 'answered', connectMs: 0, firstByteMs: elapsed(), totalMs: elapsed(), closeMs: 0, bytes: body.length, chunks: 1, sent: 1, status, said }
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof HarnessError)) throw thrown
    return { outcome: elapsed() < patienceMs ? 'closed' : 'silent', totalMs: elapsed(), bytes: 0, chunks: 0, sent: 1 }
  }
}
