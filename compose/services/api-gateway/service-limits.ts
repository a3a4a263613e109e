// The documented rate limits: one per service, and one for everything together.
import { UPSTREAMS, type Upstream } from '../kit/service-routes.ts'
import { number, type Setting } from '../kit/settings.ts'
import type { Limit } from './rate-limiter.ts'

/** The limit of each service, and of all together. */
export type ServiceLimits = Readonly<Record<Upstream | 'global', Limit>>

type Numbers = readonly [perMinute: number, burst: number]

const DEFAULT: Numbers = [100, 200]
const DOCUMENTED: Readonly<Partial<Record<Upstream | 'global', Numbers>>> = {
  auth: [50, 100],
  sample: [200, 400],
  storage: [150, 300],
  template: [100, 200],
  sequencing: [300, 600],
  notification: [100, 200],
  rag: [80, 160],
  global: [10_000, 1000],
}
/** Some are named after what users ask for rather than after the service. */
const NAMES: Readonly<Partial<Record<Upstream | 'global', string>>> = {
  sample: 'SAMPLES',
  template: 'TEMPLATES',
  notification: 'NOTIFICATIONS',
}

/** Reads RATE_LIMIT_<SERVICE>_PER_MINUTE and RATE_LIMIT_<SERVICE>_BURST of each service and of GLOBAL. */
export const documentedLimits: Setting<ServiceLimits> = (env, problems) => {
  const limitOf = (name: Upstream | 'global'): Limit => {
    const [perMinute, burst] = DOCUMENTED[name] ?? DEFAULT
    const variable = `RATE_LIMIT_${NAMES[name] ?? name.toUpperCase().replaceAll('-', '_')}`
    return {
      perMinute: number(`${variable}_PER_MINUTE`, { fallback: perMinute })(env, problems),
      burst: number(`${variable}_BURST`, { fallback: burst })(env, problems),
    }
  }
  const names = [...UPSTREAMS, 'global'] as const
  return Object.fromEntries(names.map((name) => [name, limitOf(name)])) as Record<Upstream | 'global', Limit>
}

/** The same limit, `factor` times as high. */
export function scaled({ perMinute, burst }: Limit, factor: number): Limit {
  return { perMinute: perMinute * factor, burst: burst * factor }
}
