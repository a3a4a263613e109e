// A look at a service itself, past all proxies, with the state its process or container is in.
import { HarnessError } from '../errors.ts'
import { lookThrough } from '../probes/edge.ts'
import { helloFor } from '../probes/edge-hello.ts'
import { serviceOf } from './edge-of.ts'
import type { Sight, World } from './fault-kind.ts'

/** Speaks to the service's first port. CONTENT_INVALID when it has none: nothing could be seen of it from outside. */
export async function lookAtService(name: string, patienceMs: number, world: World, signal: AbortSignal): Promise<Sight> {
  const port = serviceOf(name, world.rig.stack).ports[0]
  if (port === undefined) throw new HarnessError('CONTENT_INVALID', `service ${name} has no port, so nothing can be seen of it from outside`)
  const exchange = { address: world.rig.address(name, port), hello: helloFor(port, 'short'), patienceMs, clock: world.clock }
  const look = await lookThrough(exchange, signal)
  return { ...look, state: await world.rig.state(name) }
}
