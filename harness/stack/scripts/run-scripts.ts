// Runs the programs of disturbances: each a process of its own, found by its token, and ended by asking it to take everything back.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HarnessError } from '../../errors.ts'
import { hasSpoken, readScriptLog, scriptFile } from '../../model/script.ts'
import type { ScriptOrder, Scripts, ScriptSight } from '../../model/script.ts'
import type { Clock } from '../../time/clock.ts'
import { exceptDeadline, poll } from '../../time/poll.ts'
import { processesMarked } from '../local/marks.ts'
import { processState, signalTree, startProcess } from '../local/process.ts'
import type { ServiceProcess } from '../local/process.ts'
import { logFile } from '../log-file.ts'
import { SCRIPT_MARK, scriptEnvironment } from './script-environment.ts'
import type { ScriptPlace } from './script-environment.ts'

/** What a program may take until its effect is there, or it says why not. */
const SPEAKS_WITHIN = 60_000
/** What it may take to take everything back. */
const ENDS_WITHIN = 15_000

export interface ScriptsPlace extends ScriptPlace {
  readonly root: string
  /** Of the run; logs lie in its artifacts. */
  readonly directory: string
  readonly clock: Clock
}

/** Those that another process has started are found too, but their end is not noticed by itself. */
export function runScripts(place: ScriptsPlace): Scripts {
  const started = new Map<string, ServiceProcess>()
  const logOf = (token: string) => logFile(join(place.directory, 'artifacts'), `script-${token.split(':').at(-1)}`)
  const isAlive = (token: string) => {
    const known = started.get(token)?.id
    return known === undefined ? processesMarked(SCRIPT_MARK, token).length > 0 : processState(known) !== undefined
  }
  const look = (token: string) => readScriptLog(textOf(logOf(token)), isAlive(token))
  return {
    tokenOf: (index, script, service) => `${place.run}:${index}-${script}-${service}`,
    look,
    start: async (order, signal) => {
      const running = await launch(order, logOf(order.token), place)
      started.set(order.token, running)
      const wait = { clock: place.clock, within: SPEAKS_WITHIN, every: 50, signal, what: `${order.script} to say what it does` }
      const sight = await poll(wait, async () => firstOf(look(order.token)))
      if (!sight.running) throw new HarnessError('FAULT_NOT_APPLIED', `${order.script} ended before it did anything: ${sayEnd(await running.ended, sight)}`)
    },
    ended: (token) => started.get(token)?.ended.then((how) => sayEnd(how, look(token))),
    end: (token, signal) => end(token, { clock: place.clock, signal, look: () => look(token) }),
  }
}

function firstOf(sight: ScriptSight): ScriptSight | undefined {
  return !sight.running || hasSpoken(sight) ? sight : undefined
}

function launch(order: ScriptOrder, log: string, place: ScriptsPlace): Promise<ServiceProcess> {
  mkdirSync(dirname(log), { recursive: true })
  appendFileSync(log, `${JSON.stringify({ started: order.token })}\n`)
  const argv = [process.execPath, scriptFile(place.rig.stack.harness, order.script)]
  return startProcess({ launch: { argv, env: scriptEnvironment(order, place) }, log, cwd: place.root, unprivileged: false })
}

interface Ending {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly look: () => ScriptSight
}

/** All that carry the token, its children too. Thawed as well, for a stopped process hears nothing but SIGKILL. */
async function end(token: string, { clock, signal, look }: Ending): Promise<void> {
  const alive = () => processesMarked(SCRIPT_MARK, token)
  for (const { pid } of alive()) for (const word of ['SIGTERM', 'SIGCONT'] as const) signalTree(pid, word)
  const wait = { clock, within: ENDS_WITHIN, every: 50, signal, what: `${token} to take everything back` }
  await poll(wait, async () => alive().length === 0).catch(exceptDeadline)
  const left = alive()
  if (left.length === 0) return
  left.forEach(({ pid }) => signalTree(pid, 'SIGKILL'))
  const { lines } = look()
  const words = lines.length === 0 ? '' : `; it said: ${lines.join(' | ')}`
  throw new HarnessError('FAULT_NOT_REVERTED', `${token} had ${ENDS_WITHIN / 1_000} s to take everything back, and was killed${words}`)
}

function sayEnd(how: string, { lines, gone }: ScriptSight): string {
  const words = [...lines, ...(gone === undefined ? [] : [gone])]
  return words.length === 0 ? `${how}, without a word` : `${how}; it said: ${words.join(' | ')}`
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
