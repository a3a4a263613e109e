// What happens to the containers of a run, told by the engine as it happens.
import type { Readable } from 'node:stream'
import type Dockerode from 'dockerode'
import type { Clock } from '../../time/clock.ts'
import { askEngine } from './ask-engine.ts'
import { RUN_LABEL, SERVICE_LABEL } from './labels.ts'

export interface EngineEvent {
  readonly action: 'start' | 'die'
  readonly service: string
  readonly id: string
  /** By the clock of the engine, in nanoseconds since the epoch. */
  readonly at: number
  /** Of a death. */
  readonly exitCode: number | undefined
}

export interface Listening {
  readonly docker: Dockerode
  readonly clock: Clock
  readonly run: string
  readonly onEvent: (event: EngineEvent) => void
  /** Called once when the engine stops telling, unless it was closed. */
  readonly onLost: () => void
}

/** Podman calls a death by another name. */
const ACTIONS: Readonly<Record<string, EngineEvent['action']>> = { start: 'start', die: 'die', died: 'die' }

/** From the moment this resolves nothing is missed. Close it, or it keeps this process alive. */
export async function followEvents({ docker, clock, run, onEvent, onLost }: Listening): Promise<Disposable> {
  const filters = { type: ['container' as const], label: [`${RUN_LABEL}=${run}`], event: Object.keys(ACTIONS) }
  const stream = (await askEngine({ clock, what: 'follow its events' }, () => docker.getEvents({ filters }))) as Readable
  let closed = false
  const lost = () => {
    if (!closed) onLost()
    closed = true
  }
  stream.setEncoding('utf8')
  stream.on('data', linesInto((line) => {
    const event = eventOf(line)
    if (event !== undefined && !closed) onEvent(event)
  }))
  stream.on('error', lost).on('close', lost)
  return {
    [Symbol.dispose]: () => {
      closed = true
      stream.destroy()
    },
  }
}

interface Told {
  readonly Action?: string
  readonly Actor?: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly timeNano?: number
}

/** Undefined for what is no event of a service: the load has containers, too. */
function eventOf(line: string): EngineEvent | undefined {
  const { Action: name = '', Actor: actor, timeNano: at = 0 } = JSON.parse(line) as Told
  const [action, service] = [ACTIONS[name], actor?.Attributes[SERVICE_LABEL]]
  if (action === undefined || actor === undefined || service === undefined) return undefined
  const code = actor.Attributes.exitCode ?? actor.Attributes.containerExitCode
  return { action, service, id: actor.ID, at, exitCode: code === undefined ? undefined : Number(code) }
}

function linesInto(take: (line: string) => void): (part: string) => void {
  let rest = ''
  return (part) => {
    const lines = `${rest}${part}`.split('\n')
    rest = lines.pop() ?? ''
    lines.filter(Boolean).forEach(take)
  }
}
