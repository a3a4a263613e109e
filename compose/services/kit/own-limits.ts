// What this process may use, as its container says, or else the system: read anew each time, for limits change.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/** Limits of this process. */
export interface OwnLimits {
  /** Bytes of memory; undefined when nothing limits them. */
  memory(): number | undefined
  /** CPUs at once, or a part of one. */
  cores(): number
  /** Periods the kernel has counted the CPU time in, and those it was held back in; undefined without a quota. */
  periods(): { readonly all: number; readonly throttled: number } | undefined
}

/** More processes than it and its init in one cgroup: the limit is shared, and says nothing of one of them. */
const OWN = 2
/** Version 1 has no word for "no limit" and gives a number near the largest instead. */
const UNLIMITED = 2 ** 60

/** The limits below `root`, the root of the file system but in tests. */
export function ownLimits(root = '/'): OwnLimits {
  const memory = cgroupOf(root, 'memory')
  const cpu = cgroupOf(root, 'cpu')
  return {
    memory: () => leastOf([limitOf(memory), residentLimit(root)]),
    cores: () => quotaOf(cpu) ?? availableParallelism(),
    periods: () => (quotaOf(cpu) === undefined ? undefined : periodsOf(cpu)),
  }
}

interface Cgroup {
  readonly version: 1 | 2
  text(file: string): string
}

/** The cgroup that a controller holds this process in; undefined when it is shared with others. */
function cgroupOf(root: string, controller: 'memory' | 'cpu'): Cgroup | undefined {
  const lines = textOf(join(root, 'proc/self/cgroup')).split('\n').map((line) => line.split(':'))
  const first = lines.find(([, names = '']) => names.split(',').includes(controller))
  const path = (first ?? lines.find(([id]) => id === '0'))?.[2]
  if (path === undefined) return undefined
  const mount = join(root, 'sys/fs/cgroup', first === undefined ? '' : controller)
  // A container may see its own cgroup as the root, and yet be told the path it has outside.
  const folder = [join(mount, path), mount].find((one) => textOf(join(one, 'cgroup.procs')) !== '')
  if (folder === undefined || countOf(textOf(join(folder, 'cgroup.procs'))) > OWN) return undefined
  return { version: first === undefined ? 2 : 1, text: (file) => textOf(join(folder, file)) }
}

function limitOf(cgroup: Cgroup | undefined): number | undefined {
  if (cgroup === undefined) return undefined
  const bytes = numberOf(cgroup.text(cgroup.version === 1 ? 'memory.limit_in_bytes' : 'memory.max'))
  return bytes === undefined || bytes >= UNLIMITED ? undefined : bytes
}

/** The soft limit of resident memory: the kernel does not hold anybody to it, but whoever set it meant it. */
function residentLimit(root: string): number | undefined {
  return numberOf(/^Max resident set\s+(\S+)/m.exec(textOf(join(root, 'proc/self/limits')))?.[1])
}

function quotaOf(cgroup: Cgroup | undefined): number | undefined {
  if (cgroup === undefined) return undefined
  const files = cgroup.version === 1 ? ['cpu.cfs_quota_us', 'cpu.cfs_period_us'] : ['cpu.max']
  const [quota, period] = files.flatMap((file) => cgroup.text(file).split(/\s+/).filter(Boolean)).map(numberOf)
  return quota === undefined || period === undefined || quota <= 0 ? undefined : quota / period
}

function periodsOf(cgroup: Cgroup | undefined): ReturnType<OwnLimits['periods']> {
  const text = cgroup?.text('cpu.stat') ?? ''
  const all = numberOf(/^nr_periods (\d+)$/m.exec(text)?.[1])
  const throttled = numberOf(/^nr_throttled (\d+)$/m.exec(text)?.[1])
  return all === undefined || throttled === undefined ? undefined : { all, throttled }
}

function leastOf(limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Undefined for `max`, `unlimited` and nothing at all. */
function numberOf(text = ''): number | undefined {
  return /^-?\d+\s*$/.test(text) ? Number(text) : undefined
}

function countOf(procs: string): number {
  return procs.trim().split('\n').length
}

/** Empty for a file that is not there. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
