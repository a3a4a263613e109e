// One k6 process: in a group of its own, ended by SIGINT so that it writes all it knows, killed only when it must be.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { open } from 'node:fs/promises'
import { HarnessError } from '../errors.ts'
import type { Clock } from '../time/clock.ts'
import { poll } from '../time/poll.ts'
import type { Exit } from './k6-exit.ts'
import type { LoadArtifacts } from './load-artifacts.ts'

/** k6 needs a while to write summary and dashboard on a busy machine. */
const STOP_WITHIN_MS = 20_000
const KILL_WITHIN_MS = 5_000

export interface K6Spawn {
  readonly k6: string
  readonly directory: string
  readonly artifacts: LoadArtifacts
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface K6Process {
  readonly pid: number
  readonly exited: Promise<Exit>
  /** Resolves once it is gone, however often it is called; DEADLINE when even a kill does not end it. */
  end(clock: Clock): Promise<Exit>
}

/** Runs the bundled script. LOAD_NOT_STARTED when the binary can not be run or a history is there already. */
export async function spawnK6(options: K6Spawn): Promise<K6Process> {
  const { history, stdout, stderr, script } = options.artifacts
  await claim(history)
  await using out = await open(stdout, 'w')
  await using err = await open(stderr, 'w')
  const args = ['run', '--quiet', '--no-color', '--log-format', 'raw', '--console-output', history, script]
  const child = spawn(options.k6, args, {
    cwd: options.directory,
    env: options.env,
    // Ctrl-C in the terminal must reach the harness alone, which then ends the load in its turn.
    detached: true,
    stdio: ['ignore', out.fd, err.fd],
  })
  const ending = Promise.withResolvers<Exit>()
  child.once('exit', (code, signal) => ending.resolve({ code, signal }))
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? -1))
    child.once('error', (cause) => {
      reject(new HarnessError('LOAD_NOT_STARTED', `could not run ${options.k6}`, { cause }))
    })
  })
  return { pid, exited: ending.promise, end: (clock) => end(child, clock).then(() => ending.promise) }
}

/** k6 would append to the history of another load. */
async function claim(history: string): Promise<void> {
  try {
    await (await open(history, 'wx')).close()
  } catch (cause) {
    throw new HarnessError('LOAD_NOT_STARTED', 'every load needs a directory of its own', { cause })
  }
}

async function end(child: ChildProcess, clock: Clock): Promise<void> {
  if (hasEnded(child)) return
  child.kill('SIGINT')
  const wait = { clock, within: STOP_WITHIN_MS, every: 50, what: 'k6 to end after SIGINT' }
  try {
    await poll(wait, async () => hasEnded(child))
  } catch {
    // Too late is not an error: the exit says that it was killed.
    child.kill('SIGKILL')
    await poll({ ...wait, within: KILL_WITHIN_MS, what: 'k6 to end after SIGKILL' }, async () => hasEnded(child))
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
