// What engines tell of a container's usage, under both versions of control groups, and of one that does not run.
import { expect, test } from 'vitest'
import { usageOf } from './container-usage.ts'
import type { Readings } from './container-usage.ts'

const MACHINE = { memoryBytes: 25_276_514_304, cpus: 2 }
const RUNNING = { Running: true, OOMKilled: false }
const CPU = { cpu_usage: { total_usage: 549_026_451 }, throttling_data: { periods: 21, throttled_periods: 20, throttled_time: 1_607_550_261 } }

function readings(memory: object, state = RUNNING): Readings {
  return { stats: { read: '2026-11-21T11:56:37.485Z', cpu_stats: CPU, memory_stats: memory } as unknown as Readings['stats'], state }
}

test('first version: without inactive file cache, and without a limit where the limit is the machine', () => {
  const stats = { total_inactive_file: 3_579_904, inactive_file: 1 }
  expect(usageOf(readings({ usage: 5_267_456, limit: 25_276_514_304, stats }), MACHINE)).toEqual({
    at: Date.parse('2026-11-21T11:56:37.485Z'),
    cpuMs: 549.026451,
    periods: 21,
    throttledPeriods: 20,
    memoryBytes: 1_687_552,
    memoryLimitBytes: undefined,
    oomKilled: false,
  })
})

test('second version, under a limit', () => {
  const usage = usageOf(readings({ usage: 5_000_000, limit: 67_108_864, stats: { inactive_file: 1_000_000 } }), MACHINE)
  expect(usage).toMatchObject({ memoryBytes: 4_000_000, memoryLimitBytes: 67_108_864 })
})

test('of one that does not run there are no numbers', () => {
  const stopped = { stats: { read: '0001-01-01T00:00:00Z', cpu_stats: { cpu_usage: {} }, memory_stats: {} } as unknown as Readings['stats'] }
  expect(usageOf({ ...stopped, state: { Running: false, OOMKilled: true } }, MACHINE)).toMatchObject({ cpuMs: 0, periods: 0, memoryBytes: 0, memoryLimitBytes: undefined, oomKilled: true })
})

test('an engine remembers a kill for want of memory while the container runs again; that is over', () => {
  expect(usageOf(readings({}, { Running: true, OOMKilled: true }), MACHINE).oomKilled).toBe(false)
})
