// Forgotten passwords and e-mail verification.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody } from '../kit/fields.ts'
import { newPassword } from './accounts.ts'
import { EMAIL } from './email.ts'
import { issueToken, redeemToken } from './one-time-tokens.ts'
import { hashPassword } from './password-hash.ts'
import { refuse } from './refusals.ts'
import { endAllSessions } from './sessions.ts'
import { audit, type AuthWorld, type UserRow } from './world.ts'

/** POST /auth/forgot-password, /auth/reset-password and /auth/verify-email. */
export function recoveryRoutes(app: FastifyInstance, world: AuthWorld): void {
  forgot(app, world)
  reset(app, world)
  verify(app, world)
}

function forgot(app: FastifyInstance, { database, settings }: AuthWorld): void {
  app.post('/auth/forgot-password', async (request) => {
    const fields = fieldsOf(jsonBody(request))
    const email = fields.text('email', EMAIL).toLowerCase()
    fields.done('VALIDATION_ERROR')
    if (!settings.passwordReset) throw refuse('FEATURE_DISABLED', 'Password reset is disabled')
    const [user] = await database.query<UserRow>(
      `select id, email from auth.users where email = $1 and status = 'active'`,
      [email],
    )
    if (user !== undefined) {
      await database.transaction(async (query) => {
        await issueToken(query, { purpose: 'reset-password', user, life: settings.resetTokenLife })
        await audit(query, { type: 'PASSWORD_RESET_REQUESTED', userId: user.id, email }, request)
      })
    }
    return { success: true, message: 'If the account exists, a password reset e-mail has been sent' }
  })
}

function reset(app: FastifyInstance, world: AuthWorld): void {
  app.post('/auth/reset-password', async (request) => {
    const fields = fieldsOf(jsonBody(request))
    const token = fields.text('token', { min: 1 })
    const password = newPassword(world, fields, 'new_password')
    fields.done('VALIDATION_ERROR')
    const hash = await hashPassword(password)
    await world.database.transaction(async (query) => {
      const userId = await redeemToken(query, 'reset-password', token)
      if (userId === undefined) throw refuse('TOKEN_INVALID', 'The reset token is not valid')
      await query(
        `update auth.users set password_hash = $2, password_changed_at = now(), updated_at = now(),
           failed_login_attempts = 0, locked_until = null where id = $1`,
        [userId, hash],
      )
      await endAllSessions(query, userId)
      await audit(query, { type: 'PASSWORD_RESET_COMPLETED', userId }, request)
    })
    return { success: true, message: 'Password reset successfully' }
  })
}

function verify(app: FastifyInstance, { database, settings }: AuthWorld): void {
  app.post('/auth/verify-email', async (request) => {
    if (!settings.emailVerification) throw refuse('FEATURE_DISABLED', 'E-mail verification is disabled')
    const fields = fieldsOf(jsonBody(request))
    const token = fields.text('token', { min: 1 })
    fields.done('VALIDATION_ERROR')
    await database.transaction(async (query) => {
      const userId = await redeemToken(query, 'verify-email', token)
      if (userId === undefined) throw refuse('TOKEN_INVALID', 'The verification token is not valid')
      await query('update auth.users set email_verified = true, updated_at = now() where id = $1', [userId])
      await audit(query, { type: 'EMAIL_VERIFIED', userId }, request)
    })
    return { success: true, message: 'E-mail verified successfully' }
  })
}
