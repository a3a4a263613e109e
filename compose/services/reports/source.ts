// Asks another service for the rows of a report, in the name of who wants it.
import { call, HttpCallError, type HttpAnswer } from '../kit/http-call.ts'
import { rowsOf, type Source } from './report-types.ts'
import type { ReportsSettings } from './settings.ts'
import type { Row } from './table.ts'

/** Thrown when the service gave no rows; `final` when asking again would not help. */
export class SourceError extends Error {
  readonly final: boolean

  constructor(message: string, { final, cause }: { final: boolean; cause?: unknown }) {
    super(message, { cause })
    this.name = 'SourceError'
    this.final = final
  }
}

/** The rows of a source, as `user` may see them. */
export async function askForRows(settings: ReportsSettings, source: Source, user: string): Promise<Row[]> {
  const { status, body } = await ask(settings, source, user)
  // 429 means too often, not never.
  if (status >= 400 && status < 500 && status !== 429) {
    throw new SourceError(`${source.peer} refused with status ${status}`, { final: true })
  }
  if (status !== 200) throw new SourceError(`${source.peer} answered with status ${status}`, { final: false })
  const rows = rowsOf(source.rows(parse(body)))
  if (rows === undefined) throw new SourceError(`${source.peer} gave an answer that cannot be read`, { final: false })
  return rows
}

async function ask(settings: ReportsSettings, { peer, url }: Source, user: string): Promise<HttpAnswer> {
  try {
    return await call({
      peer,
      method: 'GET',
      url: url(settings),
      deadline: settings.sourceTimeout,
      headers: { authorization: `Service ${settings.serviceKey}`, 'x-user-id': user },
    })
  } catch (error) {
    if (error instanceof HttpCallError) throw new SourceError(error.message, { final: false, cause: error })
    throw error
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
