// The gateway's settings: where the services are, how long it waits, when it protects them.
import { serviceKeySetting } from '../kit/caller.ts'
import { commonSettings, type CommonSettings } from '../kit/common-settings.ts'
import { upstreamUrls, type UpstreamUrls } from '../kit/service-routes.ts'
import { duration, number, text, type Setting, type Shape } from '../kit/settings.ts'
import type { BreakerRules } from './breaker.ts'
import { documentedLimits, type ServiceLimits } from './service-limits.ts'

/** All settings of the gateway; times in ms. */
export interface GatewaySettings extends CommonSettings {
  readonly urls: UpstreamUrls
  /** Who shows one of these in X-API-Key is let in as a machine of the laboratory. */
  readonly apiKeys: readonly string[]
  readonly serviceKey: string
  readonly upstreamTimeout: number
  readonly healthEvery: number
  readonly breakerOpen: number
  readonly breakerFailures: number
  readonly breakerWindow: number
  readonly breakerMinimum: number
  readonly breakerFailureRate: number
  readonly breakerSlowRate: number
  readonly breakerSlowCall: number
  readonly breakerTrials: number
  /** So many requests are served at once; more are turned away. */
  readonly maxInFlight: number
  readonly limitMultiplier: number
  readonly limits: ServiceLimits
  /** Above this share of its own power, 0 to 1, the gateway lowers the limit of all together. */
  readonly adaptiveThreshold: number
  readonly adaptiveEvery: number
  readonly banAfter: number
  readonly banStep: number
  readonly banMax: number
}

const apiKeys: Setting<readonly string[]> = (env, problems) => {
  const keys = text('API_KEYS', { fallback: '' })(env, problems).split(',')
  return keys.map((key) => key.trim()).filter((key) => key !== '')
}

/** How each setting is read; the defaults are the documented numbers. */
export const gatewayShape: Shape<GatewaySettings> = {
  ...commonSettings('api-gateway', 8000, '3s'),
  urls: upstreamUrls(['auth', 'sample']),
  apiKeys,
  serviceKey: serviceKeySetting('api-gateway'),
  upstreamTimeout: duration('UPSTREAM_TIMEOUT_MS', '30s'),
  healthEvery: duration('HEALTH_EVERY', '30s'),
  breakerOpen: duration('BREAKER_OPEN', '60s'),
  breakerFailures: number('BREAKER_FAILURES', { fallback: 5, min: 1 }),
  breakerWindow: number('BREAKER_WINDOW', { fallback: 100, min: 1, max: 10_000 }),
  breakerMinimum: number('BREAKER_MINIMUM_CALLS', { fallback: 50, min: 1 }),
  breakerFailureRate: number('BREAKER_FAILURE_RATE', { fallback: 0.5, max: 1 }),
  breakerSlowRate: number('BREAKER_SLOW_RATE', { fallback: 0.5, max: 1 }),
  breakerSlowCall: duration('BREAKER_SLOW_CALL', '5s'),
  breakerTrials: number('BREAKER_TRIALS', { fallback: 3, min: 1 }),
  maxInFlight: number('MAX_IN_FLIGHT', { fallback: 256, min: 1 }),
  limitMultiplier: number('RATE_LIMIT_MULTIPLIER', { fallback: 1 }),
  limits: documentedLimits,
  adaptiveThreshold: number('RATE_LIMIT_ADAPTIVE_THRESHOLD', { fallback: 0.8, max: 1 }),
  adaptiveEvery: duration('RATE_LIMIT_ADAPTIVE_EVERY', '10s'),
  banAfter: number('RATE_LIMIT_BAN_AFTER', { fallback: 10 }),
  banStep: duration('RATE_LIMIT_BAN_STEP', '300s'),
  banMax: duration('RATE_LIMIT_BAN_MAX', '1h'),
}

/** The breaker's rules within the settings. */
export function breakerRules(settings: GatewaySettings): BreakerRules {
  return {
    consecutiveFailures: settings.breakerFailures,
    window: settings.breakerWindow,
    minimumCalls: settings.breakerMinimum,
    failureRate: settings.breakerFailureRate,
    slowRate: settings.breakerSlowRate,
    slowCall: settings.breakerSlowCall,
    open: settings.breakerOpen,
    trials: settings.breakerTrials,
  }
}
