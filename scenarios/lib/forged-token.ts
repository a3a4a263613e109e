// Tokens that must be refused: with a broken signature, another one or none, with other claims, or too old.
import { hmac } from 'k6/crypto'
import { b64decode, b64encode } from 'k6/encoding'

/** The same token with one character of its signature changed: not the last one, whose low bits carry no data. */
export function tampered(token: string): string {
  const at = token.lastIndexOf('.') + 1
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}

/** The same claims, issued two hours ago for one hour, signed with the system's own secret: only its age is wrong. */
export function expired(token: string, secret: string): string {
  const [header = '', payload = ''] = token.split('.')
  const now = Math.floor(Date.now() / 1_000)
  const claims = { ...(JSON.parse(b64decode(payload, 'rawurl', 's')) as object), iat: now - 7_200, exp: now - 3_600 }
  return signed(`${header}.${b64encode(JSON.stringify(claims), 'rawurl')}`, secret)
}

/** Whether this secret signs the system's tokens; without it a forged token is refused for the wrong reason. */
export function signs(token: string, secret: string): boolean {
  return signed(token.slice(0, token.lastIndexOf('.')), secret) === token
}

function signed(content: string, secret: string): string {
  return `${content}.${hmac('sha256', secret, content, 'base64rawurl')}`
}

/** A key that nobody of the system has. */
const STOLEN_KEY = 'a-key-that-was-found-in-some-old-repository'

/** The same claims, signed with another key. */
export function signedByAnother(token: string): string {
  return signed(token.slice(0, token.lastIndexOf('.')), STOLEN_KEY)
}

/** The same claims without a signature, and a header that says none is needed. */
export function unsigned(token: string): string {
  const [, payload = ''] = token.split('.')
  return `${b64encode(JSON.stringify({ alg: 'none', typ: 'JWT' }), 'rawurl')}.${payload}.`
}

/** The signature as it was, but its owner has become an administrator. */
export function promoted(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = { ...(JSON.parse(b64decode(payload, 'rawurl', 's')) as object), role: 'lab_administrator' }
  return `${header}.${b64encode(JSON.stringify(claims), 'rawurl')}.${signature}`
}
