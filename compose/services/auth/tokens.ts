// Makes and reads access tokens (JWT, HS256), and hashes tokens, as only their hashes are stored.
import { errors, jwtVerify, SignJWT } from 'jose'
import { createHash } from 'node:crypto'
import type { AuthSettings } from './settings.ts'

/** What an access token says; `session` is its jti. */
export interface Claims {
  readonly user: string
  readonly email: string
  readonly role: string
  readonly session: string
}

/** Makes and reads access tokens. */
export interface Tokens {
  sign(claims: Claims, expires: Date): Promise<string>
  /** The claims, or undefined for a token that is malformed, badly signed, expired or meant for others. */
  read(token: string): Promise<Claims | undefined>
}

/** Seconds a token is still good after its end, as the original library allows. */
const LEEWAY = 60

/** Creates the token maker of this service. */
export function createTokens({ jwtSecret, jwtIssuer, jwtAudience }: AuthSettings): Tokens {
  const key = new TextEncoder().encode(jwtSecret)
  return {
    sign: ({ user, email, role, session }, expires) =>
      new SignJWT({ email, role })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(user)
        .setJti(session)
        .setIssuer(jwtIssuer)
        .setAudience(jwtAudience)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(key),
    read: async (token) => {
      const rules = { algorithms: ['HS256'], issuer: jwtIssuer, audience: jwtAudience, clockTolerance: LEEWAY }
      try {
        const { sub, jti, email, role } = (await jwtVerify(token, key, rules)).payload
        if (sub === undefined || jti === undefined) return undefined
        return { user: sub, session: jti, email: String(email), role: String(role) }
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
        throw error
      }
    },
  }
}

/** sha256 of a token, in hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
