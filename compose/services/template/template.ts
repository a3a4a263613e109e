// The template service: templates of forms and sheets, their fields and their files.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { fieldRoutes } from './field-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { templateRefusals, templateWording } from './refusals.ts'
import { templateSchema } from './schema.ts'
import { templateShape, type TemplateSettings } from './settings.ts'
import { templateRoutes } from './template-routes.ts'
import { acceptForms } from './upload.ts'

/** The service as the kit runs it. */
export const template: ServiceDefinition<TemplateSettings> = {
  shape: templateShape,
  refusals: templateRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build({ settings, metrics, warn }: Kit<TemplateSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const outbox = openOutbox(settings, { database, metrics, warn, service: 'template' })
  return {
    checks: { database: () => database.query('select 1'), auth_service: () => authIsReady(settings) },
    releases: [
      { what: 'the outbox', close: outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    liveness: () => ({ status: 'healthy', service: 'template_service' }),
    prepare: async () => {
      if (!settings.defects.has('no-template-tables')) await database.transaction((query) => query(templateSchema))
      outbox.start()
    },
    routes: (app) => {
      acceptJson(app)
      acceptForms(app)
      app.get('/health/metrics', async () => ({ metrics: {} }))
      const world = { settings, database, outbox, callerOf: guardRoutes(app, settings, templateWording) }
      for (const routes of [templateRoutes, fieldRoutes, fileRoutes]) routes(app, world)
    },
  }
}
