// Sensors: register, list, read, change; their readings and the alerts that came of them.
import type { FastifyInstance } from 'fastify'
import { isUuid, jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { readReading, readSensor, readSensorChange, SENSOR_STATUSES } from './sensor-draft.ts'
import { listSensors, recordReading, registerSensor, sensorById, updateSensor } from './sensor-store.ts'
import { listAlerts, readingsOf, resolveAlert, sensorHealth } from './sensor-views.ts'
import { PAGES, paginated, success, type StorageWorld } from './world.ts'

interface SensorPath {
  readonly Params: { readonly sensor_id: string }
}

const HOURS = { fallback: 24, max: 24 * 31 }
const READINGS = { fallback: 100, max: 1000 }

/** The routes under /iot. */
export function sensorRoutes(app: FastifyInstance, world: StorageWorld): void {
  const { query } = world.database
  app.post('/iot/sensors', async (request, reply) => {
    return reply.status(201).send(success(await registerSensor(world, readSensor(jsonBody(request)))))
  })
  app.get('/iot/sensors', async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, PAGES)
    const type = wish.text('sensor_type')
    const filters = { type, status: wish.word('status', SENSOR_STATUSES), locationId: wish.text('location_id', isUuid) }
    const [rows, total] = await listSensors(query, filters, page)
    return paginated(rows, total, page)
  })
  app.get<SensorPath>('/iot/sensors/:sensor_id', async ({ params }) =>
    success(await sensorById(query, params.sensor_id)),
  )
  app.put<SensorPath>('/iot/sensors/:sensor_id', async (request) => {
    return success(await updateSensor(world, request.params.sensor_id, readSensorChange(jsonBody(request))))
  })
  readingRoutes(app, world)
  alertRoutes(app, world)
}

function readingRoutes(app: FastifyInstance, world: StorageWorld): void {
  app.post<SensorPath>('/iot/sensors/:sensor_id/readings', async (request, reply) => {
    const reading = readReading(jsonBody(request), Date.now())
    return reply.status(201).send(success(await recordReading(world, request.params.sensor_id, reading)))
  })
  app.get<SensorPath>('/iot/sensors/:sensor_id/data', async (request) => {
    const wish = queryOf(request, 'validation')
    const span = { hours: wish.whole('hours_back', HOURS), limit: wish.whole('limit', READINGS) }
    return success(await readingsOf(world.database.query, request.params.sensor_id, span))
  })
  app.get('/iot/health', async () => success(await sensorHealth(world.database.query)))
}

function alertRoutes(app: FastifyInstance, { database: { query } }: StorageWorld): void {
  app.get('/iot/alerts', async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, PAGES)
    const [rows, total] = await listAlerts(query, wish.flag('resolved'), page)
    return paginated(rows, total, page)
  })
  app.post('/iot/alerts/:id/resolve', async (request) => success(await resolveAlert(query, uuidParam(request))))
}
