// Asks every dependency whether the service can do its work: all at once, each with a deadline, nothing assumed.

/** Resolves when the dependency is usable, rejects with the reason when not. */
export type Check = () => Promise<unknown>

/** What one check found. */
export interface CheckResult {
  readonly healthy: boolean
  readonly ms: number
  readonly error?: string
}

/** Runs all checks in parallel; one that takes longer than `deadline` ms is unhealthy. */
export async function runChecks(
  checks: Readonly<Record<string, Check>>,
  deadline: number,
): Promise<Record<string, CheckResult>> {
  const results = Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check, deadline)] as const)
  return Object.fromEntries(await Promise.all(results))
}

async function runCheck(check: Check, deadline: number): Promise<CheckResult> {
  const started = performance.now()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${deadline} ms`)), deadline)
  const ms = (): number => Math.round(performance.now() - started)
  try {
    await Promise.race([check(), late])
    return { healthy: true, ms: ms() }
  } catch (error) {
    return { healthy: false, ms: ms(), error: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
