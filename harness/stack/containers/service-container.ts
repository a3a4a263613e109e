// One service as a container of testcontainers. Heavy: to be loaded only once something is about to start.
import type Dockerode from 'dockerode'
import { GenericContainer, PullPolicy } from 'testcontainers'
import type { WaitStrategy } from 'testcontainers'

export interface ContainerOrder {
  readonly definition: Dockerode.ContainerCreateOptions
  /** Resolves once the service is ready; by then the container runs and has its ports. */
  readonly ready: (container: Dockerode.Container) => Promise<void>
  /** Whether testcontainers' own reaper is to end it, should this process die. */
  readonly reaped: boolean
}

/** Creates a container, starts it and waits until it is ready. One that does not get ready is removed. */
export async function startContainer(order: ContainerOrder): Promise<void> {
  await new ServiceContainer(order).start()
}

class ServiceContainer extends GenericContainer {
  readonly #definition: Dockerode.ContainerCreateOptions

  constructor({ definition, ready, reaped }: ContainerOrder) {
    super(definition.Image ?? '')
    this.#definition = definition
    this.withPullPolicy(PullPolicy.neverPull()).withAutoCleanup(reaped).withAutoRemove(false).withWaitStrategy(waiting(ready))
    this.withNetworkMode(definition.HostConfig?.NetworkMode ?? 'default')
    this.withExposedPorts(...(Object.keys(definition.ExposedPorts ?? {}) as `${number}/tcp`[]))
  }

  /** What testcontainers has no words for: the address that ports are bound to, a name on the network without a second network, limits, mounts. */
  protected override async beforeContainerCreated(): Promise<void> {
    const { HostConfig, ...rest } = this.#definition
    this.createOpts = { ...this.createOpts, ...rest }
    this.hostConfig = { ...this.hostConfig, ...HostConfig }
  }
}

/** The deadline is that of whoever waits. */
function waiting(ready: ContainerOrder['ready']): WaitStrategy {
  const strategy: WaitStrategy = {
    waitUntilReady: (container) => ready(container),
    withStartupTimeout: () => strategy,
    isStartupTimeoutSet: () => false,
    getStartupTimeout: () => 0,
  }
  return strategy
}
