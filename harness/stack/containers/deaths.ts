// Notices the end of every container of a run, and tells those that nobody asked for.
import { constants } from 'node:os'
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import { humanBytes } from '../../model/bytes.ts'
import { KILLED_FOR_MEMORY } from '../../model/engine.ts'
import type { Clock } from '../../time/clock.ts'
import { followEvents } from './engine-events.ts'
import type { EngineEvent } from './engine-events.ts'
import { lastLinesOf } from './service-logs.ts'

/** The exit code of a program that a signal ended is this and the number of the signal. */
const KILLED_FROM = 128

export interface Death {
  readonly service: string
  /** Such as `exit code 1`. */
  readonly how: string
  readonly lines: readonly string[]
}

export interface WatchOptions {
  readonly docker: Dockerode
  readonly clock: Clock
  readonly run: string
  readonly onDeath: (death: Death) => void
  readonly onLost: (error: HarnessError) => void
  /** Called when a container has started; `since` is when it last ended, 0 for a first start. */
  readonly onStart?: (service: string, id: string, since: number) => void
}

export class DeathWatch implements Disposable {
  readonly #options: WatchOptions
  readonly #expected = new Set<string>()
  readonly #ended = new Map<string, number>()
  readonly #waiting = new Map<string, (death: Death) => void>()
  #events: Disposable | undefined

  constructor(options: WatchOptions) {
    this.#options = options
  }

  /** Once; before anything is started. */
  async open(): Promise<void> {
    const { docker, clock, run, onLost } = this.#options
    const lost = () => onLost(new HarnessError('ENGINE_UNREACHABLE', 'the container engine has gone: it no longer tells what happens to the services', { hint: 'start it again, and harness undo removes what is left' }))
    this.#events = await followEvents({ docker, clock, run, onEvent: (event) => this.#take(event), onLost: lost })
  }

  /** The next end of a service that is about to be killed: no news, until it starts again. */
  expectDeath(service: string): Promise<Death> {
    this.#expected.add(service)
    return this.#next(service)
  }

  /** The next end of a service that is about to start. */
  dreadDeath(service: string): Promise<Death> {
    this.#expected.delete(service)
    return this.#next(service)
  }

  [Symbol.dispose](): void {
    this.#events?.[Symbol.dispose]()
  }

  #next(service: string): Promise<Death> {
    return new Promise((resolve) => this.#waiting.set(service, resolve))
  }

  #take({ action, service, id, at, exitCode }: EngineEvent): void {
    if (action === 'start') this.#options.onStart?.(service, id, this.#ended.get(service) ?? 0)
    else {
      const expected = this.#expected.has(service)
      this.#ended.set(service, at)
      void this.#tell(service, { id, exitCode, expected })
    }
  }

  async #tell(service: string, { id, exitCode, expected }: { id: string; exitCode: number | undefined; expected: boolean }): Promise<void> {
    const { docker, onDeath } = this.#options
    const [how, lines] = await Promise.all([howOf(docker, id, exitCode), lastLinesOf(docker, id)])
    this.#waiting.get(service)?.({ service, how, lines })
    this.#waiting.delete(service)
    if (!expected) onDeath({ service, how, lines })
  }
}

async function howOf(docker: Dockerode, id: string, exitCode: number | undefined): Promise<string> {
  const [signal] = Object.entries(constants.signals).find(([, number]) => number === (exitCode ?? 0) - KILLED_FROM) ?? []
  const how = `exit code ${exitCode ?? 'unknown'}${signal === undefined ? '' : ` (${signal})`}`
  const found = await docker.getContainer(id).inspect().catch(() => undefined)
  if (found?.State.OOMKilled !== true) return how
  return `${how}: ${KILLED_FOR_MEMORY}, at its limit of ${humanBytes(found.HostConfig.Memory ?? 0)}`
}
