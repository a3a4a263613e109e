// Ready means that a service says so itself, or at least accepts connections: never that time has passed.
import { connect } from 'node:net'
import type { Address } from '../model/stack.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'

/** Whether something accepts a connection there within `withinMs`. */
export function accepts({ host, port }: Address, withinMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: withinMs })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
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
