// A user of the system for live tests: calls through the gateway, with a trace id of its own per call.
import { randomBytes } from 'node:crypto'

/** An answer; `data` and `code` are those of its body, empty when it has none. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The body, read as JSON where it is JSON. */
  readonly body: unknown
  readonly data: Readonly<Record<string, unknown>>
  readonly code: string
  readonly traceId: string
}

/** Calls the system: `POST /api/samples`; `token` is sent as Bearer. A string body is sent as it stands. */
export type Call = (what: string, body?: unknown, token?: string) => Promise<Answer>

interface KnownBody {
  readonly data?: Readonly<Record<string, unknown>>
  readonly error?: string | { readonly code: string }
}

/** A client of the service at `base`; every call carries the `extra` headers. */
export function clientOf(base: string, extra: Readonly<Record<string, string>> = {}): Call {
  return async (what, body, token) => {
    const [method, path = ''] = what.split(' ')
    const traceId = randomBytes(16).toString('hex')
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`
    const headers: Record<string, string> = { traceparent, ...extra }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (token !== undefined) headers.authorization = `Bearer ${token}`
    const text = typeof body === 'object' ? JSON.stringify(body) : body?.toString()
    const answer = await fetch(base + path, { method, headers, body: text })
    const raw = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    const read = (isJson ? JSON.parse(raw) : raw) as KnownBody
    const code = typeof read.error === 'object' ? read.error.code : (read.error ?? '')
    return { status: answer.status, headers: answer.headers, body: read, data: read.data ?? {}, code, traceId }
  }
}

/** The password of every test user. */
export const PASSWORD = 'Correct-Horse-1'

/** Registers a user and logs in. */
export async function newUser(call: Call, email: string): Promise<{ token: string; id: string }> {
  const user = { email, password: PASSWORD, first_name: 'Test', last_name: 'User' }
  const { status, body } = await call('POST /api/auth/register', user)
  if (status !== 200) throw new Error(`register answered ${status}: ${JSON.stringify(body)}`)
  const { data } = await call('POST /api/auth/login', { email, password: PASSWORD })
  return { token: String(data.access_token), id: String(data.user_id) }
}

/** The statuses of answers whose order is chance, sorted. */
export function statuses(answers: readonly { status: number }[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b)
}
