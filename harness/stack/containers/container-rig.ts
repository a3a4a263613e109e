// A stack of containers, started or found running: the Rig of the containers runtime.
import { join } from 'node:path'
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import type { Engine } from '../../model/engine.ts'
import type { Insight } from '../../model/insight.ts'
import type { Address, Rig, ServiceSpec, ServiceState, Stack, StackHarness } from '../../model/stack.ts'
import type { Stopped } from '../../model/stopped.ts'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { configDirectory } from '../config-files.ts'
import { edgeAddressOn, observerOn, serviceNamed, sinkNames } from '../stack-places.ts'
import { askEngine, saysGone, unlessSo } from './ask-engine.ts'
import { containerInsight } from './container-insight.ts'
import { fillerOf } from './container-layout.ts'
import type { ContainerLayout } from './container-layout.ts'
import { waitForContainer } from './container-readiness.ts'
import { DeathWatch } from './deaths.ts'
import type { Death } from './deaths.ts'
import type { EngineClient } from './engine-client.ts'
import { engineControls } from './engine-controls.ts'
import { containerName } from './names.ts'
import type { SinkPlace } from './network.ts'
import { publishedPorts } from './ports.ts'
import type { Ports } from './ports.ts'
import { publishedAddress, withPublished } from './published-addresses.ts'
import { stateOf } from './service-state.ts'

const DEATH_WITHIN = 10_000
/** Exit code of what the engine had no more patience with: 128 and SIGKILL. */
const KILLED = 137
/** What the engine itself may take beyond that patience. */
const ASK_WITHIN = 30_000

export interface ContainerRigOptions {
  readonly layout: ContainerLayout
  readonly client: EngineClient
  readonly clock: Clock
  /** Told of every start and end; undefined where another process started the stack. */
  readonly watch?: DeathWatch | undefined
  /** Milliseconds that a service may take until it is ready; what every runtime gives it when left out. */
  readonly readyWithin?: number | undefined
}

export class ContainerRig implements Rig {
  readonly stack: Stack
  readonly runtime = 'containers'
  readonly engine: Engine
  readonly insight: Insight
  readonly #options: ContainerRigOptions
  readonly #ports: Map<string, Ports>
  #sink: SinkPlace | undefined

  constructor(options: ContainerRigOptions) {
    this.#options = options
    const { client, clock, layout } = options
    this.stack = layout.stack
    this.#ports = new Map(layout.ports)
    const container = async (service: string) => this.container(service)
    this.engine = engineControls({ docker: client.docker, clock, container, network: layout.network, onPortsChanged: (service) => this.readPorts(service) })
    this.insight = containerInsight({ docker: client.docker, clock, stack: this.stack, artifacts: layout.artifacts, container: (service) => this.container(service) })
  }

