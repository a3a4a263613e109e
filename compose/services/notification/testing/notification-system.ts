// The notification service with a sink for everything it sends, for live tests.
import { vi } from 'vitest'
import { startContractSystem, type ContractSystem, type ContractWish } from '../../testing/contract-system.ts'
import type { Answer } from '../../testing/client.ts'
import { startSink, type Sink } from './sink.ts'

/** A running notification service. */
export interface NotificationSystem {
  readonly system: ContractSystem
  readonly sink: Sink
  /** Calls the service as the first user. */
  call(what: string, body?: unknown): Promise<Answer>
  /** Sends a notification, with `more` over the usual; its id. */
  send(more?: object): Promise<string>
  /** Waits until a notification has a status. */
  reaches(id: string, status: string): Promise<void>
  stop(): Promise<void>
}

/** A notification as good as any. */
export const WISH = {
  title: 'Run finished',
  message: 'Run 7 has finished',
  notification_type: 'Info',
  channels: ['Slack'],
  recipients: ['lab@lab.test'],
}

/** Starts it on the addresses `subnet`.1 to `subnet`.9; retries are quick and few. */
export async function startNotificationSystem(
  subnet: string,
  wish: Pick<ContractWish, 'env' | 'events'> = {},
): Promise<NotificationSystem> {
  const sink = await startSink(`${subnet}.9`)
  const quick = { NOTIFICATION_RETRY_BASE: '50ms', NOTIFICATION_RETRY_CAP: '100ms', NOTIFICATION_MAX_ATTEMPTS: '4' }
  const env = { SENDER_URL: sink.url, QUEUE_REFRESH: '200ms', SENDER_TIMEOUT: '500ms', ...quick, ...wish.env }
  const system = await startContractSystem(subnet, { name: 'notification', port: 8085, ...wish, env }).catch(
    async (error: unknown) => {
      await sink.close()
      throw error
    },
  )
  const call: NotificationSystem['call'] = (what, body) => system.call(what, body, system.user.token)
  return {
    system,
    sink,
    call,
    send: async (more = {}) => {
      const { status, body } = await call('POST /notifications', { ...WISH, ...more })
      if (status !== 200) throw new Error(`send answered ${status}: ${JSON.stringify(body)}`)
      return String((body as { id: string }).id)
    },
    reaches: async (id, status) => {
      const look = async (): Promise<void> => {
        const { body } = await call(`GET /notifications/${id}`)
        if ((body as { status: string }).status !== status) throw new Error(JSON.stringify(body))
      }
      await vi.waitFor(look, { timeout: 5000, interval: 50 })
    },
    stop: async () => {
      await system.stop()
      await sink.close()
    },
  }
}
