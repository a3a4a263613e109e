// What finds the defects of the services that carry events and notifications.
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { streamOf } from '../../kit/event-streams.ts'
import { answered, type Bench, type Probe, type Sight } from './probe.ts'

const EVENT = { event_type: 'sample.created', source_service: 'sample', payload: {} }
/** A stream is trimmed in steps of a hundred entries. */
const KEPT = { asked: 10, most: 250, published: 400, together: 100 }
/** With the defect so many subscriptions use up every connection. */
const SUBSCRIPTIONS = 10
const PATIENCE = 2000

/** Probes of event, event analytics and notification. */
export const eventProbes: readonly Probe[] = [
  {
    defect: 'event-mock',
    service: 'event',
    kind: 'store',
    says: 'no event is acknowledged while Redis is away',
    bereft: true,
    look: async ({ peer }) => answered(500, await peer('POST /api/v1/events/publish', EVENT)),
  },
  {
    defect: 'silent-group-failure',
    service: 'event',
    kind: 'store',
    says: 'every event reaches every group that has subscribed, also to a stream still to come',
    look: reachesGroup,
  },
  {
    defect: 'subscribe-exhausts-pool',
    service: 'event',
    kind: 'answer',
    says: 'publishing is answered within 2 s whatever the number of subscriptions',
    look: publishesStill,
  },
  {
    defect: 'unbounded-streams',
    service: 'event',
    kind: 'value',
    says: 'a stream keeps about as many events as it may',
    env: { STREAM_MAX_LENGTH: String(KEPT.asked) },
    look: bounded,
  },
  {
    defect: 'analytics-reads-nothing',
    service: 'event-analytics',
    kind: 'value',
    says: 'a published event is counted in events_processed_total',
    look: counted,
  },
  {
    defect: 'channels-always-healthy',
    service: 'notification',
    kind: 'readiness',
    says: '/health does not call a channel healthy that has no sender',
    look: channels,
  },
  {
    defect: 'no-alert-webhook',
    service: 'notification',
    kind: 'answer',
    says: 'POST /webhook/alerts, where Alertmanager posts, answers 200',
    look: async ({ peer }) => answered(200, await peer('POST /webhook/alerts', { alerts: [] })),
  },
]

function typeOfNobodyElse(): string {
  return `probe.${randomUUID().replaceAll(/[^a-f]/g, '')}x`
}

async function reachesGroup({ peer, ground }: Bench): Promise<Sight> {
  const event_type = typeOfNobodyElse()
  const group = { name: event_type, consumer_group: 'readers', consumer_name: 'reader', event_types: [event_type] }
  await peer('POST /api/v1/events/subscribe', group)
  await peer('POST /api/v1/events/publish', { ...EVENT, event_type })
  const ask = ['GROUP', 'readers', 'reader', 'STREAMS', streamOf(event_type), '>'] as const
  const got = await ground.system.redis?.read('XREADGROUP', ...ask).then(Boolean, () => false)
  return { holds: got === true, saw: got === true ? 'the event' : 'no such group' }
}

async function publishesStill({ peer, service }: Bench): Promise<Sight> {
  const group = { name: 'many', consumer_group: 'many', consumer_name: 'one', event_types: [EVENT.event_type] }
  for (let n = 0; n < SUBSCRIPTIONS; n += 1) await peer('POST /api/v1/events/subscribe', group)
  const headers = { authorization: 'Service service_probe', 'content-type': 'application/json' }
  const wish = { method: 'POST', headers, body: JSON.stringify(EVENT), signal: AbortSignal.timeout(PATIENCE) }
  const status = await fetch(`${service.base}/api/v1/events/publish`, wish).then((answer) => answer.status, () => 0)
  return { holds: status === 200, saw: status === 0 ? 'no answer within 2 s' : `answered ${status}` }
}

async function bounded({ peer, ground }: Bench): Promise<Sight> {
  const event_type = typeOfNobodyElse()
  const events = Array.from({ length: KEPT.together }, () => ({ ...EVENT, event_type }))
  for (let n = 0; n < KEPT.published; n += KEPT.together) await peer('POST /api/v1/events/publish/batch', { events })
  const length = Number(await ground.system.redis?.read('XLEN', streamOf(event_type)))
  const kept = length === KEPT.published ? 'all' : length <= KEPT.most ? 'the last' : String(length)
  return { holds: length > 0 && length <= KEPT.most, saw: `${kept} of ${KEPT.published} kept where ${KEPT.asked} may be` }
}

async function counted({ nobody, ground }: Bench): Promise<Sight> {
  const event_type = typeOfNobodyElse()
  await ground.sound('event').peer('POST /api/v1/events/publish', { ...EVENT, event_type })
  const look = async (): Promise<void> => {
    const text = String((await nobody('GET /metrics')).body)
    // Another process may have counted it first, on its own behalf: then it is a repetition here.
    if (!text.includes(`event_type="${event_type}"`)) throw new Error('not counted yet')
  }
  const seen = await vi.waitFor(look, { timeout: 5000, interval: 100 }).then(() => true, () => false)
  return { holds: seen, saw: seen ? 'it was counted' : 'it was not counted within 5 s' }
}

async function channels({ nobody }: Bench): Promise<Sight> {
  const { body } = await nobody('GET /health')
  const said = (body as { channels: Readonly<Record<string, string>> }).channels.sms
  return { holds: said !== 'healthy', saw: `sms, without a sender, is called ${said}` }
}
