// A stack of plain processes, started or found running: the Rig of the local runtime.
import { HarnessError } from '../../errors.ts'
import type { Address, Edge, Rig, ServiceSpec, ServiceState, Stack, StackHarness } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { substitute } from '../compose-variables.ts'
import { accepts, answers200 } from '../readiness.ts'
import { hostOf, launchOf, logFile, variablesOf } from './layout.ts'
import type { Layout } from './layout.ts'
import { lastLines, processState, signalTree, startProcess } from './process.ts'
import type { ProcessId } from './process.ts'
import { killStrays } from './sweep.ts'

/** How long a service may take from its start until it is ready. Real time. */
const READY_WITHIN = 60_000

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
  readonly #options: RigOptions
  readonly #expectedDeaths = new Set<number>()
  #watching = true

  constructor(options: RigOptions, pids: Readonly<Record<string, ProcessId>> = {}) {
    this.#options = options
    this.stack = options.stack
    this.pids = { ...pids }
  }

  address(service: string, port: number): Address {
    return { host: hostOf(this.#options.layout, this.stack, service), port }
  }

  edgeAddress(name: string): Address {
    return this.address(this.#hostPort('toxiproxy').host, this.#edge(name).listenPort)
  }

  observer(name: keyof StackHarness['observers']): string {
    const { host, port } = this.#hostPort(name)
    return `http://${this.address(host, port).host}:${port}`
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

  async restart(service: string, signal: AbortSignal): Promise<void> {
    if ((await this.state(service)) !== 'stopped') return
    await killStrays(this.#options.layout.run, service, this.#options.clock)
    await this.start(this.spec(service), signal)
  }

  async freeze(service: string): Promise<void> {
    signalTree(this.#id(service).pid, 'SIGSTOP')
  }

  async thaw(service: string): Promise<void> {
    const id = this.#id(service)
    if (processState(id)) signalTree(id.pid, 'SIGCONT')
  }

  /** From now on the end of this service is no news. */
  expectDeath(service: string): void {
    this.#expectedDeaths.add(this.#id(service).pid)
  }

  /** Nobody wants to hear of deaths any more. */
  unwatch(): void {
    this.#watching = false
  }

  spec(service: string): ServiceSpec {
    const spec = this.stack.services.find(({ name }) => name === service)
    if (!spec) throw new HarnessError('BUG', `no service ${service} in ${this.stack.file}`)
    return spec
  }

  /** Starts a service that does not run, watches it, and resolves when it is ready. */
  async start(spec: ServiceSpec, signal: AbortSignal): Promise<void> {
    const { layout } = this.#options
    const log = logFile(layout, spec.name)
    const launch = launchOf(layout, { stack: this.stack, spec })
    const running = await startProcess({ launch, log, cwd: layout.root, unprivileged: spec.harness.unprivileged })
    this.pids[spec.name] = running.id
    this.#options.onPids(this.pids)
    let died: string | undefined
    void running.ended.then((how) => {
      died = how
      if (this.#watching && !this.#expectedDeaths.has(running.id.pid)) this.#options.onDeath(spec.name, how, lastLines(log))
    })
    await this.#waitReady(spec, () => died, signal)
  }

  async #waitReady(spec: ServiceSpec, died: () => string | undefined, signal: AbortSignal): Promise<void> {
    const log = logFile(this.#options.layout, spec.name)
    const wait = { clock: this.#options.clock, within: READY_WITHIN, every: 50, signal, what: `${spec.name} to be ready` }
    const look = async () => {
      const how = died()
      if (how !== undefined) return { how }
      return (await this.#isReady(spec, signal)) ? { how: undefined } : undefined
    }
    const { how } = await poll(wait, look).catch((cause: unknown) => {
      signal.throwIfAborted()
      throw new HarnessError('STACK_NOT_READY', `${spec.name} did not get ready`, { cause, hint: `read ${log}` })
    })
    if (how !== undefined) {
      const lines = lastLines(log).join('\n  ')
      throw new HarnessError('SERVICE_DIED', `${spec.name} ended with ${how} while starting; its last lines:\n  ${lines}`, { hint: `read ${log}` })
    }
  }

  async #isReady(spec: ServiceSpec, signal: AbortSignal): Promise<boolean> {
    const port = spec.ports[0]
    if (port === undefined) return true
    const address = this.address(spec.name, port)
    if (spec.harness.ready === undefined) return accepts(address)
    const [path, on = port] = spec.harness.ready.startsWith(':') ? splitReady(spec.harness.ready) : [spec.harness.ready]
    return answers200(`http://${address.host}:${on}${path}`, this.#options.clock, signal)
  }

  #id(service: string): ProcessId {
    const id = this.pids[service]
    if (id === undefined) throw new HarnessError('STACK_NOT_READY', `${service} was never started`)
    return id
  }

  #edge(name: string): Edge {
    const edge = this.stack.edges.find((candidate) => candidate.name === name)
    if (!edge) throw new HarnessError('BUG', `no edge ${name} in ${this.stack.harness.edges}`)
    return edge
  }

  #hostPort(name: keyof StackHarness['observers']): Address {
    const [host = '', port] = this.stack.harness.observers[name].split(':')
    return { host, port: Number(port) }
  }
}

/** `:13133/status` -> ['/status', 13133]. */
function splitReady(ready: string): [string, number] {
  const slash = ready.indexOf('/')
  return [ready.slice(slash), Number(ready.slice(1, slash))]
}
