// The settings every service reads, so that all of them are started the same way.
import { defects, type Defect } from './defects.ts'
import { address, duration, number, oneOf, text, type Shape } from './settings.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Settings of every service; all times in ms. */
export interface CommonSettings {
  readonly service: string
  readonly host: string
  readonly port: number
  readonly otlpUrl: string
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly defects: ReadonlySet<Defect>
  readonly bodyLimit: number
  readonly readinessTimeout: number
  readonly shutdownTimeout: number
}

/** Settings of a service that has a database; all times in ms. */
export interface DatabaseSettings {
  readonly databaseUrl: string
  readonly poolSize: number
  readonly acquireTimeout: number
  readonly connectTimeout: number
  readonly queryTimeout: number
  readonly startTimeout: number
}

/** The common settings with the name, port and readiness deadline a service has when nothing else is said. */
export function commonSettings(name: string, port: number, readiness = '2s'): Shape<CommonSettings> {
  return {
    service: text('SERVICE_NAME', { fallback: name }),
    host: text('HOST', { fallback: '0.0.0.0' }),
    port: number('PORT', { fallback: port, max: 65_535 }),
    otlpUrl: address('OTLP_URL', ['http', 'https'], ''),
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    defects,
    bodyLimit: number('BODY_LIMIT', { fallback: 2 * 1024 * 1024, min: 1 }),
    readinessTimeout: duration('READINESS_TIMEOUT', readiness),
    shutdownTimeout: duration('SHUTDOWN_TIMEOUT', '8s'),
  }
}

/** The database settings; the pool size is the documented one of the service. */
export function databaseSettings(poolSize: number): Shape<DatabaseSettings> {
  return {
    databaseUrl: address('DATABASE_URL', ['postgres', 'postgresql']),
    poolSize: number('DB_POOL_SIZE', { fallback: poolSize, min: 1, max: 200 }),
    acquireTimeout: duration('DB_ACQUIRE_TIMEOUT', '10s'),
    connectTimeout: duration('DB_CONNECT_TIMEOUT', '3s'),
    queryTimeout: duration('DB_QUERY_TIMEOUT', '10s'),
    startTimeout: duration('DB_START_TIMEOUT', '30s'),
  }
}
