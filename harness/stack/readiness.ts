// Ready means that a service says so itself, or at least accepts connections: never that time has passed.
import { connect } from 'node:net'
import type { Address } from '../model/stack.ts'

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

/** Whether a GET answers 200; anything else is thrown with what was answered, so that a wait can name it. */
export async function answers200(url: string, signal?: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.timeout(2_000)
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit })
  const body = await response.text()
  if (response.status !== 200) throw new Error(`${url} answers ${response.status} ${body.slice(0, 200)}`)
  return true
}
