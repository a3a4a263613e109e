// The defects that every service was shipped with, looked for in each service that can have them.
import { vi } from 'vitest'
import type { ServiceName } from '../service-process.ts'
import { PLACES } from './places.ts'
import { answered, type Bench, type Probe, type Sight } from './probe.ts'

/** A request of each service that wants somebody to ask; auth and event analytics ask nobody who calls. */
const GUARDED: Readonly<Partial<Record<ServiceName, readonly [what: string, body?: object]>>> = {
  sample: ['GET /samples'],
  event: ['GET /api/v1/stats'],
  storage: ['GET /storage/locations'],
  template: ['GET /templates'],
  sequencing: ['GET /jobs'],
  notification: ['GET /notifications'],
  rag: ['GET /api/rag/submissions'],
  'rag-model': ['POST /v1/extract', { model: 'tracseq-lab-1', text: 'Submitter: Ada' }],
  transaction: ['GET /api/v1/transactions'],
  qaqc: ['GET /api/v1/qc/reviews'],
  'spreadsheet-versioning': ['GET /api/v1/spreadsheets/00000000-0000-4000-8000-000000000000/versions'],
  'library-details': ['GET /api/v1/libraries'],
  reports: ['GET /api/reports'],
}
/** These pass on what they should have refused; who stands behind them refuses it in words of its own. */
const DOORS: readonly ServiceName[] = ['api-gateway', 'lab-manager']

const ALL = Object.keys(PLACES) as ServiceName[]
/** The model stands alone: nothing could be taken from it. */
const DEPENDENT = ALL.filter((name) => name !== 'rag-model')

type Common = 'no-metrics' | 'no-spans' | 'no-authentication' | 'always-ready'

function probeOf(service: ServiceName, defect: Common): Probe {
  return { service, defect, ...LOOKS[defect], look: (bench) => LOOKS[defect].look(bench, service) }
}

interface Look {
  readonly kind: Probe['kind']
  readonly says: string
  look(bench: Bench, service: ServiceName): Promise<Sight>
}

const LOOKS: Readonly<Record<Common, Look>> = {
  'no-metrics': { kind: 'target', says: 'Prometheus can scrape /metrics', look: scrape },
  'no-spans': { kind: 'trace', says: 'a request leaves a span of the service in its trace', look: spans },
  'no-authentication': { kind: 'answer', says: 'a request without a token ends at this door', look: endsHere },
  'always-ready': { kind: 'readiness', says: '/health/ready answers 503 while its database is away', look: unready },
}

/** One probe per service and defect. */
export const everyService: readonly Probe[] = [
  ...ALL.map((service) => probeOf(service, 'no-metrics')),
  ...ALL.map((service) => probeOf(service, 'no-spans')),
  ...Object.entries(GUARDED).map(([service, [what, body]]) => ({
    ...probeOf(service as ServiceName, 'no-authentication'),
    says: `${what} without a token is refused with 401`,
    look: async ({ nobody }: Bench) => answered(401, await nobody(what, body)),
  })),
  ...DOORS.map((service) => probeOf(service, 'no-authentication')),
  ...DEPENDENT.map((service) => ({ ...probeOf(service, 'always-ready'), bereft: true as const })),
]

async function scrape({ nobody }: Bench): Promise<Sight> {
  const { status, body } = await nobody('GET /metrics')
  const text = typeof body === 'string' && body.includes('# TYPE') ? 'with metrics' : 'without metrics'
  return { holds: status === 200 && text === 'with metrics', saw: `answered ${status} ${text}` }
}

/** Those that nobody but the machinery asks trace its requests too, when these bring a trace with them. */
async function spans({ peer, ground }: Bench, service: ServiceName): Promise<Sight> {
  const { traceId } = await peer(...(GUARDED[service] ?? ['GET /health/ready']))
  const look = (): void => {
    const names = ground.system.otlp.trace(traceId).map((span) => span.service)
    if (!names.includes(service)) throw new Error(`no span of ${service} yet`)
  }
  const seen = await vi.waitFor(look, { timeout: 3000, interval: 50 }).then(() => true, () => false)
  return { holds: seen, saw: seen ? 'its span' : 'no span within 3 s' }
}

/** The doors refuse in words that no service behind them has. */
async function endsHere({ nobody }: Bench): Promise<Sight> {
  const { status, body } = await nobody('GET /api/samples')
  const own = !('request_id' in (body as object))
  return { holds: status === 401 && own, saw: `answered ${status}, ${own ? 'itself' : 'by the service behind'}` }
}

async function unready({ nobody }: Bench): Promise<Sight> {
  return answered(503, await nobody('GET /health/ready'))
}
