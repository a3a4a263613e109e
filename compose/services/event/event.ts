// The event service: takes events in over HTTP and keeps them in Redis streams.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openRedis } from '../kit/redis.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { untraced } from '../kit/span.ts'
import { createEventMeter } from './event-meter.ts'
import { eventRoutes } from './event-routes.ts'
import { createFigures } from './figures.ts'
import { createPublisher } from './publisher.ts'
import { eventRefusals, eventWording } from './refusals.ts'
import { eventShape, type EventSettings } from './settings.ts'
import { createSubscriptions } from './subscriptions.ts'
import type { EventWorld } from './world.ts'

/** The service as the kit runs it. */
export const event: ServiceDefinition<EventSettings> = {
  shape: eventShape,
  refusals: eventRefusals,
  build,
}

function build(kit: Kit<EventSettings>): Parts {
  const { settings, warn } = kit
  const world = createWorld(kit)
  const failed = (error: Error): void => warn(`the streams could not be counted: ${error.message}`)
  const refresh = (): void => void untraced(() => world.figures.refresh().catch(failed))
  const refreshing = setInterval(refresh, settings.statsRefresh)
  return {
    checks: checksOf(world),
    liveness: () => ({
      service: 'TracSeq Event Service',
      status: 'healthy',
      version: '1.0.0',
      timestamp: new Date().toISOString(),
    }),
    releases: [
      { what: 'the refresh of figures', close: async () => clearInterval(refreshing) },
      { what: 'the connection to Redis', close: world.redis.stop },
    ],
    routes: (app) => {
      acceptJson(app)
      guardRoutes(app, settings, eventWording)
      eventRoutes(app, world)
    },
  }
}

function createWorld({ settings, metrics, warn }: Kit<EventSettings>): EventWorld {
  const redis = openRedis(settings, { metrics, warn })
  const meter = createEventMeter(metrics)
  const publisher = createPublisher(settings, redis, meter)
  const subscriptions = createSubscriptions(settings, redis, publisher.allow)
  return { settings, redis, meter, publisher, subscriptions, figures: createFigures(redis, metrics) }
}

/** The shipped defect hides that Redis is away, as its mock stands in. */
function checksOf({ settings, redis }: EventWorld): Parts['checks'] {
  const auth_service = (): Promise<void> => authIsReady(settings)
  return settings.defects.has('event-mock') ? { auth_service } : { redis: () => redis.run('PING'), auth_service }
}
