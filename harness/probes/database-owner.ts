// Who may do everything in a Postgres service: whom its own image makes the owner when it starts for the first time.
import { HarnessError } from '../errors.ts'
import type { DatabaseReader } from './database-reader.ts'
import type { ProbeContext } from './probe.ts'

/** The slowest, an index over a whole table, take less. Real time. */
const PATIENCE_MS = 60_000

/** Of the service's own database, or of another one in it. PROBE_UNREACHABLE where the compose file names no password. */
export function ownerOf({ rig, clock, signal }: ProbeContext, service: string, database?: string): DatabaseReader {
  const { environment = {}, ports: [port] = [] } = rig.stack.services.find(({ name }) => name === service) ?? {}
  const told = (name: string) => (environment[name] === undefined ? undefined : rig.resolve(environment[name]))
  const [user, password] = [told('POSTGRES_USER') ?? 'postgres', told('POSTGRES_PASSWORD')]
  if (password === undefined || port === undefined) throw new HarnessError('PROBE_UNREACHABLE', `nobody knows who owns ${service}: its environment has no POSTGRES_PASSWORD`)
  const { host, port: reached } = rig.address(service, port)
  const [who, what] = [`${encodeURIComponent(user)}:${encodeURIComponent(password)}`, encodeURIComponent(database ?? told('POSTGRES_DB') ?? user)]
  return { name: service, url: `postgres://${who}@${host}:${reached}/${what}`, clock, signal, patienceMs: PATIENCE_MS }
}
