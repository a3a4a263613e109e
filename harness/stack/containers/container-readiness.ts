// When the container of a service counts as ready: the waiting of every runtime, with what an engine knows besides.
import type Dockerode from 'dockerode'
import type { Address, ServiceSpec } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import { logFile } from '../log-file.ts'
import { isReady, waitUntilReady } from '../readiness.ts'
import { askEngine } from './ask-engine.ts'
import type { Death } from './deaths.ts'
import { lastLinesOf } from './service-logs.ts'

/** The proxy of an engine accepts for a container that is not there, and closes a moment later. */
const STAYS = 100
const EVERY = 100

export interface ReadinessOptions {
  readonly docker: Dockerode
  readonly clock: Clock
  readonly artifacts: string
  readonly address: (service: string, port: number) => Address
  /** Milliseconds that a service may take. */
  readonly within?: number | undefined
}

export interface Awaited {
  readonly spec: ServiceSpec
  readonly container: Dockerode.Container
  readonly died: Promise<Death>
  readonly signal: AbortSignal
}

/** SERVICE_DIED or STACK_NOT_READY with the last words of the service. */
export async function waitForContainer(options: ReadinessOptions, { spec, container, died, signal }: Awaited): Promise<void> {
  const { docker, clock, artifacts, address, within } = options
  let death: Death | undefined
  void died.then((known) => (death = known))
  const reach = { address: (port: number) => address(spec.name, port), clock, signal, stays: STAYS, healthy: () => isHealthy(container, clock) }
  await waitUntilReady({
    service: spec.name,
    clock,
    signal,
    within,
    every: EVERY,
    ready: () => isReady(spec, reach),
    ended: () => death?.how,
    lastLines: () => death?.lines ?? lastLinesOf(docker, container.id),
    log: logFile(artifacts, spec.name),
  })
}

/** By the health check of the compose file or of the image; without one there is nothing to ask. */
async function isHealthy(container: Dockerode.Container, clock: Clock): Promise<boolean> {
  const { State: state } = await askEngine({ clock, what: 'read the health of a service' }, (abortSignal) => container.inspect({ abortSignal }))
  const status = state.Health?.Status ?? 'none'
  if (status !== 'unhealthy') return status === 'healthy' || status === 'none'
  throw new Error(`its health check says: ${state.Health?.Log.at(-1)?.Output.trim()}`)
}
