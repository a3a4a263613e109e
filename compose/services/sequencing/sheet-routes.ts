// Sample sheets: create, list, read, change, delete, validate and export.
import type { FastifyInstance } from 'fastify'
import { jsonBody, uuidParam } from '../kit/fields.ts'
import { pageOf, queryOf } from '../kit/query.ts'
import { PLATFORMS } from './platforms.ts'
import { readSheet, readSheetChange } from './sheet-draft.ts'
import { EXPORT_FORMATS, exportSheet } from './sheet-export.ts'
import { SHEET_STATUSES, sheetJson, wholeSheetJson, type SheetRow } from './sheet-row.ts'
import { createSheet, deleteSheet, listSheets, sheetById, updateSheet, validateSheet } from './sheet-store.ts'
import { PAGES, pagination, type SequencingWorld } from './world.ts'

/** The routes under /sample-sheets. */
export function sheetRoutes(app: FastifyInstance, world: SequencingWorld): void {
  const { query } = world.database
  app.post('/sample-sheets', async (request) => {
    const row = await createSheet(world, readSheet(jsonBody(request)), world.callerOf(request).userId)
    return { success: true, data: wholeSheetJson(row), message: 'Sample sheet created successfully' }
  })
  app.get('/sample-sheets', async (request) => {
    const wish = queryOf(request, 'validation')
    const page = pageOf(wish, PAGES)
    const filters = { platform: wish.word('platform', PLATFORMS), status: wish.word('status', SHEET_STATUSES) }
    const [rows, total] = await listSheets(query, filters, page)
    return { success: true, data: { sample_sheets: rows.map(sheetJson), pagination: pagination(total, page) } }
  })
  app.get('/sample-sheets/:id', async (request) => {
    const row = await sheetById(query, uuidParam(request))
    const { samples_data: entries, validation } = row
    return {
      success: true,
      data: { sample_sheet: wholeSheetJson(row), entries, validation, entry_count: entries.length },
    }
  })
  changeRoutes(app, world)
  app.get('/sample-sheets/:id/export', async (request) => {
    const format = queryOf(request, 'validation').word('format', EXPORT_FORMATS) ?? 'csv'
    const row = await sheetById(query, uuidParam(request))
    const filename = `${row.name}_${row.id}.${format === 'json' ? 'json' : 'csv'}`
    return { success: true, data: { content: exportSheet(row, format), format, filename } }
  })
}

function changeRoutes(app: FastifyInstance, world: SequencingWorld): void {
  app.put('/sample-sheets/:id', async (request) => {
    const row = await updateSheet(world, uuidParam(request), readSheetChange(jsonBody(request)))
    return { success: true, data: wholeSheetJson(row), message: 'Sample sheet updated successfully' }
  })
  app.delete('/sample-sheets/:id', async (request) => {
    const row = await deleteSheet(world, uuidParam(request))
    return { success: true, data: wholeSheetJson(row), message: 'Sample sheet deleted successfully' }
  })
  app.post('/sample-sheets/:id/validate', async (request) => {
    return verdictOf(await validateSheet(world, uuidParam(request), world.callerOf(request).userId))
  })
}

function verdictOf({ validation, status }: SheetRow): object {
  const { is_valid = false, errors = [], warnings = [] } = validation ?? {}
  const summary = { is_valid, error_count: errors.length, warning_count: warnings.length, new_status: status }
  const message = is_valid ? 'Sample sheet is valid' : 'Sample sheet validation failed'
  return { success: true, data: { validation, summary }, message }
}
