// Where things of a stack are, on any runtime: services by name, edges on their proxy, observers by role.
import { HarnessError } from '../errors.ts'
import type { Address, Rig, ServiceSpec, Stack, StackHarness } from '../model/stack.ts'

export function serviceNamed(stack: Stack, name: string): ServiceSpec {
  const spec = stack.services.find((service) => service.name === name)
  if (!spec) throw new HarnessError('BUG', `no service ${name} in ${stack.file}`)
  return spec
}

/** The listening side of an edge's proxy. */
export function edgeAddressOn(rig: Pick<Rig, 'stack' | 'address'>, name: string): Address {
  const edge = rig.stack.edges.find((candidate) => candidate.name === name)
  if (!edge) throw new HarnessError('BUG', `no edge ${name} in ${rig.stack.harness.edges}`)
  return rig.address(hostPort(rig.stack.harness.observers.toxiproxy).host, edge.listenPort)
}

/** Base URL, without a trailing slash. */
export function observerOn(rig: Pick<Rig, 'stack' | 'address'>, name: keyof StackHarness['observers']): string {
  const wanted = hostPort(rig.stack.harness.observers[name])
  const { host, port } = rig.address(wanted.host, wanted.port)
  return `http://${host}:${port}`
}

/** `sink:9900`, in its parts. */
export function hostPort(text: string): Address {
  const [host = '', port] = text.split(':')
  return { host, port: Number(port) }
}

/** The hosts of the addresses where the harness receives notifications: the names of the harness itself. */
export function sinkNames({ sink, mail_sink: mail }: Pick<StackHarness, 'sink' | 'mail_sink'>): readonly string[] {
  return [...new Set([sink, ...(mail === undefined ? [] : [mail])].map((place) => hostPort(place).host))]
}
