// What the harness tells a scenario, read from the environment once and refused at once when it makes no sense.
import type {} from 'k6'

export interface Settings {
  readonly baseUrl: string
  /** Operations begun per second. */
  readonly rate: number
  /** Goes into every key, so that runs do not collide. */
  readonly run: string
  /** Upper bound of the run, as k6 writes durations. */
  readonly duration: string
  /** Where the summary goes. */
  readonly summary: string
  /** The secret the system signs tokens with; empty when it is not known. */
  readonly jwtSecret: string
}

/** Reads BASE_URL, RATE, RUN, DURATION, SUMMARY and JWT_SECRET; throws, naming every variable that is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = __ENV): Settings {
  const wrong: string[] = []
  const text = (name: string, pattern: RegExp, fallback?: string): string => {
    const value = env[name] ?? fallback ?? ''
    if (!pattern.test(value)) wrong.push(`${name} is ${JSON.stringify(value)}, expected ${pattern.source}`)
    return value
  }
  const settings = {
    baseUrl: text('BASE_URL', /^https?:\/\/[^/]+$/),
    rate: Number(text('RATE', /^\d*\.?\d*[1-9]\d*(\.\d+)?$/)),
    run: text('RUN', /^[a-z0-9]{6,}$/),
    duration: text('DURATION', /^(\d+(\.\d+)?(ms|s|m|h))+$/),
    summary: text('SUMMARY', /./, 'summary.json'),
    jwtSecret: env.JWT_SECRET ?? '',
  }
  if (wrong.length > 0) throw new Error(`the scenario cannot start: ${wrong.join('; ')}`)
  return settings
}
