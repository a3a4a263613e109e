// Where each fault can be had: what only an engine can do to a service cannot be done to a plain process.
import { nameOf } from './fault.ts'
import type { Fault } from './fault.ts'
import { RUNTIMES } from './stack.ts'
import type { RuntimeName } from './stack.ts'

const EVERYWHERE = RUNTIMES
const ENGINE = ['containers'] as const

/** A kind that is missing here does not compile. */
export const FAULT_RUNTIMES: { readonly [K in Fault['kind']]: readonly RuntimeName[] } = {
  latency: EVERYWHERE,
  bandwidth: EVERYWHERE,
  timeout: EVERYWHERE,
  reset_peer: EVERYWHERE,
  slicer: EVERYWHERE,
  limit_data: EVERYWHERE,
  slow_close: EVERYWHERE,
  outage: EVERYWHERE,
  crash: EVERYWHERE,
  freeze: EVERYWHERE,
  disconnect: ENGINE,
  cpu_limit: ENGINE,
  memory_limit: EVERYWHERE,
  disk_full: ENGINE,
  receiver_broken: EVERYWHERE,
  script: EVERYWHERE,
  config_change: EVERYWHERE,
}

/** The runtimes that have all of these faults. */
export function runtimesOf(faults: readonly Fault[]): readonly RuntimeName[] {
  return RUNTIMES.filter((runtime) => lackingOn(runtime, faults).length === 0)
}

/** Those of the faults that a runtime does not have. */
export function lackingOn(runtime: RuntimeName, faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ kind }) => !FAULT_RUNTIMES[kind].includes(runtime))
}

/** `only on containers, for disconnect on sample`; undefined when these faults can be had everywhere. */
export function sayRuntimes(faults: readonly Fault[]): string | undefined {
  const runtimes = runtimesOf(faults)
  if (runtimes.length === RUNTIMES.length) return undefined
  const picky = faults.filter(({ kind }) => FAULT_RUNTIMES[kind].length < RUNTIMES.length).map(nameOf)
  return `${runtimes.length === 0 ? 'on no runtime' : `only on ${runtimes.join(' or ')}`}, for ${picky.join(' and ')}`
}
