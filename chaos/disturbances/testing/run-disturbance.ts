// A disturbance as the harness runs it, for tests: its words as they come, and how it ends.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { readScriptLog } from '../../../harness/model/script.ts'
import type { ScriptSight } from '../../../harness/model/script.ts'
import { systemClock } from '../../../harness/time/clock.ts'
import { poll } from '../../../harness/time/poll.ts'

/** As long as a busy machine may take to start a program; nothing waits for it when all is well. */
const WITHIN = 90_000

const started: ChildProcess[] = []

/** For after each test: one that failed must not disturb the next. */
export function killAll(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL')
}

export interface RunningDisturbance {
  readonly pid: number
  sight(): ScriptSight
  /** Resolves with its newest word once that says what is wanted. */
  says(wanted: RegExp): Promise<string>
  /** Asks it to end; resolves with its goodbye. */
  end(): Promise<string | undefined>
  /** Kills it without a warning. */
  kill(): Promise<void>
  readonly ended: Promise<number | null>
}

export function runDisturbance(script: string, options: Readonly<Record<string, string | number>>, env: Readonly<Record<string, string>> = {}): RunningDisturbance {
  const file = join(import.meta.dirname, '..', `${script}.ts`)
  const told = { HARNESS_WITH: JSON.stringify(options), HARNESS_FOR_MS: '10000', HARNESS_ACCELERATION: '1', ...env }
  const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH, ...told } })
  started.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (text += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const sight = () => readScriptLog(text, child.exitCode === null && child.signalCode === null)
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return {
    pid: child.pid ?? 0,
    sight,
    ended,
    says: (wanted) => poll({ clock: systemClock, within: WITHIN, every: 50, what: `${script} to say ${wanted}` }, async () => {
      const { bites, running } = sight()
      if (!running) return text
      if (bites !== undefined && wanted.test(JSON.stringify(sight()))) return bites
      throw new Error(text)
    }),
    end: () => stop('SIGTERM').then(() => sight().gone),
    kill: () => stop('SIGKILL'),
  }
}
