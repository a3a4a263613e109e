// The disturbance of the machine: no time is idle, and it ends at once.
import { afterEach, expect, test } from 'vitest'
import { killAll, runDisturbance } from './testing/run-disturbance.ts'

afterEach(killAll)

test('the CPUs are busy, and it ends at once', async () => {
  const disturbance = runDisturbance('starve-cpu', {})
  expect(await disturbance.says(/"holds":true/)).toMatch(/^the CPUs of this machine are busy (9[5-9]|100) % of the time$/)
  const asked = performance.now()
  expect(await disturbance.end()).toMatch(/^\d+ burners are ended$/)
  expect(performance.now() - asked).toBeLessThan(5_000)
  expect(await disturbance.ended).toBe(0)
})
