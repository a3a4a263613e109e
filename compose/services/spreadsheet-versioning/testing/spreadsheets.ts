// Starts the versioning service for live tests, and speaks to it as a user with spreadsheets does.
import { randomUUID } from 'node:crypto'
import { clientOf, type Answer } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'

/** A spreadsheet's first file. */
export const FILE = 'id,volume\na,1\nb,2\n'

/** A running service. */
export interface Spreadsheets {
  readonly system: ContractSystem
  call(what: string, body?: unknown, base?: string): Promise<Answer>
  /** Brings a file to a spreadsheet. */
  bring(spreadsheet: string, file: string, more?: object): Promise<Answer>
  /** The same; the id of the version, or an error. */
  version(spreadsheet: string, file: string, more?: object): Promise<string>
  /** A new spreadsheet with FILE as its first version. */
  begin(): Promise<{ readonly sheet: string; readonly first: string }>
  /** The rows of a version. */
  rows(id: string): Promise<unknown>
}

/** Starts everything on loopback addresses of `subnet`; five versions are allowed of one spreadsheet. */
export async function startSpreadsheets(subnet: string): Promise<Spreadsheets> {
  // Nobody is there to take events: they have to wait.
  const env = { EVENT_SERVICE_URL: `http://${subnet}.9:8087`, MAX_VERSIONS_PER_SPREADSHEET: '5' }
  const system = await startContractSystem(subnet, { name: 'spreadsheet-versioning', port: 8088, env })
  const call: Spreadsheets['call'] = (what, body, base = system.service.base) => {
    return clientOf(base)(what, body, system.user.token)
  }
  const bring: Spreadsheets['bring'] = (spreadsheet, file_data, more = {}) => {
    const body = { name: 'plate', filename: 'plate.csv', file_type: 'csv', file_data, ...more }
    return call(`POST /api/v1/spreadsheets/${spreadsheet}/versions`, body)
  }
  const version: Spreadsheets['version'] = async (spreadsheet, file, more) => {
    const { status, body } = await bring(spreadsheet, file, more)
    if (status !== 200) throw new Error(`a version was answered with ${status}: ${JSON.stringify(body)}`)
    return (body as { id: string }).id
  }
  return {
    system,
    call,
    bring,
    version,
    begin: async () => {
      const sheet = randomUUID()
      return { sheet, first: await version(sheet, FILE) }
    },
    rows: async (id) => {
      const { body } = await call(`GET /api/v1/versions/${id}/data`)
      return (body as { sheets: { rows: unknown }[] }).sheets[0]?.rows
    },
  }
}
