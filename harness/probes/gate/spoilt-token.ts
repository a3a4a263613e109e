// Tokens that must be refused, made of one that is good: each is wrong in one thing alone.
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { HarnessError } from '../../errors.ts'

/** The same with one character of its signature changed: not the last one, whose low bits carry no data. */
export function tampered(token: string): string {
  const at = token.lastIndexOf('.') + 1
  if (at === 0) throw new HarnessError('PROBE_UNREACHABLE', 'the tokens of this system are not signed ones: no signature can be changed')
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}

const HOUR_S = 3_600

/** The same claims, issued two hours before for one hour, signed with the system's own secret: only its age is wrong. */
export async function expired(token: string, secret: string): Promise<string> {
  const key = new TextEncoder().encode(secret)
  // signed with another secret it would be refused for that
  await jwtVerify(token, key).catch((cause: unknown) => {
    throw new HarnessError('PROBE_UNREACHABLE', 'the secret that was given does not sign the tokens of this system, so that none can be made that ran out', { cause })
  })
  const { iat = 0, nbf: _, ...claims } = decodeJwt(token)
  const header = decodeProtectedHeader(token) as { alg: string }
  return new SignJWT({ ...claims, iat: iat - 2 * HOUR_S, exp: iat - HOUR_S }).setProtectedHeader(header).sign(key)
}

/** Of nobody, and it runs out in so many hours. */
export function madeUp(secret: string, hours: number): Promise<string> {
  return new SignJWT({ role: 'guest' }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setSubject('00000000-0000-4000-8000-000000000000').setExpirationTime(`${hours} h`).sign(new TextEncoder().encode(secret))
}
