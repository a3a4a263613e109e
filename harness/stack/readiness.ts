// Ready means that a service says so itself, or at least accepts connections: never that time has passed.
import { connect } from 'node:net'
import { HarnessError } from '../errors.ts'
import type { Address, ServiceSpec } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import { poll, withDeadline } from '../time/poll.ts'

/** How long a service may take from its start until it is ready. Real time. */
export const READY_WITHIN = 60_000

export interface Reach {
  readonly address: (port: number) => Address
  readonly clock: Clock
  readonly signal: AbortSignal
  /** What watches over the service from inside, where something does. */
  readonly healthy?: (() => Promise<boolean>) | undefined
  /** Milliseconds that a connection has to stay open, where a port accepts on behalf of a service that may not be there. */
  readonly stays?: number | undefined
}

/** By its ready path; else by its health check, and a connection. A service without ports is ready when it runs. */
export async function isReady(spec: ServiceSpec, { address, clock, signal, healthy, stays }: Reach): Promise<boolean> {
  const port = spec.ports[0]
  const asked = readyAddress(spec, address)
  if (asked !== undefined) return answers200(`http://${asked.address.host}:${asked.address.port}${asked.path}`, clock, signal)
  if (healthy !== undefined && !(await healthy())) return false
  return port === undefined || accepts(address(port), { stays })
}

/** Where a service says whether it is ready; undefined where only its port can tell. */
export function readyAddress({ harness: { ready }, ports: [port] }: ServiceSpec, address: Reach['address']): { readonly address: Address; readonly path: string } | undefined {
  if (ready === undefined || port === undefined) return undefined
  const [path, on = port] = ready.startsWith(':') ? splitReady(ready) : [ready]
  return { path, address: address(on) }
}

export interface Starting {
  readonly service: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly within?: number | undefined
  readonly every?: number
  readonly ready: () => Promise<boolean>
  /** How it ended, as soon as it has. */
  readonly ended: () => string | undefined
  readonly lastLines: () => Promise<readonly string[]> | readonly string[]
  /** Where its log is, for people. */
  readonly log: string
}

/** SERVICE_DIED when it ends meanwhile, STACK_NOT_READY when it takes too long; both with its last words. */
export async function waitUntilReady({ service, clock, signal, within = READY_WITHIN, every = 50, ready, ended, lastLines, log }: Starting): Promise<void> {
  const look = async () => {
    const how = ended()
    if (how !== undefined) return { how }
    return (await ready()) ? { how: undefined } : undefined
  }
  const { how } = await poll({ clock, within, every, signal, what: `${service} to be ready` }, look).catch(async (cause: unknown) => {
    signal.throwIfAborted()
    throw new HarnessError('STACK_NOT_READY', `${service} did not get ready; ${lastWords(await lastLines())}`, { cause, hint: `read ${log}` })
  })
  if (how !== undefined) throw diedWhileStarting({ service, how, lines: await lastLines(), log })
}

export interface Ended {
  readonly service: string
  readonly how: string
  readonly lines: readonly string[]
  readonly log: string
}

export function diedWhileStarting({ service, how, lines, log }: Ended): HarnessError {
  return new HarnessError('SERVICE_DIED', `${service} ended with ${how} while starting; ${lastWords(lines)}`, { hint: `read ${log}` })
}

function lastWords(lines: readonly string[]): string {
  return lines.length === 0 ? 'it logged nothing' : `its last lines:\n  ${lines.join('\n  ')}`
}

export interface Patience {
  readonly within?: number
  /** Milliseconds that the connection has to stay open; none when left out. */
  readonly stays?: number | undefined
}

/** Whether something accepts a connection there in time, and does not close it at once. */
export function accepts({ host, port }: Address, { within = 1_000, stays = 0 }: Patience = {}): Promise<boolean> {
  return new Promise((resolve) => {
    // its timer starts anew when the connection stands
    const socket = connect({ host, port, timeout: stays || within })
    let connected = false
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => {
      connected = true
      if (stays === 0) end(true)
    })
    socket.once('data', () => end(true))
    socket.once('timeout', () => end(connected))
    socket.once('end', () => end(false))
    socket.once('error', () => end(false))
  })
}

/** Whether a GET answers 200 in time; anything else is thrown with what was answered, so that a wait can name it. */
export function answers200(url: string, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return withDeadline({ clock, within: 2_000, signal, what: `${url} to answer` }, async (limit) => {
    const response = await fetch(url, { signal: limit })
    const body = await response.text()
    if (response.status !== 200) throw new Error(`${url} answers ${response.status} ${body.slice(0, 200)}`)
    return true
  })
}

/** `:13133/status` -> ['/status', 13133]. */
function splitReady(ready: string): [string, number] {
  const slash = ready.indexOf('/')
  return [ready.slice(slash), Number(ready.slice(1, slash))]
}
