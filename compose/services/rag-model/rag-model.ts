// The model back-end: a deterministic stand-in for a language model, reached over the network like a real one.
import type { FastifyInstance } from 'fastify'
import { acceptJson } from '../kit/server.ts'
import type { Parts, ServiceDefinition } from '../kit/service.ts'
import { modelRoutes } from './model-routes.ts'
import { ragModelRefusals, refuse } from './refusals.ts'
import { ragModelShape, type RagModelSettings } from './settings.ts'

/** The service as the kit runs it; it depends on nothing, so it is ready when it listens. */
export const ragModel: ServiceDefinition<RagModelSettings> = {
  shape: ragModelShape,
  refusals: ragModelRefusals,
  build: ({ settings }): Parts => ({
    checks: {},
    releases: [],
    routes: (app) => {
      acceptJson(app)
      guard(app, settings)
      modelRoutes(app, settings)
    },
  }),
}

/** Only services of the laboratory may ask, each with its key. */
function guard(app: FastifyInstance, { defects }: RagModelSettings): void {
  if (defects.has('no-authentication')) return
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    if (routeOptions.url?.startsWith('/v1/') !== true) return
    if (/^Service service_\S+$/i.test(headers.authorization ?? '')) return
    throw refuse('authentication_error', 'The key of a service is needed')
  })
}
