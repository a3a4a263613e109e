// Finds what an edge's name stands for in the stack.
import { HarnessError } from '../errors.ts'
import type { Edge, ServiceSpec, Stack } from '../model/stack.ts'

/** The edge of that name; CONTENT_INVALID when the stack has none. */
export function edgeOf(name: string, stack: Stack): Edge {
  const edge = stack.edges.find((candidate) => candidate.name === name)
  if (!edge) throw new HarnessError('CONTENT_INVALID', `no edge ${name} in ${stack.file}`)
  return edge
}

/** The port on which the edge's callee listens: it tells which protocol to speak. */
export function calleePort(edge: string, stack: Stack): number {
  return edgeOf(edge, stack).upstreamPort
}

/** The service of that name; CONTENT_INVALID when the stack has none. */
export function serviceOf(name: string, stack: Stack): ServiceSpec {
  const service = stack.services.find((candidate) => candidate.name === name)
  if (!service) throw new HarnessError('CONTENT_INVALID', `no service ${name} in ${stack.file}`)
  return service
}
