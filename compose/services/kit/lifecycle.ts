// Ends a process in order: no new connections, requests in flight finish, spans leave, the pool closes, exit 0 in time.
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'

/** One thing to close after the last request. */
export interface Release {
  readonly what: string
  close(): Promise<void>
}

/** What a service leaves behind when told to stop; `timeout` (ms) bounds the wait for requests in flight. */
export interface Ending {
  readonly app: FastifyInstance
  readonly timeout: number
  readonly releases: readonly Release[]
}

/** How long (ms) each release may take. */
const RELEASE_TIMEOUT = 1000
/** How often (ms) connections that have become idle meanwhile are closed. */
const SWEEP_EVERY = 100

/** Ends the process on SIGTERM or SIGINT; the returned function says whether that has begun. */
export function endOnSignal(ending: Ending): () => boolean {
  let stopping = false
  const stop = (signal: string): void => {
    if (stopping) return
    stopping = true
    ending.app.log.info({ signal }, 'stopping: requests in flight are finished first')
    void end(ending)
  }
  // A connection that is kept would keep the server from closing long after its last request.
  ending.app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close')
  })
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return () => stopping
}

async function end({ app, timeout, releases }: Ending): Promise<never> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_EVERY)
  const drained = await within(timeout, app.close(), app.log)
  clearInterval(sweep)
  if (!drained) {
    app.log.warn({ timeout }, 'requests still in flight after the deadline are cut off')
    app.server.closeAllConnections()
  }
  for (const { what, close } of releases) {
    if (!(await within(RELEASE_TIMEOUT, close(), app.log))) app.log.warn(`${what} did not close in time`)
  }
  app.log.info('stopped')
  process.exit(0)
}

/** True when `work` ended well within `ms`. */
async function within(ms: number, work: PromiseLike<unknown>, log: FastifyBaseLogger): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), ms)
  const done = Promise.resolve(work).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error }, 'closing failed')
      return false
    },
  )
  const result = await Promise.race([done, late])
  clearTimeout(timer)
  return result
}
