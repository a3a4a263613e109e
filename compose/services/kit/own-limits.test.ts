// What a process may use: in a container of either version of cgroups, among others in one, and outside of any.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ownLimits } from './own-limits.ts'

const scratch = mkdtempSync(join(tmpdir(), 'own-limits-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const MEMORY = 128 * 1024 * 1024

/** A file system with these files. */
function rootWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(scratch, 'root-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const V2 = {
  'proc/self/cgroup': '0::/\n',
  'sys/fs/cgroup/cgroup.procs': '1\n',
  'sys/fs/cgroup/memory.max': `${MEMORY}\n`,
  'sys/fs/cgroup/cpu.max': '50000 100000\n',
  'sys/fs/cgroup/cpu.stat': 'usage_usec 7\nnr_periods 40\nnr_throttled 10\nthrottled_usec 5\n',
}
const V1 = {
  'proc/self/cgroup': '5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/docker/abc\n',
  'sys/fs/cgroup/memory/cgroup.procs': '1\n9\n',
  'sys/fs/cgroup/memory/memory.limit_in_bytes': `${MEMORY}\n`,
  'sys/fs/cgroup/cpu/cgroup.procs': '1\n9\n',
  'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
  'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  'sys/fs/cgroup/cpu/cpu.stat': 'nr_periods 40\nnr_throttled 10\nthrottled_time 5\n',
}

test.each([
  ['version 2', V2],
  ['version 1, named by its path outside', V1],
])('in a container of %s its limits count', (_, files) => {
  const limits = ownLimits(rootWith(files))
  expect(limits.memory()).toBe(MEMORY)
  expect(limits.cores()).toBe(0.5)
  expect(limits.periods()).toEqual({ all: 40, throttled: 10 })
})

test('a limit that is changed is seen at the next look', () => {
  const root = rootWith(V2)
  const limits = ownLimits(root)
  writeFileSync(join(root, 'sys/fs/cgroup/memory.max'), '1000000\n')
  expect(limits.memory()).toBe(1_000_000)
})

test.each([
  ['version 2', { ...V2, 'sys/fs/cgroup/memory.max': 'max\n', 'sys/fs/cgroup/cpu.max': 'max 100000\n' }],
  [
    'version 1',
    { ...V1, 'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n', 'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n' },
  ],
  ['none at all', {}],
])('without limits, %s, there is no number for memory and all CPUs count', (_, files) => {
  const limits = ownLimits(rootWith(files))
  expect(limits.memory()).toBeUndefined()
  expect(limits.cores()).toBe(availableParallelism())
  expect(limits.periods()).toBeUndefined()
})

test('what many processes share limits none of them', () => {
  const limits = ownLimits(rootWith({ ...V2, 'sys/fs/cgroup/cgroup.procs': '1\n7\n8\n' }))
  expect(limits.memory()).toBeUndefined()
  expect(limits.periods()).toBeUndefined()
})

test('the least of two limits counts', () => {
  const limits = 'Limit                     Soft Limit           Hard Limit           Units\nMax resident set          1000000              unlimited            bytes\n'
  expect(ownLimits(rootWith({ ...V2, 'proc/self/limits': limits })).memory()).toBe(1_000_000)
})

test('a real process says the limit it was given', () => {
  const script = `import('${join(import.meta.dirname, 'own-limits.ts')}').then(({ ownLimits }) => console.log(ownLimits().memory()))`
  const given = execFileSync('sh', ['-c', 'ulimit -S -m 131072 && exec "$0" -e "$1"', process.execPath, script], { encoding: 'utf8' })
  expect(Number(given)).toBe(MEMORY)
})
