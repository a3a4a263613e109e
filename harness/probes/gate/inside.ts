// What a look needs of a rig to see inside services.
import { HarnessError } from '../../errors.ts'
import type { Insight } from '../../model/insight.ts'
import type { Rig, ServiceSpec } from '../../model/stack.ts'

export function insightOf({ insight, runtime }: Rig): Insight {
  if (insight === undefined) throw new HarnessError('PROBE_UNREACHABLE', `the runtime ${runtime} lets nobody look inside its services`)
  return insight
}

export function specOf({ stack }: Rig, service: string): ServiceSpec {
  const spec = stack.services.find(({ name }) => name === service)
  if (spec === undefined) throw new HarnessError('PROBE_UNREACHABLE', `${service} is not part of the stack`)
  return spec
}

/** Where it listens first. */
export function portOf(rig: Rig, service: string): number {
  const [port] = specOf(rig, service).ports
  if (port === undefined) throw new HarnessError('PROBE_UNREACHABLE', `${service} has no port`)
  return port
}
