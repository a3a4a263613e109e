// Stands in for storage and notification in live tests: idempotent by X-Transaction-ID, and it remembers what it did.
import { once } from 'node:events'
import { createServer } from 'node:http'

/** A service that stands in for another. */
export interface StandIn {
  readonly base: string
  /** What is in force now, by transaction: assigned positions or notifications sent and not cancelled. */
  readonly inForce: Map<string, number>
  /** How often something new was done, whatever became of it. */
  done(): number
  close(): Promise<void>
}

/** Does something once per transaction at `doing` and takes it back at `undoing`; after that it does it no more. */
async function standIn(at: { host: string; port: number }, doing: string, undoing: string): Promise<StandIn> {
  const inForce = new Map<string, number>()
  const closed = new Set<string>()
  let done = 0
  const act = (path: string, id: string): { status: number; body: object } => {
    if (path === undoing) {
      closed.add(id)
      return inForce.delete(id) ? { status: 200, body: { success: true } } : { status: 404, body: {} }
    }
    if (path !== doing) return { status: 200, body: { status: 'ready' } }
    if (closed.has(id)) return { status: 409, body: { error: 'the transaction has been undone' } }
    if (!inForce.has(id)) inForce.set(id, (done += 1))
    const number = inForce.get(id)
    return { status: 200, body: { location_id: `l${number}`, position: 'A1', notification_ids: [number], status: 'sent' } }
  }
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const { status, body } = act(request.url ?? '', String(request.headers['x-transaction-id']))
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  return {
    base: `http://${at.host}:${at.port}`,
    inForce,
    done: () => done,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Stands in for storage. */
export function standInStorage(host: string): Promise<StandIn> {
  return standIn({ host, port: 8082 }, '/api/v1/storage/assign', '/api/v1/storage/release')
}

/** Stands in for notification. */
export function standInNotification(host: string): Promise<StandIn> {
  return standIn({ host, port: 8085 }, '/api/v1/notifications/send', '/api/v1/notifications/cancel')
}
