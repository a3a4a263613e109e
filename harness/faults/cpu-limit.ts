// A service is squeezed to so many CPUs: what it does takes longer, and what takes too long piles up.
import type { FaultOf } from '../model/fault.ts'
import { engineOf } from './engine-of.ts'
import type { CpuSpell, FaultKind } from './fault-kind.ts'
import { lookAtCpu } from './kernel-look.ts'
import { slackMs } from './toxic-kind.ts'

/** Fewer periods than this in one look, and the service hardly ran: a share of them says nothing. */
const LEAST_PERIODS = 5
/** Held back in this share of its periods, a service has less CPU than it wants. */
const LARGE = 0.5
/** A share that differs by less than this is near what it was. */
const NEAR = 0.1
/** Periods are not cut at the edges of a look, so that it may see up to one more than it lasts. */
const SPILL = 1.5

export const cpu_limit: FaultKind<FaultOf<'cpu_limit'>> = {
  describe: (fault) => `${fault.service} is squeezed to ${fault.cpus} CPUs`,
  reads: "the kernel's count of its CPU time",
  undo: async (ref, { rig }) => {
    const { cpus } = await engineOf(rig, 'cpu_limit').limits(ref.target)
    return { action: 'restore-cpus', service: ref.target, cpus }
  },
  apply: (ref, { rig }) => engineOf(rig, 'cpu_limit').limitCpus(ref.target, ref.fault.cpus),
  look: (ref, glance) => lookAtCpu(ref.target, glance),
  judge: (fault) => ({
    patienceMs: slackMs,
    blind: ({ cpu }) => {
      if (cpu === undefined) return 'nobody counted its CPU time before the fault'
      return shareOf(cpu) > LARGE - NEAR ? `it was held back in ${cpu.throttledPeriods} of ${cpu.periods} periods before the fault already` : undefined
    },
    bites: (_, { cpu }) =>
      cpu !== undefined && cpu.periods >= LEAST_PERIODS && shareOf(cpu) >= LARGE && cpu.cpuMs <= SPILL * fault.cpus * cpu.ms,
    // what piled up meanwhile may take a while yet: whether users are served again is another question
    gone: (before, seen) => seen.state === 'running' && isFree(before.cpu, seen.cpu),
    looks: 1,
    enough: 1,
    atOnce: 1,
  }),
}

/** Periods are only counted under a limit: of a service that had none before, none may be counted although it ran. */
function isFree(before: CpuSpell | undefined, seen: CpuSpell | undefined): boolean {
  if (before === undefined || seen === undefined || seen.cpuMs === 0) return false
  return before.periods === 0 ? seen.periods === 0 : shareOf(seen) <= shareOf(before) + NEAR
}

function shareOf({ periods, throttledPeriods }: CpuSpell): number {
  return periods === 0 ? 0 : throttledPeriods / periods
}
