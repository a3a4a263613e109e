// Tokens sent by mail that work once. No mail leaves this system: what would be sent waits in auth.outgoing_mail.
import { randomBytes } from 'node:crypto'
import type { Query } from '../kit/database.ts'
import { hashToken } from './tokens.ts'

/** What a token is for. */
export type Purpose = 'reset-password' | 'verify-email'

/** A token to be issued; `life` in ms. */
export interface TokenWish {
  readonly purpose: Purpose
  readonly user: { readonly id: string; readonly email: string }
  readonly life: number
}

/** Issues a token and puts its mail into the outbox. */
export async function issueToken(query: Query, { purpose, user, life }: TokenWish): Promise<void> {
  const token = randomBytes(24).toString('hex')
  await query(
    'insert into auth.one_time_tokens (token_hash, purpose, user_id, expires_at) values ($1, $2, $3, $4)',
    [hashToken(token), purpose, user.id, new Date(Date.now() + life)],
  )
  await query('insert into auth.outgoing_mail (recipient, purpose, token) values ($1, $2, $3)', [
    user.email,
    purpose,
    token,
  ])
}

/** Uses a token up; the user it was for, or undefined when it is unknown, used or too old. */
export async function redeemToken(query: Query, purpose: Purpose, token: string): Promise<string | undefined> {
  const [row] = await query<{ user_id: string }>(
    `update auth.one_time_tokens set used_at = now()
     where token_hash = $1 and purpose = $2 and used_at is null and expires_at > now() returning user_id`,
    [hashToken(token), purpose],
  )
  return row?.user_id
}
