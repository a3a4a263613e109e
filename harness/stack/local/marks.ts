// Every process of a run carries the run's id in its environment, and every service its name: the only sure way to find one whose
// id was never written down.
import { readFileSync } from 'node:fs'
import { processIds, processStart, processState } from './process.ts'
import type { ProcessId } from './process.ts'

export const RUN_MARK = 'HARNESS_RUN'
export const SERVICE_MARK = 'HARNESS_SERVICE'

export interface Marked {
  readonly id: ProcessId
  readonly run: string
  /** Undefined for a process that is no service: the load. */
  readonly service: string | undefined
}

/** Every living process that some run started; never this one. */
export function markedProcesses(): readonly Marked[] {
  return processIds().flatMap((pid) => {
    const id = { pid, start: processStart(pid) }
    const variables = environmentOf(pid)
    const run = valueOf(variables, RUN_MARK)
    if (run === undefined || pid === process.pid || processState(id) === undefined) return []
    return [{ id, run, service: valueOf(variables, SERVICE_MARK) }]
  })
}

/** Every living process with this variable in its environment; never this one. */
export function processesMarked(name: string, value: string): readonly ProcessId[] {
  return processIds().flatMap((pid) => {
    const id = { pid, start: processStart(pid) }
    const isMarked = pid !== process.pid && environmentOf(pid).includes(`${name}=${value}`)
    return isMarked && processState(id) !== undefined ? [id] : []
  })
}

function valueOf(variables: readonly string[], name: string): string | undefined {
  return variables.find((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1)
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
  } catch {
    return []
  }
}