  address(service: string, port: number): Address {
    if (sinkNames(this.stack.harness).includes(service) && this.#sink !== undefined) return { host: this.#sink.listen, port }
    const address = publishedAddress(this.#published(), service, port)
    if (address === undefined) throw new HarnessError('STACK_NOT_READY', `port ${port} of ${service} is not published`, { hint: 'a service that is off the network, or does not run, has no ports' })
    return address
  }

  edgeAddress(name: string): Address {
    return edgeAddressOn(this, name)
  }

  observer(name: keyof StackHarness['observers']): string {
    return observerOn(this, name)
  }

  resolve(text: string): string {
    return withPublished(fillerOf(this.#options.layout)(text), this.#published())
  }

  async state(service: string): Promise<ServiceState> {
    const found = await this.#inspect(service)
    return found === undefined ? 'stopped' : stateOf(found, this.#options.layout.network)
  }

  async kill(service: string): Promise<void> {
    const death = this.#options.watch?.expectDeath(service)
    const killed = await this.#ask(service, 'kill', async (container, abortSignal) => container.kill({ signal: 'SIGKILL', abortSignal }))
    const wait = { clock: this.#options.clock, within: DEATH_WITHIN, what: `${service} to die` }
    await withDeadline(wait, async (abortSignal) => this.container(service).wait({ condition: 'not-running', abortSignal }))
    if (killed && death !== undefined) await withDeadline(wait, () => death)
  }

  async terminate(service: string, graceMs: number): Promise<Stopped> {
    const { clock, watch } = this.#options
    const death = watch?.expectDeath(service)
    const began = clock.now()
    const stopped = await askEngine({ clock, what: `stop ${service}`, within: ASK_WITHIN + graceMs }, (abortSignal) => unlessSo(this.container(service).stop({ t: Math.ceil(graceMs / 1_000), abortSignal })))
    const ms = clock.now() - began
    if (stopped && death !== undefined) await withDeadline({ clock, within: DEATH_WITHIN, what: `${service} to end` }, () => death)
    const exitCode = (await this.#inspect(service))?.State.ExitCode
    const ended = exitCode !== KILLED
    return { ended, ms, ...(ended && exitCode !== undefined ? { exitCode } : {}) }
  }

  async restart(service: string, signal: AbortSignal): Promise<void> {
    if ((await this.state(service)) !== 'stopped') return
    const watch = this.#options.watch ?? (await this.#ownWatch())
    try {
      const died = watch.dreadDeath(service)
      await this.#ask(service, 'start', async (container, abortSignal) => container.start({ abortSignal }))
      await this.readPorts(service)
      await this.waitUntilReady(serviceNamed(this.stack, service), died, signal)
    } finally {
      if (watch !== this.#options.watch) watch[Symbol.dispose]()
    }
  }

  async freeze(service: string): Promise<void> {
    const state = await this.state(service)
    if (state === 'stopped') throw new HarnessError('FAULT_NOT_APPLIED', `could not freeze ${service}: it does not run`)
    if (state !== 'frozen') await this.#ask(service, 'freeze', async (container, abortSignal) => container.pause({ abortSignal }))
  }

  async thaw(service: string): Promise<void> {
    if ((await this.state(service)) === 'frozen') await this.#ask(service, 'thaw', async (container, abortSignal) => container.unpause({ abortSignal }))
  }

  configFile(service: string, path: string): string {
    return join(configDirectory(this.#options.layout.artifacts, service), path)
  }

  async reload(service: string): Promise<void> {
    await this.#ask(service, 'reload', async (container, abortSignal) => container.kill({ signal: 'SIGHUP', abortSignal }))
  }

  /** By its name, whoever created it. */
  container(service: string): Dockerode.Container {
    return this.#options.client.docker.getContainer(containerName(this.#options.layout.run, service))
  }

  /** Where the alert sink is; known once the network is there. */
  useSink(place: SinkPlace): void {
    this.#sink = place
  }

  /** After every start: the engine may have published the ports anew. */
  async readPorts(service: string): Promise<void> {
    const found = await this.#inspect(service)
    const ports = found === undefined ? new Map() : publishedPorts(found)
    if (ports.size > 0) this.#ports.set(service, ports)
  }

  /** SERVICE_DIED or STACK_NOT_READY. */
  async waitUntilReady(spec: ServiceSpec, died: Promise<Death>, signal: AbortSignal): Promise<void> {
    const { client, clock, layout, readyWithin: within } = this.#options
    const options = { docker: client.docker, clock, artifacts: layout.artifacts, address: (service: string, port: number) => this.address(service, port), within }
    await waitForContainer(options, { spec, container: this.container(spec.name), died, signal })
  }

  #published() {
    return { host: this.#options.client.host, ports: this.#ports }
  }

  async #inspect(service: string): Promise<Dockerode.ContainerInspectInfo | undefined> {
    return askEngine({ clock: this.#options.clock, what: `look at ${service}` }, async (abortSignal) =>
      this.container(service).inspect({ abortSignal }).catch((thrown: unknown) => {
        if (saysGone(thrown)) return undefined
        throw thrown
      }))
  }

  /** False when it was so already. A service without a container was never started. */
  async #ask(service: string, what: string, work: (container: Dockerode.Container, signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    return askEngine({ clock: this.#options.clock, what: `${what} ${service}` }, async (signal) => {
      try {
        return await unlessSo(work(this.container(service), signal))
      } catch (thrown) {
        if (saysGone(thrown)) throw new HarnessError('STACK_NOT_READY', `${service} has no container`)
        throw thrown
      }
    })
  }

  async #ownWatch(): Promise<DeathWatch> {
    const { client, clock, layout } = this.#options
    const watch = new DeathWatch({ docker: client.docker, clock, run: layout.run, onDeath: () => undefined, onLost: () => undefined })
    await watch.open()
    return watch
  }
}
