// The fields of a template: create, list, read, update, delete.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonBody } from '../kit/fields.ts'
import { readField, readFieldChange } from './field-draft.ts'
import { addField, deleteField, fieldById, fieldsOfTemplate, updateField } from './field-store.ts'
import { idParam, type TemplateWorld } from './world.ts'

/** The routes under /templates/:id/fields. */
export function fieldRoutes(app: FastifyInstance, world: TemplateWorld): void {
  const { query } = world.database
  const fieldIdOf = (request: FastifyRequest): string => idParam(request, 'field_id')
  const actOf = (request: FastifyRequest) => ({ id: idParam(request), by: world.callerOf(request).userId })
  app.post('/templates/:id/fields', async (request) => {
    const field = await addField(world, actOf(request), readField(jsonBody(request)))
    return { success: true, field, message: 'Field created successfully' }
  })
  app.get('/templates/:id/fields', async (request) => {
    const fields = await fieldsOfTemplate(query, idParam(request))
    return { success: true, fields, count: fields.length }
  })
  app.get('/templates/:id/fields/:field_id', async (request) => {
    return { success: true, field: await fieldById(query, idParam(request), fieldIdOf(request)) }
  })
  app.put('/templates/:id/fields/:field_id', async (request) => {
    const act = { ...actOf(request), fieldId: fieldIdOf(request) }
    const field = await updateField(world, act, readFieldChange(jsonBody(request)))
    return { success: true, field, message: 'Field updated successfully' }
  })
  app.delete('/templates/:id/fields/:field_id', async (request) => {
    await deleteField(world, { ...actOf(request), fieldId: fieldIdOf(request) })
    return { success: true, message: 'Field deleted successfully' }
  })
}
