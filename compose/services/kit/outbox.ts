// Domain events that cannot be lost: stored in the transaction of the change they tell of, sent to event in their time.
import { Counter, Gauge } from 'prom-client'
import type { Database, DatabaseObservers, Query } from './database.ts'
import { serviceKeySetting } from './caller.ts'
import { createSender, type EventTarget } from './outbox-sender.ts'
import { outboxTable, type NewEvent } from './outbox-table.ts'
import { createRounds } from './rounds.ts'
import { address, duration, type Shape } from './settings.ts'
import { carrier } from './span.ts'

export { outboxSchema } from './outbox-table.ts'

/** Settings of a service that publishes events; times in ms. An empty eventUrl: no events are stored or sent. */
export interface OutboxSettings extends EventTarget {
  readonly outboxRetention: number
}

/** The settings with the key `service` has when nothing else is said. */
export function outboxSettings(service: string): Shape<OutboxSettings> {
  return {
    eventUrl: address('EVENT_SERVICE_URL', ['http'], ''),
    eventTimeout: duration('EVENT_TIMEOUT', '5s'),
    serviceKey: serviceKeySetting(service),
    outboxRetention: duration('OUTBOX_RETENTION', '24h'),
  }
}

/** A service's outgoing events. */
export interface Outbox {
  /** Stores an event with `query`, which must be that of the transaction that makes the change. */
  add(query: Query, event: NewEvent): Promise<void>
  /**
   * For statements that write to the table themselves: the trace context to store, or null when there are to be no
   * events; call `wake` when the statement has succeeded.
   */
  note(): string | null
  wake(): void
  /** Starts sending; call when the table is there. */
  start(): void
  stop(): Promise<void>
}

/** What an outbox works with: the service's own name says which schema it writes to. */
export interface OutboxParts extends DatabaseObservers {
  readonly service: string
  readonly database: Database
}

/** Opens the outbox of a service. */
export function openOutbox(settings: OutboxSettings, { service, database, metrics, warn }: OutboxParts): Outbox {
  const table = outboxTable(service, database)
  const enabled = settings.eventUrl !== ''
  const meter = createMeter(metrics)
  const send = createSender(service, settings, table)
  const rounds = createRounds({
    work: async () => {
      const result = await send()
      meter.looked(result)
      return result.more
    },
    idle: () => table.forget(settings.outboxRetention),
    failed: (error) => {
      meter.failed()
      warn(`events wait: ${error.message}`)
    },
  })
  return {
    add: async (query, event) => {
      if (!enabled) return
      await table.add(query, event, carrier())
      rounds.wake()
    },
    note: () => (enabled ? JSON.stringify(carrier()) : null),
    wake: () => enabled && rounds.wake(),
    start: () => enabled && rounds.start(),
    stop: rounds.stop,
  }
}

interface Meter {
  looked(result: { readonly sent: number; readonly refused: number; readonly oldest?: Date }): void
  failed(): void
}

function createMeter({ service, registry }: DatabaseObservers['metrics']): Meter {
  const counter = (name: string, help: string): Counter<'service'> => {
    const made = new Counter({ name, help, labelNames: ['service'], registers: [registry] })
    made.inc({ service }, 0)
    return made
  }
  const published = counter('outbox_events_published_total', 'Events the event service has taken.')
  const refused = counter('outbox_events_refused_total', 'Events the event service will never take.')
  const failures = counter('outbox_publish_failures_total', 'Attempts to hand over events that failed.')
  let waitingSince: number | undefined
  new Gauge({
    name: 'outbox_waiting_seconds',
    help: 'Since when handing over events has failed; 0 while it works.',
    labelNames: ['service'],
    registers: [registry],
    collect() {
      this.set({ service }, waitingSince === undefined ? 0 : (Date.now() - waitingSince) / 1000)
    },
  })
  return {
    looked: (result) => {
      published.inc({ service }, result.sent)
      refused.inc({ service }, result.refused)
      waitingSince = undefined
    },
    failed: () => {
      failures.inc({ service })
      waitingSince ??= Date.now()
    },
  }
}
