// Checks faults that only an engine can do against what the compose file says of the container: limits that squeeze, disks that can be filled.
import { bytesOf, humanBytes } from '../model/bytes.ts'
import { nameOf } from '../model/fault.ts'
import type { Fault, FaultOf } from '../model/fault.ts'
import type { Problem } from '../model/problem.ts'
import type { ContainerSpec } from '../model/container-spec.ts'
import { tmpfsOf, trimmed } from '../model/tmpfs.ts'
import type { Tmpfs } from '../model/tmpfs.ts'
import { withDefaults } from '../model/variable-defaults.ts'
import type { Checking } from './check-references.ts'

/** The least that engines grant. */
const LEAST_CPUS = 0.01
const LEAST_MEMORY = 6 * 2 ** 20

interface Subject<F extends Fault> {
  readonly fault: F
  readonly index: number
  readonly checking: Checking
  /** What the compose file says of the service's container. */
  readonly container: Partial<ContainerSpec>
}

/** Limits that make no sense, and disks that must not be filled. A service that does not exist is told elsewhere. */
export function containerFaultProblems(fault: Fault, index: number, checking: Checking): readonly Problem[] {
  if (!('service' in fault)) return []
  const service = checking.stack.services.find(({ name }) => name === fault.service)
  if (service === undefined) return []
  const subject = { index, checking, container: service.container ?? {} }
  if (fault.kind === 'cpu_limit') return cpuProblems({ ...subject, fault })
  if (fault.kind === 'memory_limit') return memoryProblems({ ...subject, fault })
  return fault.kind === 'disk_full' ? diskProblems({ ...subject, fault }) : []
}

function cpuProblems({ fault, index, container, checking: { problem } }: Subject<FaultOf<'cpu_limit'>>): readonly Problem[] {
  const path = ['faults', index, 'cpus']
  if (fault.cpus < LEAST_CPUS) return [problem(path, `no engine limits a service to ${fault.cpus} CPUs`, `write ${LEAST_CPUS} or more`)]
  const own = Number(withDefaults(container.cpus ?? 'none'))
  if (!(fault.cpus >= own)) return []
  return [problem(path, `${fault.service} has no more than ${own} CPUs anyway, so a limit of ${fault.cpus} takes nothing away`, `write less than ${own}`)]
}

function memoryProblems({ fault, index, container, checking: { problem } }: Subject<FaultOf<'memory_limit'>>): readonly Problem[] {
  const path = ['faults', index, 'memory']
  const wanted = bytesOf(fault.memory) ?? 0
  if (wanted < LEAST_MEMORY) return [problem(path, `no engine limits a service to ${humanBytes(wanted)} of memory`, 'write 6m or more')]
  const own = memoryOf(container)
  if (!(wanted >= own)) return []
  const what = `${fault.service} has no more than ${humanBytes(own)} of memory anyway, so a limit of ${humanBytes(wanted)} takes nothing away`
  return [problem(path, what, `write less than ${container.memory}`)]
}

/** Only a tmpfs with a size may be filled: the disk of the host never, and the memory of the machine neither. */
function diskProblems({ fault, index, container, checking }: Subject<FaultOf<'disk_full'>>): readonly Problem[] {
  const disks = (container.tmpfs ?? []).map(tmpfsOf)
  const disk = disks.find(({ path }) => trimmed(path) === trimmed(fault.path))
  if (disk?.sizeBytes === undefined) return [undeclared(fault, index, { checking, disks })]
  const own = memoryOf(container)
  if (!(disk.sizeBytes >= own)) return []
  const shares = `${humanBytes(disk.sizeBytes)} of the ${humanBytes(own)} of memory that ${fault.service} may hold`
  const what = `${nameOf(fault)} would take ${shares}: the kernel would kill it, for a tmpfs is memory`
  return [checking.problem(['faults', index, 'path'], what, `give ${trimmed(fault.path)} a smaller size in ${checking.stack.file}`)]
}

interface Declared {
  readonly checking: Checking
  readonly disks: readonly Tmpfs[]
}

function undeclared({ service, path }: FaultOf<'disk_full'>, index: number, { checking, disks }: Declared): Problem {
  const { stack, problem } = checking
  const fillable = disks.filter(({ sizeBytes }) => sizeBytes !== undefined).map((disk) => disk.path)
  const other = fillable.length === 0 ? '' : `, or use one of: ${fillable.join(', ')}`
  const remedy = `write tmpfs: ['${trimmed(path)}:size=64m'] under services.${service} there${other}`
  return problem(['faults', index, 'path'], `${stack.file} declares no tmpfs with a size at ${path} of ${service}, and nothing else may be filled`, remedy)
}

/** NaN where the compose file does not say: no comparison holds then. */
function memoryOf({ memory }: Partial<ContainerSpec>): number {
  return bytesOf(withDefaults(memory ?? 'none')) ?? NaN
}
