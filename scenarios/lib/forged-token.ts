// Tokens that must be refused: one with a broken signature, one that is genuine but for its age.
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
