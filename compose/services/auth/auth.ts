// The auth service: accounts, sessions, tokens.
import { openDatabase } from '../kit/database.ts'
import { openOutbox } from '../kit/outbox.ts'
import type { CheckResult } from '../kit/readiness.ts'
import { acceptJson } from '../kit/server.ts'
import type { Kit, Parts, ServiceDefinition } from '../kit/service.ts'
import { accountRoutes } from './accounts.ts'
import { createActiveUsers } from './active-users.ts'
import { adminRoutes } from './admin.ts'
import { figures } from './figures.ts'
import { loginRoutes } from './login.ts'
import { hashPassword } from './password-hash.ts'
import { recoveryRoutes } from './recovery.ts'
import { authRefusals } from './refusals.ts'
import { authSchema } from './schema.ts'
import { authShape, type AuthSettings } from './settings.ts'
import { createTokens } from './tokens.ts'
import { validationRoutes } from './validation.ts'
import type { AuthWorld } from './world.ts'

/** The service as the kit runs it. */
export const auth: ServiceDefinition<AuthSettings> = {
  shape: authShape,
  refusals: authRefusals,
  startTimeout: ({ startTimeout }) => startTimeout,
  build,
}

const ALL_ROUTES = [accountRoutes, loginRoutes, recoveryRoutes, validationRoutes, adminRoutes]

function build({ settings, metrics, warn }: Kit<AuthSettings>): Parts {
  const database = openDatabase(settings, { metrics, warn })
  const world: AuthWorld = {
    settings,
    database,
    outbox: openOutbox(settings, { service: 'auth', database, metrics, warn }),
    tokens: createTokens(settings),
    count: {
      authenticationFailure: metrics.counter('authentication_failures_total', 'Logins and credentials refused.'),
      tokenFailure: metrics.counter('jwt_validation_failures_total', 'Tokens that were not valid.'),
      login: metrics.counter('auth_user_login_total', 'Successful logins.'),
    },
  }
  const activeUsers = createActiveUsers({ settings, database, metrics, warn })
  return {
    checks: { database: () => database.query('select 1') },
    readiness: (results) => Object.fromEntries(Object.entries(results).map(([name, result]) => [name, word(result)])),
    releases: [
      { what: 'the count of users', close: async () => activeUsers.stop() },
      { what: 'the outbox', close: world.outbox.stop },
      { what: 'the database pool', close: database.stop },
    ],
    prepare: async () => {
      await prepare(world)
      activeUsers.start()
    },
    routes: (app) => {
      acceptJson(app)
      app.get('/health/metrics', () => figures(world))
      for (const routes of ALL_ROUTES) routes(app, world)
    },
  }
}

/** The documented form is one word; what is wrong comes after it. */
function word({ healthy, error }: CheckResult): string {
  return healthy ? 'healthy' : `unhealthy: ${error ?? 'unknown'}`
}

/** Tables, and the documented administrator where none is yet. */
async function prepare({ database, outbox, settings }: AuthWorld): Promise<void> {
  await database.transaction((query) => query(authSchema))
  outbox.start()
  const known = await database.query('select 1 from auth.users where email = $1', [settings.adminEmail])
  if (known.length > 0) return
  await database.query(
    `insert into auth.users (email, password_hash, first_name, last_name, role, email_verified)
     values ($1, $2, 'System', 'Administrator', 'lab_administrator', true) on conflict do nothing`,
    [settings.adminEmail, await hashPassword(settings.adminPassword)],
  )
}
