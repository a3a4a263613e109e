// Limits of a container as the engine keeps them, and the updates that change them. Each rule here was tried on a running engine.
import type Dockerode from 'dockerode'
import type { Limits, MemoryLimit } from '../../model/engine.ts'

export interface Machine {
  readonly memoryBytes: number
  readonly cpus: number
}

/** Microseconds, as the kernel has it when nobody says otherwise. */
const PERIOD = 100_000
const NANO = 1e9
/**
 * An engine refuses to take a limit of memory away (0 means "as it is", -1 is below the least that it allows). What no
 * machine has is no limit. Twice that for memory and swap together leaves as much for swap.
 */
const BOUNDLESS = 2 ** 60

type Kept = Pick<Dockerode.HostConfig, 'NanoCpus' | 'CpuQuota' | 'CpuPeriod' | 'Memory' | 'MemorySwap'>

/** More than the machine has is no limit. */
export function limitsOf(host: Kept, machine: Machine): Limits {
  const { NanoCpus: nano = 0, CpuQuota: quota = 0, CpuPeriod: period = 0, Memory: bytes = 0, MemorySwap: swap = 0 } = host
  return {
    cpus: nano > 0 ? nano / NANO : quota > 0 ? quota / (period || PERIOD) : undefined,
    memory: bytes > 0 && bytes < machine.memoryBytes ? { bytes, withSwapBytes: swap > 0 && swap < BOUNDLESS ? swap : undefined } : undefined,
  }
}

/**
 * The update that limits the CPUs; undefined when they are limited so already. A container that was created with NanoCpus
 * keeps to them: an engine accepts a quota for it too, but then its word and the kernel's differ.
 */
export function cpuUpdate(host: Kept, cpus: number | undefined, machine: Machine): Partial<Kept> | undefined {
  if (limitsOf(host, machine).cpus === cpus) return undefined
  if ((host.NanoCpus ?? 0) > 0) return { NanoCpus: Math.round((cpus ?? machine.cpus) * NANO) }
  return { CpuPeriod: PERIOD, CpuQuota: cpus === undefined ? -1 : Math.round(cpus * PERIOD) }
}

/** The update that limits memory; undefined when it is limited so already. Swap goes with it: an engine refuses one without the other. */
export function memoryUpdate(host: Kept, memory: MemoryLimit | undefined, machine: Machine): Partial<Kept> | undefined {
  const now = limitsOf(host, machine).memory
  if (now?.bytes === memory?.bytes && now?.withSwapBytes === memory?.withSwapBytes) return undefined
  return { Memory: memory?.bytes ?? BOUNDLESS, MemorySwap: memory?.withSwapBytes ?? 2 * BOUNDLESS }
}
