// What every process says of itself, beside what it serves: what it uses, and what it may use.
import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

test('the use of memory and CPU stands beside their limits, under the name of the service', async () => {
  const text = await createMetrics('x').registry.metrics()
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  expect(text).toMatch(/^process_cpu_seconds_total \d/m)
  expect(text).toMatch(/^service_cpu_limit_cores\{service="x"\} [\d.]+$/m)
})

test('what is not limited has no series, and a counter does not add up over scrapes', async () => {
  const { registry } = createMetrics('x')
  const first = await registry.metrics()
  expect(first).toContain('# TYPE service_memory_limit_bytes gauge')
  expect(first).toContain('# TYPE service_cpu_throttled_periods_total counter')
  const cores = /^service_cpu_limit_cores.*$/m
  expect(cores.exec(await registry.metrics())?.[0]).toBe(cores.exec(first)?.[0])
})
