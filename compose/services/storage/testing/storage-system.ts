// What the contract tests of the storage service have in common: a system, its caller, places and samples.
import { randomUUID } from 'node:crypto'
import { clientOf, type Answer, type Call } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'

/** An id that nothing has. */
export const NOBODY = '00000000-0000-4000-8000-000000000000'

const PLACE = { name: 'x', location_type: 'x', temperature_zone: 'freezer', max_capacity: 1 }
const SAMPLE = { sample_id: NOBODY, container_id: NOBODY }

/** Every route, with a body that is right. */
export const ROUTES: readonly (readonly [route: string, body?: object])[] = [
  ['POST /storage/locations', PLACE],
  ['GET /storage/locations'],
  ['GET /storage/locations/:id'],
  ['PUT /storage/locations/:id', { description: 'x' }],
  ['DELETE /storage/locations/:id'],
  ['GET /storage/locations/:id/capacity'],
  ['POST /storage/containers', { name: 'x', container_type: 'freezer', capacity: 1 }],
  ['GET /storage/containers'],
  ['GET /storage/containers/:id'],
  ['GET /storage/containers/:id/hierarchy'],
  ['GET /storage/containers/:id/grid'],
  ['GET /storage/containers/available'],
  ['GET /storage/containers/by-temperature/:zone'],
  ['POST /storage/samples/assign', SAMPLE],
  ['PUT /storage/samples/:id/move', { new_container_id: NOBODY }],
  ['GET /storage/samples/:id/location-detailed'],
  ['DELETE /storage/samples/:id/position'],
  ['GET /storage/samples/:id'],
  ['GET /storage/samples/:id/location'],
  ['POST /storage/samples/:id/retrieve', {}],
  ['GET /storage/capacity/summary'],
  ['GET /storage/utilization'],
  ['POST /api/v1/storage/assign', { ...SAMPLE, requirements: { temperature_zone: 'freezer', priority: 1 } }],
  ['POST /api/v1/storage/release', SAMPLE],
  ['POST /iot/sensors', { sensor_id: 'x', sensor_type: 'x' }],
  ['GET /iot/sensors'],
  ['GET /iot/sensors/:sensor_id'],
  ['PUT /iot/sensors/:sensor_id', {}],
  ['POST /iot/sensors/:sensor_id/readings', { value: 1 }],
  ['GET /iot/sensors/:sensor_id/data'],
  ['GET /iot/health'],
  ['GET /iot/alerts'],
  ['POST /iot/alerts/:id/resolve', {}],
  ['GET /analytics/overview'],
  ['GET /analytics/sample-flow'],
  ['GET /analytics/capacity/prediction'],
]

/** A location with one box in a rack in a freezer; `positions` are those of the box, in their order. */
export interface Furnished {
  readonly location: string
  readonly name: string
  readonly freezer: string
  readonly rack: string
  readonly box: string
  readonly positions: readonly string[]
}

/** What a furnished location is like. */
export interface Furniture {
  readonly zone?: string
  readonly rows?: number
  readonly columns?: number
  readonly max_capacity?: number
}

/** A storage service with what the tests do with it, as its user. */
export interface StorageSystem extends ContractSystem {
  ask(what: string, body?: unknown): Promise<Answer>
  /** Creates something with a POST; its id. */
  made(path: string, body: object): Promise<string>
  furnish(furniture?: Furniture): Promise<Furnished>
  assign(sample_id: string, container_id: string): Promise<Answer>
  /** Asks as the saga of the given transaction. */
  saga(path: 'assign' | 'release', transaction: string | undefined, body: object): Promise<Answer>
  /** The value of a metric; NaN when it is not there. */
  metric(name: string): Promise<number>
}

/** Starts it on the loopback addresses of `subnet`. Nobody listens for its events: they wait, requests do not. */
export async function startStorageSystem(
  subnet: string,
  env: Readonly<Record<string, string>> = {},
): Promise<StorageSystem> {
  const usual = { EVENT_SERVICE_URL: `http://${subnet}.9:8087`, SEED_SCALE: '0', CAPACITY_CHECK_INTERVAL: '100ms' }
  const system = await startContractSystem(subnet, { name: 'storage', port: 8082, env: { ...usual, ...env } })
  return { ...system, ...actsOf(system) }
}

function actsOf(system: ContractSystem): Omit<StorageSystem, keyof ContractSystem> {
  const ask = (what: string, body?: unknown): Promise<Answer> => system.call(what, body, system.user.token)
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await ask(`POST ${path}`, body)
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return String(answer.data.id)
  }
  return {
    ask,
    made,
    furnish: (furniture) => furnish(system, made, furniture ?? {}),
    assign: (sample_id, container_id) => ask('POST /storage/samples/assign', { sample_id, container_id }),
    saga: (path, transaction, body) => sagaOf(system, transaction)(`POST /api/v1/storage/${path}`, body),
    metric: async (name) => {
      const text = await (await fetch(`${system.service.base}/metrics`)).text()
      const line = text.split('\n').find((one) => one.startsWith(`${name} `))
      return Number(line?.split(' ').at(-1))
    },
  }
}

async function furnish(system: ContractSystem, made: StorageSystem['made'], wish: Furniture): Promise<Furnished> {
  const { zone: temperature_zone = 'ultra_low_freezer', rows = 2, columns = 2, max_capacity = 100 } = wish
  const name = `location ${randomUUID()}`
  const location = await made('/storage/locations', { name, location_type: 'freezer', temperature_zone, max_capacity })
  const add = (container_type: string, parent_container_id: string, more: object = {}): Promise<string> => {
    return made('/storage/containers', {
      name: container_type,
      container_type,
      parent_container_id,
      capacity: 1000,
      ...more,
    })
  }
  const root = { name: 'freezer', container_type: 'freezer', location_id: location, capacity: 1000 }
  const freezer = await made('/storage/containers', root)
  const rack = await add('rack', freezer)
  const box = await add('box', rack, { dimensions: { rows, columns }, create_positions: true })
  const sql = `select id from storage.containers where parent_container_id = $1 order by ordinal`
  const positions = (await system.postgres.read<{ id: string }>(sql, [box])).map(({ id }) => id)
  return { location, name, freezer, rack, box, positions }
}

function sagaOf({ service }: ContractSystem, transaction: string | undefined): Call {
  const named: Record<string, string> = transaction === undefined ? {} : { 'x-transaction-id': transaction }
  return clientOf(service.base, { authorization: 'Service service_transaction', ...named })
}
