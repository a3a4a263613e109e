// Limits as an engine keeps them, and the updates that it accepts: what was tried on a running engine, written down.
import { expect, test } from 'vitest'
import { cpuUpdate, limitsOf, memoryUpdate } from './container-limits.ts'

const MACHINE = { memoryBytes: 8 * 2 ** 30, cpus: 2 }
const NONE = { NanoCpus: 0, CpuQuota: 0, CpuPeriod: 0, Memory: 0, MemorySwap: 0 }
const M = 2 ** 20

test.each([
  [NONE, { cpus: undefined, memory: undefined }],
  [{}, { cpus: undefined, memory: undefined }],
  [{ ...NONE, NanoCpus: 5e8 }, { cpus: 0.5, memory: undefined }],
  [{ ...NONE, CpuQuota: 20_000, CpuPeriod: 100_000 }, { cpus: 0.2, memory: undefined }],
  [{ ...NONE, CpuQuota: 20_000 }, { cpus: 0.2, memory: undefined }],
  [{ ...NONE, CpuQuota: -1, CpuPeriod: 100_000 }, { cpus: undefined, memory: undefined }],
  [{ ...NONE, Memory: 64 * M, MemorySwap: 128 * M }, { cpus: undefined, memory: { bytes: 64 * M, withSwapBytes: 128 * M } }],
  [{ ...NONE, Memory: 64 * M, MemorySwap: -1 }, { cpus: undefined, memory: { bytes: 64 * M, withSwapBytes: undefined } }],
  [{ ...NONE, Memory: 2 ** 60, MemorySwap: 2 ** 61 }, { cpus: undefined, memory: undefined }],
])('%j means %j', (host, limits) => {
  expect(limitsOf(host, MACHINE)).toEqual(limits)
})

test('CPUs are limited by quota, and by NanoCpus where the container was created with them', () => {
  expect(cpuUpdate(NONE, 0.2, MACHINE)).toEqual({ CpuPeriod: 100_000, CpuQuota: 20_000 })
  expect(cpuUpdate({ ...NONE, NanoCpus: 5e8 }, 0.2, MACHINE)).toEqual({ NanoCpus: 2e8 })
  expect(cpuUpdate({ ...NONE, CpuPeriod: 100_000, CpuQuota: 20_000 }, undefined, MACHINE)).toEqual({ CpuPeriod: 100_000, CpuQuota: -1 })
  expect(cpuUpdate({ ...NONE, NanoCpus: 2e8 }, undefined, MACHINE)).toEqual({ NanoCpus: 2e9 })
})

test('memory goes with swap, and no limit is more than any machine has', () => {
  expect(memoryUpdate(NONE, { bytes: 64 * M, withSwapBytes: 64 * M }, MACHINE)).toEqual({ Memory: 64 * M, MemorySwap: 64 * M })
  expect(memoryUpdate(NONE, { bytes: 64 * M }, MACHINE)).toEqual({ Memory: 64 * M, MemorySwap: 2 ** 61 })
  expect(memoryUpdate({ ...NONE, Memory: 64 * M, MemorySwap: 64 * M }, undefined, MACHINE)).toEqual({ Memory: 2 ** 60, MemorySwap: 2 ** 61 })
})

test('what is so already is not changed: an undoing that is done twice does nothing the second time', () => {
  const limited = { ...NONE, CpuPeriod: 100_000, CpuQuota: 20_000, Memory: 64 * M, MemorySwap: 128 * M }
  const { cpus, memory } = limitsOf(limited, MACHINE)
  expect([cpuUpdate(limited, cpus, MACHINE), memoryUpdate(limited, memory, MACHINE)]).toEqual([undefined, undefined])
  expect([cpuUpdate(NONE, undefined, MACHINE), memoryUpdate(NONE, undefined, MACHINE)]).toEqual([undefined, undefined])
})
