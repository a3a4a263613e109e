// The auth service's settings, under the names its documents use.
import { commonSettings, databaseSettings, type CommonSettings, type DatabaseSettings } from '../kit/common-settings.ts'
import { outboxSettings, type OutboxSettings } from '../kit/outbox.ts'
import { duration, flag, number, text, type Shape } from '../kit/settings.ts'
import type { PasswordPolicy } from './password-policy.ts'

/** All settings of the auth service; times in ms unless the name says otherwise. */
export interface AuthSettings extends CommonSettings, DatabaseSettings, OutboxSettings {
  readonly jwtSecret: string
  readonly jwtIssuer: string
  readonly jwtAudience: string
  readonly accessTokenHours: number
  readonly refreshTokenDays: number
  readonly maxLoginAttempts: number
  readonly lockoutMinutes: number
  readonly registration: boolean
  readonly emailVerification: boolean
  readonly passwordReset: boolean
  readonly resetTokenLife: number
  readonly minLength: number
  readonly upper: boolean
  readonly lower: boolean
  readonly digit: boolean
  readonly symbol: boolean
  readonly adminEmail: string
  readonly adminPassword: string
  /** Whoever used a session within this time is an active user, counted so often. */
  readonly activeUsersWindow: number
  readonly activeUsersEvery: number
}

/** How each setting is read. */
export const authShape: Shape<AuthSettings> = {
  ...commonSettings('auth', 8080),
  ...databaseSettings(20),
  ...outboxSettings('auth'),
  jwtSecret: text('JWT_SECRET', { min: 32 }),
  jwtIssuer: text('JWT_ISSUER', { fallback: 'auth-service' }),
  jwtAudience: text('JWT_AUDIENCE', { fallback: 'lab-management-system' }),
  accessTokenHours: number('JWT_ACCESS_TOKEN_EXPIRY_HOURS', { fallback: 1, min: 0.001 }),
  refreshTokenDays: number('JWT_REFRESH_TOKEN_EXPIRY_DAYS', { fallback: 30, min: 0.001 }),
  maxLoginAttempts: number('MAX_LOGIN_ATTEMPTS', { fallback: 5, min: 1 }),
  lockoutMinutes: number('LOCKOUT_DURATION_MINUTES', { fallback: 15, min: 0.001 }),
  registration: flag('REGISTRATION_ENABLED', true),
  emailVerification: flag('EMAIL_VERIFICATION_REQUIRED', false),
  passwordReset: flag('PASSWORD_RESET_ENABLED', true),
  resetTokenLife: duration('PASSWORD_RESET_TOKEN_LIFE', '1h'),
  minLength: number('PASSWORD_MIN_LENGTH', { fallback: 8, min: 6, max: 128 }),
  upper: flag('PASSWORD_REQUIRE_UPPERCASE', true),
  lower: flag('PASSWORD_REQUIRE_LOWERCASE', true),
  digit: flag('PASSWORD_REQUIRE_NUMBERS', true),
  symbol: flag('PASSWORD_REQUIRE_SYMBOLS', false),
  adminEmail: text('ADMIN_EMAIL', { fallback: 'admin@lab.local' }),
  // A development password, the documented one of the seeded administrator.
  adminPassword: text('ADMIN_PASSWORD', { fallback: 'admin123' }),
  activeUsersWindow: duration('ACTIVE_USERS_WINDOW', '24h'),
  activeUsersEvery: duration('ACTIVE_USERS_EVERY', '1m'),
}

/** The password rules within the settings. */
export function policyOf({ minLength, upper, lower, digit, symbol }: AuthSettings): PasswordPolicy {
  return { minLength, upper, lower, digit, symbol }
}
