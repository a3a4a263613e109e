// Readiness: every check is asked, a slow or broken one is named, none holds up the others.
import { expect, it } from 'vitest'
import { runChecks } from './readiness.ts'

it('names each check with its outcome, a silent one after the deadline', async () => {
  const never = new Promise<never>(() => undefined)
  const checks = { good: async () => 1, bad: () => Promise.reject(new Error('away')), silent: () => never }
  const results = await runChecks(checks, 20)
  expect(results.good).toMatchObject({ healthy: true })
  expect(results.bad).toMatchObject({ healthy: false, error: 'away' })
  expect(results.silent).toMatchObject({ healthy: false, error: 'no answer within 20 ms' })
})

it('takes a check that throws at once as unhealthy', async () => {
  const checks = {
    broken: () => {
      throw new Error('at once')
    },
  }
  expect((await runChecks(checks, 20)).broken).toMatchObject({ healthy: false, error: 'at once' })
})
