// One look at what a fault hits: an edge, as its caller, or a service itself, past all proxies.
import { HarnessError } from '../errors.ts'
import { lookThrough } from '../probes/edge.ts'
import type { Look } from '../probes/edge.ts'
import { helloFor } from '../probes/edge-hello.ts'
import type { Manner } from '../probes/edge-hello.ts'
import type { Glance, Sight } from './fault-kind.ts'

/** Speaks through the edge's proxy as its callee's port suggests. CONTENT_INVALID when the stack has no such edge. */
export async function lookAtEdge(name: string, manner: Manner, { world, patienceMs, signal }: Glance): Promise<Look> {
  const { stack } = world.rig
  const edge = stack.edges.find((candidate) => candidate.name === name)
  if (!edge) throw new HarnessError('CONTENT_INVALID', `no edge ${name} in ${stack.file}`)
  const hello = helloFor(edge.upstreamPort, manner)
  return lookThrough({ address: world.rig.edgeAddress(name), hello, patienceMs, clock: world.clock }, signal)
}

/**
 * Speaks to the service's first port, and asks for its state. CONTENT_INVALID when it has no port: then nothing could
 * be seen of it.
 */
export async function lookAtService(name: string, { world, patienceMs, signal }: Glance): Promise<Sight> {
  const { rig, clock } = world
  const port = rig.stack.services.find((candidate) => candidate.name === name)?.ports[0]
  if (port === undefined)
    throw new HarnessError('CONTENT_INVALID', `service ${name} has no port, so nothing can be seen of it from outside`)
  const look = await lookThrough(
    { address: rig.address(name, port), hello: helloFor(port, 'short'), patienceMs, clock },
    signal,
  )
  return { ...look, state: await rig.state(name) }
}
