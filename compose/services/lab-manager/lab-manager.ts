// The lab manager: the laboratory's old front door, which passes everything on to the services.
import { authIsReady, guardRoutes } from '../kit/caller.ts'
import { openDatabase } from '../kit/database.ts'
import { takeBytes } from '../kit/forwarding.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { watchActivity } from './activity.ts'
import { healthRoutes, storageIsWritable, vitals } from './health.ts'
import { loginRoutes } from './login.ts'
import { passingRoutes } from './pass-on.ts'
import { labManagerRefusals, labManagerWording } from './refusals.ts'
import { labManagerShape, type LabManagerSettings } from './settings.ts'

/** The service as the kit runs it. */
export const labManager: ServiceDefinition<LabManagerSettings> = {
  shape: labManagerShape,
  refusals: labManagerRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

function build({ settings, metrics, warn }: Kit<LabManagerSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  return {
    checks: {
      database: () => database.query('select 1'),
      storage: () => storageIsWritable(settings),
      auth_service: () => authIsReady(settings),
    },
    liveness: () => vitals('healthy'),
    releases: [{ what: 'the database pool', close: database.stop }],
    // There are no tables; a database that is not there is noticed at the start all the same.
    prepare: async () => void (await database.query('select 1')),
    routes: (app) => {
      takeBytes(app)
      const activity = watchActivity(app)
      app.get('/health/metrics', async () => activity.figures())
      healthRoutes(app, { settings, database })
      guardRoutes(app, settings, labManagerWording)
      loginRoutes(app, settings)
      passingRoutes(app, settings)
    },
  }
}
