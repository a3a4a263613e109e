// One service as a process: its own group, its log in a file, its death noticed at once.
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { Launch } from './layout.ts'

/** `nobody`: the user of programs that refuse to run as root, when we are root. */
export const NOBODY = 65_534

export interface ProcessOptions {
  readonly launch: Launch
  readonly log: string
  readonly cwd: string
  readonly unprivileged: boolean
}

/** A process that cannot be taken for a later one with the same id. */
export interface ProcessId {
  readonly pid: number
  /** Ticks since boot when it started. */
  readonly start: string
}

export interface ServiceProcess {
  readonly id: ProcessId
  /** Resolves when the process has ended, with how: `exit code 1` or `signal SIGKILL`. */
  readonly ended: Promise<string>
}

/** Starts a process in a group of its own, so that a Ctrl-C in the terminal reaches the harness alone. */
export function startProcess({ launch, log, cwd, unprivileged }: ProcessOptions): Promise<ServiceProcess> {
  mkdirSync(dirname(log), { recursive: true })
  const out = openSync(log, 'a')
  const [file, ...args] = launch.argv
  const asNobody = unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const child = spawn(file ?? '', args, { cwd, env: { ...launch.env }, detached: true, stdio: ['ignore', out, out], ...asNobody })
  closeSync(out)
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new HarnessError('SERVICE_DIED', `could not start ${file}`, { cause })))
    child.once('spawn', () => {
      child.unref()
      const pid = child.pid ?? 0
      resolve({ id: { pid, start: processStart(pid) }, ended })
    })
  })
}

/**
 * Sends a signal to a process and all that descend from it, eldest first. A group is not enough: each backend of Postgres
 * makes itself a group of its own, and would go on serving while its parent is frozen.
 */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  for (const one of treeOf(pid)) signalOne(one, signal)
}

/** The process and all that descend from it. */
export function treeOf(root: number): readonly number[] {
  const parents = processIds().flatMap((pid) => {
    const parent = statFields(pid)?.[1]
    return parent === undefined ? [] : [[pid, Number(parent)] as const]
  })
  const under = (pid: number): number[] => [pid, ...parents.filter(([, parent]) => parent === pid).flatMap(([child]) => under(child))]
  return under(root)
}

/** Ids of all processes of this machine. */
export function processIds(): readonly number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
}

/** Sends a signal to one process alone. False when it is gone already. */
export function signalOne(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw thrown
  }
}

/** The exit code in what `ended` resolves with, as a shell tells it: 128 and its number for a signal. */
export function exitCodeOf(how: string): number {
  const [, code] = /^exit code (\d+)$/.exec(how) ?? []
  const [, signal] = /^signal (\w+)$/.exec(how) ?? []
  return code === undefined ? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0) : Number(code)
}

/** `R`, `S`, `T` (stopped) ...; undefined when the process is gone, is a zombie, or its id belongs to another by now. */
export function processState({ pid, start }: ProcessId): string | undefined {
  const fields = statFields(pid)
  const state = fields?.[0]
  return state === 'Z' || state === 'X' || fields?.[19] !== start ? undefined : state
}

/** Ticks since boot when the process started; empty when there is none. */
export function processStart(pid: number): string {
  return statFields(pid)?.[19] ?? ''
}

/** Fields of /proc/pid/stat after the name, which may itself hold spaces and brackets. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** The last lines of a log, for messages. */
export function lastLines(log: string, count = 8): readonly string[] {
  try {
    return readFileSync(log, 'utf8').split('\n').filter(Boolean).slice(-count)
  } catch {
    return []
  }
}
