// Counts the samples that wait for validation, by priority, as they come and go; the database corrects the count.
import { Gauge } from 'prom-client'
import type { Database } from '../kit/database.ts'
import type { Metrics } from '../kit/metrics.ts'

/** The priorities a sample's metadata may name; anything else is normal. */
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

type Priority = (typeof PRIORITIES)[number]

/** The samples that wait. */
export interface Queue {
  /** One more (1) or one less (-1) waits. */
  change(metadata: unknown, by: 1 | -1): void
  /** Counts anew in the database. */
  refresh(): Promise<void>
}

/** Exports sample_queue_size. */
export function createQueue(database: Database, metrics: Metrics): Queue {
  const gauge = new Gauge({
    name: 'sample_queue_size',
    help: 'Samples in status Pending, by the priority in their metadata.',
    labelNames: ['service', 'priority'],
    registers: [metrics.registry],
  })
  const { service } = metrics
  for (const priority of PRIORITIES) gauge.set({ service, priority }, 0)
  return {
    change: (metadata, by) => gauge.inc({ service, priority: priorityOf(metadata) }, by),
    refresh: async () => {
      const rows = await database.query<{ priority: unknown; size: number }>(
        `select metadata -> 'priority' as priority, count(*)::int as size from sample.samples
         where status = 'pending' group by 1`,
      )
      const sizes = new Map<Priority, number>(PRIORITIES.map((priority) => [priority, 0]))
      for (const { priority, size } of rows) {
        const name = priorityOf({ priority })
        sizes.set(name, (sizes.get(name) ?? 0) + size)
      }
      for (const [priority, size] of sizes) gauge.set({ service, priority }, size)
    },
  }
}

/** The priority a sample's metadata names. */
export function priorityOf(metadata: unknown): Priority {
  const isObject = typeof metadata === 'object' && metadata !== null
  const named = isObject && 'priority' in metadata ? metadata.priority : undefined
  return PRIORITIES.find((priority) => priority === named) ?? 'normal'
}
