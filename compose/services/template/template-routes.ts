// Creates, reads, lists, updates, deletes and clones templates.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fieldsOf, jsonBody, type JsonObject } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { cloneTemplate } from './copy.ts'
import { readChange, readDraft } from './draft.ts'
import { BROKEN_LIMITS } from './refusals.ts'
import { summaryJson, templateJson } from './row.ts'
import { announce, deleteTemplate, insertTemplate, listTemplates, templateById, updateTemplate } from './store.ts'
import { idParam, type TemplateWorld } from './world.ts'

/** The page size is documented, its limit is that of the service's own filters. */
const PAGES = { size: 'page_size', fallback: 50, max: 100 }

/** The plain routes under /templates. */
export function templateRoutes(app: FastifyInstance, world: TemplateWorld): void {
  const { database } = world
  const checked = !world.settings.defects.has('unchecked-template-limits')
  app.post('/templates', async (request) => {
    const draft = readDraft(jsonBody(request), checked)
    const by = world.callerOf(request).userId
    const row = await database.transaction(async (query) => {
      const stored = await insertTemplate(query, draft, by)
      await announce(world, query, { type: 'template.created', row: stored, by })
      return stored
    })
    return { success: true, template: templateJson(row), message: 'Template created successfully' }
  })
  app.get('/templates', async (request) => {
    const { page, size, offset } = pageOf(queryOf(request, 'bad_query'), PAGES)
    const [rows, total] = await listTemplates(database.query, { page, size, offset })
    const pagination = { total_count: total, page, page_size: size, total_pages: Math.ceil(total / size) }
    return { success: true, data: rows.map(summaryJson), pagination }
  })
  app.get('/templates/:id', async (request) => {
    return { success: true, template: templateJson(await templateById(database.query, idParam(request))) }
  })
  changeRoutes(app, world)
}

function changeRoutes(app: FastifyInstance, world: TemplateWorld): void {
  const actOf = (request: FastifyRequest) => ({ id: idParam(request), by: world.callerOf(request).userId })
  const stub = world.settings.defects.has('stub-template-clone')
  app.put('/templates/:id', async (request) => {
    const row = await updateTemplate(world, actOf(request), readChange(jsonBody(request)))
    return { success: true, template: templateJson(row), message: 'Template updated successfully' }
  })
  app.delete('/templates/:id', async (request) => {
    await deleteTemplate(world, actOf(request))
    return { success: true, message: 'Template deleted successfully' }
  })
  app.post('/templates/:id/clone', async (request) => {
    const act = actOf(request)
    // The documents give the clone no body; a name in one is taken.
    const fields = fieldsOf(request.body === undefined ? ({} as JsonObject) : jsonBody(request))
    const name = fields.optionalText('name', { min: 1, max: 255 })
    fields.done(BROKEN_LIMITS)
    if (stub) return { message: 'Template cloning not yet implemented' }
    const row = await cloneTemplate(world, act, name)
    return { success: true, template: templateJson(row), message: 'Template cloned successfully' }
  })
}
