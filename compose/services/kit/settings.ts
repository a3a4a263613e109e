// Reads a service's settings from its environment and reports every problem at once, so nobody fixes them singly.

/** The variables a process was started with. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads one value; a problem is added to the list and any placeholder returned. */
export type Setting<T> = (env: Environment, problems: string[]) => T

/** One setting per field of the settings object. */
export type Shape<S> = { readonly [K in keyof S]: Setting<S[K]> }

/** Thrown when an environment cannot be used; carries every problem found. */
export class SettingsError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`the environment cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'SettingsError'
    this.problems = problems
  }
}

/** Reads all settings of `shape` from `env`; throws one SettingsError naming all problems. */
export function readSettings<S>(env: Environment, shape: Shape<S>): S {
  const problems: string[] = []
  const entries = Object.entries(shape as Record<string, Setting<unknown>>)
  const values = Object.fromEntries(entries.map(([name, read]) => [name, read(env, problems)]))
  if (problems.length > 0) throw new SettingsError(problems)
  return values as S
}

function raw(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

/** A text; required unless `fallback` is given; `min` is its least length. */
export function text(name: string, options: { fallback?: string; min?: number } = {}): Setting<string> {
  return (env, problems) => {
    const value = raw(env, name) ?? options.fallback
    if (value === undefined) problems.push(`${name} is not set`)
    else if (value.length < (options.min ?? 0)) {
      problems.push(`${name} has ${value.length} characters, at least ${options.min} are needed`)
    }
    return value ?? ''
  }
}

/** A number between `min` and `max`. */
export function number(name: string, options: { fallback: number; min?: number; max?: number }): Setting<number> {
  const { fallback, min = 0, max = Number.MAX_SAFE_INTEGER } = options
  return (env, problems) => {
    const value = Number(raw(env, name) ?? fallback)
    if (value >= min && value <= max) return value
    problems.push(`${name} is '${raw(env, name)}', a number from ${min} to ${max} is needed`)
    return fallback
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A length of time in ms, written `250ms`, `60s`, `5m`, `1h` or as a plain number of ms. */
export function duration(name: string, fallback: string): Setting<number> {
  return (env, problems) => {
    const value = raw(env, name) ?? fallback
    const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(value) ?? []
    if (digits === undefined) problems.push(`${name} is '${value}', a duration such as 250ms, 60s or 5m is needed`)
    return Number(digits ?? 0) * (UNITS[unit ?? ''] ?? 1)
  }
}

/** Yes or no, written `true` or `false`. */
export function flag(name: string, fallback: boolean): Setting<boolean> {
  return (env, problems) => {
    const value = raw(env, name) ?? String(fallback)
    if (value !== 'true' && value !== 'false') problems.push(`${name} is '${value}', true or false is needed`)
    return value === 'true'
  }
}

/** The address of another service, without a trailing slash; `schemes` are those it may have. */
export function address(name: string, schemes: readonly string[], fallback?: string): Setting<string> {
  return (env, problems) => {
    const value = raw(env, name) ?? fallback
    if (value === undefined) problems.push(`${name} is not set, an address ${schemes.join(' or ')}://... is needed`)
    else if (value !== '' && !schemes.includes(schemeOf(value))) {
      problems.push(`${name} is not an address ${schemes.join(' or ')}://host:port`)
    }
    return (value ?? '').replace(/\/$/, '')
  }
}

function schemeOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : ''
}

/** One of a few words. */
export function oneOf<W extends string>(name: string, words: readonly W[], fallback: W): Setting<W> {
  return (env, problems) => {
    const value = raw(env, name) ?? fallback
    const found = words.find((word) => word === value)
    if (found === undefined) problems.push(`${name} is '${value}', one of ${words.join(', ')} is needed`)
    return found ?? fallback
  }
}
