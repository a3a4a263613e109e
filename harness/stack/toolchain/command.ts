// Runs one short-lived program to its end: under a deadline and a signal, and with nothing of it left afterwards.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string | undefined
}

export interface Limits {
  readonly clock: Clock
  /** Milliseconds. */
  readonly within: number
  readonly signal?: AbortSignal | undefined
  readonly onLine?: ((line: string) => void) | undefined
}

export interface Output {
  /** Exit code; undefined when a signal ended it. */
  readonly code: number | undefined
  /** The last 64 KiB of both streams, in order of arrival. */
  readonly text: string
}

const KEPT = 65_536

/**
 * The program's exit code and output. Rejects with the spawn error (ENOENT and the like), with DEADLINE, or with the
 * signal's reason; by then the program and everything it started in its process group has been killed.
 */
export async function run(command: Command, limits: Limits): Promise<Output> {
  limits.signal?.throwIfAborted()
  const { cwd, env } = command
  const child = spawn(command.file, command.args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const text = collect(child, limits.onLine)
  const closed = once(child, 'close')
  try {
    await withDeadline({ ...limits, what: `${commandLine(command)} to end` }, () => closed)
    return { code: child.exitCode ?? undefined, text: text() }
  } finally {
    end(child)
    await Promise.allSettled([closed])
  }
}

/** The command as one would type it. */
export function commandLine(command: Pick<Command, 'file' | 'args'>): string {
  return [command.file, ...command.args].map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ')
}

/** The last lines of an output, without blank ones. */
export function lastLines(text: string, count = 15): string {
  return text.split('\n').filter((line) => line.trim() !== '').slice(-count).join('\n')
}

function collect(child: ChildProcess, onLine: Limits['onLine']): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    eachLine(stream, (line) => {
      text = `${text}${line}\n`.slice(-KEPT)
      if (line !== '') onLine?.(line)
    })
  }
  return () => text
}

function eachLine(stream: Readable | null, take: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(take)
  })
  stream?.on('end', () => rest !== '' && take(rest))
}

function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  killGroup(child.pid)
  child.stdout?.destroy()
  child.stderr?.destroy()
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (thrown) {
    // It may have ended by itself in this very moment; anything else is a defect.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown
  }
}
