// Files of templates: upload, download, look at the data, export and import.
import type { FastifyInstance } from 'fastify'
import type { Query } from '../kit/database.ts'
import { fieldsOf, jsonBody } from '../kit/fields.ts'
import { exportJson, importTemplates, readImport } from './copy.ts'
import { fieldsOfTemplate } from './field-store.ts'
import { refuse } from './refusals.ts'
import { summaryJson, templateJson } from './row.ts'
import { mediaType, NO_SHEETS, sheetsOf } from './sheet.ts'
import { announce, insertTemplate, templateById } from './store.ts'
import { readUpload } from './upload.ts'
import { idParam, type TemplateWorld } from './world.ts'

interface FileRow {
  readonly file_name: string
  readonly content: Buffer
}

const KEEP = 'insert into template.template_files (template_id, file_name, content) values ($1, $2, $3)'
const READ = 'select file_name, content from template.template_files where template_id = $1'

/** The routes that deal with files. */
export function fileRoutes(app: FastifyInstance, world: TemplateWorld): void {
  const { query } = world.database
  uploadRoute(app, world)
  app.get('/templates/:id/data', async (request) => {
    const row = await templateById(query, idParam(request))
    const file = await fileOf(query, row.id)
    const data = file === undefined ? NO_SHEETS : sheetsOf(file.file_name, file.content)
    return { template: templateJson(row), data }
  })
  app.get('/templates/:id/download', async (request, reply) => {
    const { id } = await templateById(query, idParam(request))
    const file = await fileOf(query, id)
    if (file === undefined) throw refuse('file_not_found', `The template ${id} has no file`)
    reply.header('content-type', mediaType(file.file_name)).header('x-content-type-options', 'nosniff')
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.file_name)}`)
    return reply.send(file.content)
  })
  app.get('/templates/:id/export', async (request) => {
    const row = await templateById(query, idParam(request))
    return { success: true, template: exportJson(row, await fieldsOfTemplate(query, row.id)) }
  })
  app.post('/templates/import', async (request) => {
    const all = readImport(fieldsOf(jsonBody(request)).list('templates'))
    const rows = await importTemplates(world, all, world.callerOf(request).userId)
    return { success: true, templates: rows.map(summaryJson), message: `${rows.length} templates imported` }
  })
}

function uploadRoute(app: FastifyInstance, world: TemplateWorld): void {
  app.post('/templates/upload', async (request) => {
    const { fileName, content, draft } = await readUpload(request, new Date())
    const by = world.callerOf(request).userId
    const row = await world.database.transaction(async (query) => {
      const stored = await insertTemplate(query, draft, by)
      await query(KEEP, [stored.id, fileName, content])
      await announce(world, query, { type: 'template.created', row: stored, by })
      return stored
    })
    return { success: true, template: templateJson(row), message: 'Template uploaded successfully' }
  })
}

async function fileOf(query: Query, id: string): Promise<FileRow | undefined> {
  const [file] = await query<FileRow>(READ, [id])
  return file
}
