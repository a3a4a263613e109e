// Where each service stands on the proving ground, and what it needs besides the usual.
import { tmpdir } from 'node:os'
import type { ServiceName } from '../service-process.ts'

/** A service's own port, the last part of its address, and its environment on a subnet. */
export interface Place {
  readonly port: number
  readonly host: number
  env?(subnet: string, host: string): Readonly<Record<string, string>>
}

/** Auth, sample and event are where the contract system has them. */
export const PLACES: Readonly<Record<ServiceName, Place>> = {
  auth: { port: 8080, host: 2 },
  sample: { port: 8081, host: 3 },
  event: { port: 8087, host: 4 },
  storage: { port: 8082, host: 10, env: () => ({ SEED_SCALE: '0' }) },
  template: { port: 8083, host: 11 },
  sequencing: { port: 8084, host: 12 },
  notification: { port: 8085, host: 13 },
  rag: { port: 8086, host: 14, env: (subnet) => ({ MODEL_URL: `http://${subnet}.15:8094` }) },
  'rag-model': { port: 8094, host: 15 },
  transaction: {
    port: 8088,
    host: 16,
    // Two that run sagas in one database need different names.
    env: (subnet, host) => ({ ...peersOf(subnet), RUNNER_NAME: host }),
  },
  qaqc: { port: 8089, host: 17 },
  'spreadsheet-versioning': { port: 8088, host: 18 },
  'library-details': { port: 8080, host: 19 },
  reports: {
    port: 8000,
    host: 20,
    env: (subnet) => ({ ...peersOf(subnet), QAQC_SERVICE_URL: `http://${subnet}.17:8089` }),
  },
  // Each reads all events for itself.
  'event-analytics': { port: 8097, host: 21, env: (_subnet, host) => ({ REDIS_CONSUMER_GROUP: host }) },
  'lab-manager': {
    port: 3000,
    host: 22,
    env: (subnet) => ({ SAMPLE_SERVICE_URL: `http://${subnet}.3:8081`, STORAGE_PATH: tmpdir() }),
  },
  'api-gateway': {
    port: 8000,
    host: 23,
    env: (subnet) => ({ SAMPLE_SERVICE_URL: `http://${subnet}.3:8081`, RATE_LIMIT_MULTIPLIER: '100' }),
  },
}

function peersOf(subnet: string): Readonly<Record<string, string>> {
  return {
    SAMPLE_SERVICE_URL: `http://${subnet}.3:8081`,
    STORAGE_SERVICE_URL: `http://${subnet}.10:8082`,
    NOTIFICATION_SERVICE_URL: `http://${subnet}.13:8085`,
  }
}
