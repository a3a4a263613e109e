// Jobs: create, list, read, change, delete, clone, and the way through their states.
import type { FastifyInstance } from 'fastify'
import { isUuid, jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { PRIORITIES, readJob, readJobChange, readJobStatus } from './job-draft.ts'
import { jobJson, jobSummary } from './job-row.ts'
import { JOB_STATUSES } from './job-status.ts'
import { cloneJob, createJob, deleteJob, jobById, listJobs, SORTS, updateJob } from './job-store.ts'
import { cancelJob, moveJob } from './moves.ts'
import { PLATFORMS } from './platforms.ts'
import { SHORT_PAGES, shortPagination, type SequencingWorld } from './world.ts'

/** The routes under /jobs. */
export function jobRoutes(app: FastifyInstance, world: SequencingWorld): void {
  const { query } = world.database
  app.post('/jobs', async (request, reply) => {
    const row = await createJob(world, readJob(jsonBody(request)), world.callerOf(request).userId)
    return reply.status(201).send(jobSummary(row))
  })
  app.get('/jobs', async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, SHORT_PAGES)
    const filters = {
      status: wish.word('status', JOB_STATUSES),
      priority: wish.word('priority', PRIORITIES),
      platform: wish.word('platform', PLATFORMS),
      createdBy: wish.text('created_by', isUuid),
    }
    const order = {
      sort: wish.word('sort', SORTS) ?? 'created_at',
      order: wish.word('order', ['asc', 'desc']) ?? 'desc',
    }
    const [rows, total] = await listJobs(query, { ...filters, ...order }, page)
    return { jobs: rows.map(jobSummary), pagination: shortPagination(total, page) }
  })
  app.get('/jobs/:id', async (request) => jobJson(await jobById(query, uuidParam(request))))
  app.put('/jobs/:id', async (request) => {
    return jobJson(await updateJob(world, uuidParam(request), readJobChange(jsonBody(request))))
  })
  app.delete('/jobs/:id', async (request, reply) => {
    await deleteJob(world, uuidParam(request))
    return reply.status(204).send()
  })
  stepRoutes(app, world)
}

function stepRoutes(app: FastifyInstance, world: SequencingWorld): void {
  app.put('/jobs/:id/status', async (request) => {
    const id = uuidParam(request)
    const step = readJobStatus(jsonBody(request))
    return jobJson(await moveJob(world, { id, by: world.callerOf(request).userId, ...step }))
  })
  app.post('/jobs/:id/clone', async (request, reply) => {
    const row = await cloneJob(world, uuidParam(request), world.callerOf(request).userId)
    return reply.status(201).send(jobSummary(row))
  })
  app.post('/jobs/:id/cancel', async (request) => {
    return jobJson(await cancelJob(world, uuidParam(request), world.callerOf(request).userId))
  })
}
