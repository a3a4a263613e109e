// The system as its users reach it: requests through the front door, and somebody who may come in.
import { createHmac, randomUUID } from 'node:crypto'
import { told } from './told.ts'

/** As whom a disturbance comes. A new user is a guest, who may do what the journeys of the load do. */
export const CALLERS = ['anonymous', 'user', 'administrator', 'forged', 'expired'] as const
export type Caller = (typeof CALLERS)[number]

export interface Request {
  readonly method: string
  /** /api/... */
  readonly path: string
  /** JSON. */
  readonly body?: string | undefined
  readonly token?: string | undefined
}

export interface Answer {
  readonly status: number
  readonly text: string
}

const PATIENCE_MS = 10_000
const base = told('HARNESS_BASE_URL')

/** Over connections that are kept; throws when nobody answers. */
export async function send({ method, path, body, token }: Request): Promise<Answer> {
  const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...(token !== undefined && { authorization: `Bearer ${token}` }) }
  const answer = await fetch(base + path, { method, headers, body: body ?? null, signal: AbortSignal.timeout(PATIENCE_MS) })
  return { status: answer.status, text: await answer.text() }
}

/** The data of what was granted; throws with what was said instead. */
export async function granted<T>(request: Request): Promise<T> {
  return (await answered<{ readonly data: T }>(request)).data
}

/** As granted, of a service that answers with nothing around its data. */
export async function answered<T>(request: Request): Promise<T> {
  const { status, text } = await send(request)
  if (status >= 200 && status < 300) return JSON.parse(text) as T
  throw new Error(`${request.method} ${request.path} was answered with ${status}: ${text.slice(0, 300)}`)
}

/** A token to come with; undefined for nobody. Registers a user of its own where one is needed. */
export async function tokenOf(caller: Caller): Promise<string | undefined> {
  if (caller === 'anonymous') return undefined
  if (caller === 'administrator') return logIn(told('ADMIN_EMAIL'), told('ADMIN_PASSWORD'))
  const { email, password } = await register()
  const token = await logIn(email, password)
  if (caller === 'forged') return forged(token)
  return caller === 'expired' ? expired(token, told('JWT_SECRET')) : token
}

/** An account that nobody else has. */
export async function register(): Promise<{ readonly email: string; readonly password: string }> {
  const account = { email: `disturbance-${randomUUID()}@readiness.example`, password: `Correct-Horse-${randomUUID()}-1` }
  const body = JSON.stringify({ ...account, first_name: 'Some', last_name: 'Disturbance' })
  await granted({ method: 'POST', path: '/api/auth/register', body })
  return account
}

async function logIn(email: string, password: string): Promise<string> {
  const body = JSON.stringify({ email, password, remember_me: false })
  return (await granted<{ readonly access_token: string }>({ method: 'POST', path: '/api/auth/login', body })).access_token
}

/** One character of the signature changed: not the last one, whose low bits carry no data. */
function forged(token: string): string {
  const at = token.lastIndexOf('.') + 1
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}

/** The same claims, issued two hours ago for one hour, signed with the system's own secret. */
export function expired(token: string, secret: string): string {
  const [header = '', payload = ''] = token.split('.')
  const now = Math.floor(Date.now() / 1_000)
  const claims = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), iat: now - 7_200, exp: now - 3_600 }
  const content = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}
