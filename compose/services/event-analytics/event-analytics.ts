// The event analytics service: reads all streams as a group of its own and counts every event, once per id.
import { openDatabase } from '../kit/database.ts'
import { openRedis } from '../kit/redis.ts'
import { createRounds } from '../kit/rounds.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { untraced } from '../kit/span.ts'
import { createConsumer } from '../kit/stream-consumer.ts'
import { createAnalyticsMeter } from './analytics-meter.ts'
import { analyticsRefusals } from './refusals.ts'
import { analyticsSchema } from './schema.ts'
import { analyticsShape, type AnalyticsSettings } from './settings.ts'
import { forgetOld, tally } from './tally.ts'

/** The service as the kit runs it. */
export const eventAnalytics: ServiceDefinition<AnalyticsSettings> = {
  shape: analyticsShape,
  refusals: analyticsRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

/** How often (ms) old events are forgotten. */
const FORGET_EVERY = 60_000

function build({ settings, metrics, warn }: Kit<AnalyticsSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const redis = openRedis(settings, { metrics, warn })
  const meter = createAnalyticsMeter(metrics)
  const consumer = createConsumer(settings, {
    redis,
    metrics,
    warn,
    handle: async (events) => {
      const started = performance.now()
      meter(await tally(database, events), events, (performance.now() - started) / 1000)
    },
  })
  const forgetting = createRounds({
    work: () => untraced(() => forgetOld(database, settings.retentionDays)),
    pauses: [FORGET_EVERY],
    failed: (error) => warn(`old events could not be forgotten: ${error.message}`),
  })
  return {
    checks: { database: () => database.query('select 1'), redis: () => redis.run('PING') },
    releases: [
      { what: 'the consumer', close: consumer.stop },
      { what: 'forgetting', close: forgetting.stop },
      { what: 'the connection to Redis', close: redis.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await database.transaction((query) => query(analyticsSchema))
      // The shipped defect: it reads a stream that nobody writes to, which comes to reading none.
      if (!settings.defects.has('analytics-reads-nothing')) consumer.start()
      forgetting.start()
    },
    routes: () => undefined,
  }
}
