// A stack of plain processes, started or found running: the Rig of the local runtime.
import { join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { MemoryControl } from '../../model/engine.ts'
import type { Insight } from '../../model/insight.ts'
import type { Address, Rig, ServiceSpec, ServiceState, Stack, StackHarness } from '../../model/stack.ts'
import type { Stopped } from '../../model/stopped.ts'
import type { Clock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { declaredMemory, residentControl } from './resident-limit.ts'
import { substitute } from '../compose-variables.ts'
import { configDirectory } from '../config-files.ts'
import { logFile } from '../log-file.ts'
import { isReady, waitUntilReady } from '../readiness.ts'
import { edgeAddressOn, observerOn, serviceNamed } from '../stack-places.ts'
import { hostOf, launchOf, variablesOf } from './layout.ts'
import type { Layout } from './layout.ts'
import { localInsight } from './local-insight.ts'
import { exitCodeOf, lastLines, processState, signalOne, signalTree, startProcess } from './process.ts'
import type { ProcessId } from './process.ts'
import { killStrays } from './sweep.ts'

export interface RigOptions {
  readonly stack: Stack
  readonly layout: Layout
  readonly clock: Clock
  /** Called whenever a process id changes, after the process is there. */
  readonly onPids: (pids: Readonly<Record<string, ProcessId>>) => void
  /** Called when a service ends that nobody asked to end. */
  readonly onDeath: (service: string, how: string, lines: readonly string[]) => void
}

export class LocalRig implements Rig {
  readonly stack: Stack
  readonly runtime = 'local'
  readonly pids: Record<string, ProcessId>
  readonly memory: MemoryControl
  readonly insight: Insight
  readonly #options: RigOptions
  readonly #expectedDeaths = new Set<number>()
  /** How each process ended, or will; of those that another harness started nobody is told. */
  readonly #ends = new Map<number, Promise<string>>()
  #watching = true

  constructor(options: RigOptions, pids: Readonly<Record<string, ProcessId>> = {}) {
    this.#options = options
    this.stack = options.stack
    this.pids = { ...pids }
    const pid = (service: string) => this.#living(service)
    this.memory = residentControl({ clock: options.clock, path: options.layout.env.PATH, pid })
    const address = (service: string, port: number) => this.address(service, port)
    this.insight = localInsight({ stack: this.stack, artifacts: options.layout.artifacts, address, pid })
  }

  address(service: string, port: number): Address {
    return { host: hostOf(this.#options.layout, this.stack, service), port }
  }

  edgeAddress(name: string): Address {
    return edgeAddressOn(this, name)
  }

  observer(name: keyof StackHarness['observers']): string {
    return observerOn(this, name)
  }

  resolve(text: string): string {
    return substitute(text, variablesOf(this.#options.layout, this.stack))
  }

  async state(service: string): Promise<ServiceState> {
    const id = this.pids[service]
    const state = id && processState(id)
    return state === undefined ? 'stopped' : state === 'T' ? 'frozen' : 'running'
  }

  async kill(service: string): Promise<void> {
    const id = this.#id(service)
    this.expectDeath(service)
    if (processState(id)) signalTree(id.pid, 'SIGKILL')
    const wait = { clock: this.#options.clock, within: 5_000, every: 20, what: `${service} to die` }
    await poll(wait, async () => processState(id) === undefined)
  }

  async terminate(service: string, graceMs: number): Promise<Stopped> {
    const { clock } = this.#options
    const id = this.#id(service)
    this.expectDeath(service)
    const began = clock.now()
    // only the one that a container would have as its first: the rest is its own business
    if (processState(id)) signalOne(id.pid, 'SIGTERM')
    const wait = { clock, within: graceMs, every: 10, what: `${service} to end` }
    const ended = await poll(wait, async () => processState(id) === undefined).catch(() => false)
    const ms = clock.now() - began
    if (!ended) await this.kill(service)
    const how = ended ? await this.#ends.get(id.pid) : undefined
    return { ended, ms, ...(how === undefined ? {} : { exitCode: exitCodeOf(how) }) }
  }

  async restart(service: string, signal: AbortSignal): Promise<void> {
    if ((await this.state(service)) !== 'stopped') return
    await killStrays(this.#options.layout.run, service, this.#options.clock)
    await this.start(serviceNamed(this.stack, service), signal)
  }

  async freeze(service: string): Promise<void> {
    signalTree(this.#id(service).pid, 'SIGSTOP')
  }

  async thaw(service: string): Promise<void> {
    const id = this.#id(service)
    if (processState(id)) signalTree(id.pid, 'SIGCONT')
  }

  configFile(service: string, path: string): string {
    return join(configDirectory(this.#options.layout.artifacts, service), path)
  }

  async reload(service: string): Promise<void> {
    const id = this.#id(service)
    if (processState(id)) signalTree(id.pid, 'SIGHUP')
  }

  /** From now on the end of this service is no news. */
  expectDeath(service: string): void {
    this.#expectedDeaths.add(this.#id(service).pid)
  }

  /** Nobody wants to hear of deaths any more. */
  unwatch(): void {
    this.#watching = false
  }

  /** Starts a service that does not run, watches it, and resolves when it is ready. */
  async start(spec: ServiceSpec, signal: AbortSignal): Promise<void> {
    const { layout } = this.#options
    const log = logFile(layout.artifacts, spec.name)
    const launch = launchOf(layout, { stack: this.stack, spec })
    const running = await startProcess({ launch, log, cwd: layout.root, unprivileged: spec.harness.unprivileged })
    this.pids[spec.name] = running.id
    this.#options.onPids(this.pids)
    await this.#declareMemory(spec)
    this.#ends.set(running.id.pid, running.ended)
    let died: string | undefined
    void running.ended.then((how) => {
      died = how
      if (this.#watching && !this.#expectedDeaths.has(running.id.pid)) this.#options.onDeath(spec.name, how, lastLines(log))
    })
    const { clock } = this.#options
    const ready = () => isReady(spec, { address: (port) => this.address(spec.name, port), clock, signal })
    await waitUntilReady({ service: spec.name, clock, signal, ready, ended: () => died, lastLines: () => lastLines(log), log })
  }

  /** A machine without prlimit runs it all the same: it is not told what it may hold. */
  async #declareMemory(spec: ServiceSpec): Promise<void> {
    const bytes = declaredMemory(spec)
    if (bytes !== undefined) await this.memory.limitMemory(spec.name, { bytes }).catch(() => undefined)
  }

  #living(service: string): number | undefined {
    const id = this.pids[service]
    return id !== undefined && processState(id) !== undefined ? id.pid : undefined
  }

  #id(service: string): ProcessId {
    const id = this.pids[service]
    if (id === undefined) throw new HarnessError('STACK_NOT_READY', `${service} was never started`)
    return id
  }
}
