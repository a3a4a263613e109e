// Containers: create, list, read, and the ways to look at what is in them.
import type { FastifyInstance } from 'fastify'
import { isUuid, jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { CONTAINER_TYPES, readContainer } from './container-draft.ts'
import { capacityInfo, containerJson } from './container-row.ts'
import { createContainer } from './container-store.ts'
import {
  availableContainers,
  childrenOf,
  containerById,
  containersInZone,
  gridView,
  hierarchyJson,
  hierarchyOf,
  listContainers,
} from './container-views.ts'
import { PLACE_STATUSES } from './location-draft.ts'
import { samplesIn } from './placement-views.ts'
import { PAGES, paginated, success, type StorageWorld } from './world.ts'
import { zoneOf } from './zone-param.ts'

/** As deep as a hierarchy is shown at most; the documented limit. */
const MAX_DEPTH = 10

/** The routes under /storage/containers. */
export function containerRoutes(app: FastifyInstance, world: StorageWorld): void {
  const { query } = world.database
  app.post('/storage/containers', async (request, reply) => {
    const row = await createContainer(world, readContainer(jsonBody(request)), world.callerOf(request).userId)
    return reply.status(201).send(success(containerJson(row)))
  })
  app.get('/storage/containers', async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, PAGES)
    const zone = wish.text('temperature_zone')
    const filters = {
      type: wish.word('container_type', CONTAINER_TYPES),
      zone: zone === null ? null : zoneOf(zone),
      parentId: wish.text('parent_id', isUuid),
      status: wish.word('status', PLACE_STATUSES),
    }
    const [rows, total] = await listContainers(query, filters, page)
    return paginated(rows.map(containerJson), total, page)
  })
  viewRoutes(app, world)
  roomRoutes(app, world)
}

function viewRoutes(app: FastifyInstance, { database: { query }, thresholds }: StorageWorld): void {
  app.get('/storage/containers/:id', async (request) => {
    const withSamples = queryOf(request, 'validation').flag('include_samples') ?? true
    const container = await containerById(query, uuidParam(request))
    const children = await childrenOf(query, container.id)
    const samples = withSamples ? await samplesIn(query, container.id) : []
    const counts = { child_containers_count: children.length, direct_samples_count: samples.length }
    const capacity_info = { ...capacityInfo(container, thresholds), ...counts }
    return success({
      container: containerJson(container),
      children: children.map(containerJson),
      samples,
      capacity_info,
    })
  })
  app.get('/storage/containers/:id/hierarchy', async (request) => {
    const depth = queryOf(request, 'validation').whole('max_depth', { fallback: MAX_DEPTH, max: MAX_DEPTH })
    return success((await hierarchyOf(query, uuidParam(request), depth)).map(hierarchyJson))
  })
  app.get('/storage/containers/:id/grid', async (request) => {
    const includeEmpty = queryOf(request, 'validation').flag('include_empty') ?? true
    return success(await gridView(query, uuidParam(request), includeEmpty))
  })
}

function roomRoutes(app: FastifyInstance, { database: { query } }: StorageWorld): void {
  app.get('/storage/containers/available', async (request) => {
    const wish = queryOf(request, 'validation')
    const zone = wish.text('temperature_zone')
    const type = wish.word('container_type', CONTAINER_TYPES) ?? 'position'
    const filters = { type, zone: zone === null ? null : zoneOf(zone) }
    return success((await availableContainers(query, filters, pageOf(wish, PAGES))).map(containerJson))
  })
  app.get<{ Params: { zone: string } }>('/storage/containers/by-temperature/:zone', async (request) => {
    const page = pageOf(queryOf(request, 'validation'), PAGES)
    return success((await containersInZone(query, zoneOf(request.params.zone), page)).map(containerJson))
  })
}
