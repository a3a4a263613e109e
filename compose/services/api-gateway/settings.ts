// The gateway's settings: where the services are, how long it waits, when it protects them.
import { commonSettings, type CommonSettings } from '../kit/common-settings.ts'
import { address, duration, number, type Shape } from '../kit/settings.ts'
import type { BreakerRules } from './breaker.ts'

/** All settings of the gateway; times in ms. */
export interface GatewaySettings extends CommonSettings {
  readonly authUrl: string
  readonly sampleUrl: string
  readonly upstreamTimeout: number
  readonly breakerOpen: number
  readonly breakerFailures: number
  readonly breakerWindow: number
  readonly breakerMinimum: number
  readonly breakerFailureRate: number
  readonly breakerSlowRate: number
  readonly breakerSlowCall: number
  readonly breakerTrials: number
  readonly limitMultiplier: number
  readonly limitAuth: number
  readonly limitAuthBurst: number
  readonly limitSamples: number
  readonly limitSamplesBurst: number
  readonly limitGlobal: number
  readonly limitGlobalBurst: number
  readonly banAfter: number
  readonly banStep: number
  readonly banMax: number
}

/** How each setting is read; the defaults are the documented numbers. */
export const gatewayShape: Shape<GatewaySettings> = {
  ...commonSettings('api-gateway', 8000, '3s'),
  authUrl: address('AUTH_SERVICE_URL', ['http']),
  sampleUrl: address('SAMPLE_SERVICE_URL', ['http']),
  upstreamTimeout: duration('UPSTREAM_TIMEOUT_MS', '30s'),
  breakerOpen: duration('BREAKER_OPEN', '60s'),
  breakerFailures: number('BREAKER_FAILURES', { fallback: 5, min: 1 }),
  breakerWindow: number('BREAKER_WINDOW', { fallback: 100, min: 1, max: 10_000 }),
  breakerMinimum: number('BREAKER_MINIMUM_CALLS', { fallback: 50, min: 1 }),
  breakerFailureRate: number('BREAKER_FAILURE_RATE', { fallback: 0.5, max: 1 }),
  breakerSlowRate: number('BREAKER_SLOW_RATE', { fallback: 0.5, max: 1 }),
  breakerSlowCall: duration('BREAKER_SLOW_CALL', '5s'),
  breakerTrials: number('BREAKER_TRIALS', { fallback: 3, min: 1 }),
  limitMultiplier: number('RATE_LIMIT_MULTIPLIER', { fallback: 1 }),
  limitAuth: number('RATE_LIMIT_AUTH_PER_MINUTE', { fallback: 50 }),
  limitAuthBurst: number('RATE_LIMIT_AUTH_BURST', { fallback: 100 }),
  limitSamples: number('RATE_LIMIT_SAMPLES_PER_MINUTE', { fallback: 200 }),
  limitSamplesBurst: number('RATE_LIMIT_SAMPLES_BURST', { fallback: 400 }),
  limitGlobal: number('RATE_LIMIT_GLOBAL_PER_MINUTE', { fallback: 10_000 }),
  limitGlobalBurst: number('RATE_LIMIT_GLOBAL_BURST', { fallback: 1000 }),
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
