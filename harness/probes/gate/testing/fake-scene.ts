// A scene for tests of looks: services at addresses of the test's own, observers at another, and an inside as told.
import type { Insight } from '../../../model/insight.ts'
import type { Address, Edge, Rig, ServiceSpec, ServiceState, StackHarness } from '../../../model/stack.ts'
import { systemClock } from '../../../time/clock.ts'
import { fakeRig } from '../../testing/fake-rig.ts'
import type { GateScene } from '../gate-probe.ts'

export interface FakePlace {
  readonly services?: readonly (Partial<ServiceSpec> & { readonly name: string })[]
  readonly edges?: readonly Edge[]
  readonly harness?: Partial<StackHarness>
  /** Base URL of every observer. */
  readonly observer?: string
  /** Where every service is; by name where they differ. */
  readonly address?: Address | Readonly<Record<string, Address>>
  readonly states?: Readonly<Record<string, ServiceState>>
  readonly insight?: Partial<Insight>
}

/** Every service runs unless told otherwise, and is given no port unless told so. */
export function fakeScene(place: FakePlace = {}, changes: Partial<GateScene> = {}): GateScene {
  return { rig: rigOf(place), clock: systemClock, signal: new AbortController().signal, condition: 'idle', run: 'run', acceleration: 40, jwtSecret: undefined, ...changes }
}

function rigOf({ services = [], edges = [], harness = {}, observer = 'http://127.65.0.9:1', address, states = {}, insight }: FakePlace): Rig {
  const rig = fakeRig(() => observer)
  const plain = { image: undefined, environment: {}, ports: [], dependsOn: [], mounts: [], harness: { command: ['x'], tools: [], environment: {}, unprivileged: false, accelerate: [] } }
  const stack = { ...rig.stack, edges, services: services.map((service) => ({ ...plain, ...service })), harness: { ...rig.stack.harness, ...harness } }
  const at = (service: string): Address => {
    const own = address === undefined || typeof address.port === 'number' ? (address as Address | undefined) : (address as Readonly<Record<string, Address>>)[service]
    if (own === undefined) throw new Error(`no address of ${service}`)
    return own
  }
  return { ...rig, stack, address: at, state: async (service) => states[service] ?? 'running', ...(insight === undefined ? {} : { insight: insight as Insight }) }
}

/** Of `http://127.65.0.1:1234`. */
export function addressOf(base: string): Address {
  const { hostname, port } = new URL(base)
  return { host: hostname, port: Number(port) }
}
