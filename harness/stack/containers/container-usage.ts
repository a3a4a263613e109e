// What the kernel counts for a container, as the engine hands it on; of either version of control groups.
import type Dockerode from 'dockerode'
import type { Usage } from '../../model/engine.ts'
import type { Machine } from './container-limits.ts'

const NS_PER_MS = 1e6

export interface Readings {
  readonly stats: Dockerode.ContainerStats
  readonly state: Pick<Dockerode.ContainerInspectInfo['State'], 'Running' | 'OOMKilled'>
}

/** Of a service that has no container. */
export const NO_USAGE: Usage = { at: 0, cpuMs: 0, periods: 0, throttledPeriods: 0, memoryBytes: 0, memoryLimitBytes: undefined, oomKilled: false }

/** Of a container that does not run an engine has no numbers. That it was killed for memory it remembers even while it runs again. */
export function usageOf({ stats, state }: Readings, machine: Machine): Usage {
  const { cpu_stats: cpu, memory_stats: memory } = stats as Partial<Dockerode.ContainerStats>
  const limit = memory?.limit ?? Infinity
  return {
    at: Date.parse(stats.read),
    cpuMs: (cpu?.cpu_usage?.total_usage ?? 0) / NS_PER_MS,
    periods: cpu?.throttling_data?.periods ?? 0,
    throttledPeriods: cpu?.throttling_data?.throttled_periods ?? 0,
    memoryBytes: Math.max(0, (memory?.usage ?? 0) - idleCacheOf(memory?.stats ?? {})),
    memoryLimitBytes: limit < machine.memoryBytes ? limit : undefined,
    oomKilled: state.OOMKilled && !state.Running,
  }
}

/** File cache that nobody has touched of late: first version, then second. Memory is shown without it by every tool of the engine. */
function idleCacheOf(stats: Readonly<Record<string, number>>): number {
  return stats.total_inactive_file ?? stats.inactive_file ?? 0
}
