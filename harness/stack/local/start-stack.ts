// Starts all services of a stack as processes: in dependency order, side by side where the graph allows.
import { chown, mkdir } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { openSync, closeSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { ServiceSpec, Stack } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import { withDeadline } from '../../time/poll.ts'
import { renderMounts } from './config-files.ts'
import { dataDirectory, hostOf, launchOf, logFile } from './layout.ts'
import type { Layout } from './layout.ts'
import type { LocalRig } from './local-rig.ts'
import { NOBODY, lastLines } from './process.ts'

const PREPARE_WITHIN = 60_000

export interface StartOptions {
  readonly stack: Stack
  readonly layout: Layout
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onStarted: (service: string, host: string, ms: number) => void
}

/** Starts everything; rejects as soon as one service fails, leaving what runs to the caller's release. */
export async function startServices(rig: LocalRig, options: StartOptions): Promise<void> {
  await Promise.all(options.stack.services.map((spec) => renderMounts(options.layout, options.stack, spec)))
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const started = new Map<string, Promise<void>>()
  const start = (spec: ServiceSpec): Promise<void> => {
    const known = started.get(spec.name)
    if (known) return known
    const begun = Promise.all(spec.dependsOn.map((name) => start(rig.spec(name)))).then(() => startOne(rig, spec, { ...options, signal }))
    started.set(spec.name, begun)
    return begun
  }
  const all = options.stack.services.map((spec) => start(spec).catch((thrown: unknown) => {
    failed.abort(thrown)
    throw thrown
  }))
  await Promise.all(all).finally(() => Promise.allSettled(all))
}

async function startOne(rig: LocalRig, spec: ServiceSpec, options: StartOptions): Promise<void> {
  const { clock, layout, signal, stack, onStarted } = options
  const began = clock.now()
  const data = dataDirectory(layout, spec.name)
  await mkdir(data, { recursive: true })
  if (spec.harness.unprivileged && process.getuid?.() === 0) await chown(data, NOBODY, NOBODY)
  if (spec.harness.prepare) await prepare(spec, spec.harness.prepare, options)
  signal.throwIfAborted()
  await rig.start(spec, signal)
  onStarted(spec.name, hostOf(layout, stack, spec.name), clock.now() - began)
}

async function prepare(spec: ServiceSpec, command: readonly string[], { layout, stack, clock, signal }: StartOptions): Promise<void> {
  const { argv, env } = launchOf(layout, { stack, spec }, command)
  const log = logFile(layout, spec.name)
  const asNobody: Record<string, string> = spec.harness.unprivileged ? { RUN_AS: String(NOBODY) } : {}
  const wait = { clock, within: PREPARE_WITHIN, signal, what: `${spec.name} to be prepared` }
  const code = await withDeadline(wait, (limit) => runToEnd({ argv, env: { ...env, ...asNobody }, log, cwd: layout.root, signal: limit }))
  if (code === 0) return
  throw new HarnessError('SERVICE_DIED', `preparing ${spec.name} ended with exit code ${code}:\n  ${lastLines(log).join('\n  ')}`, { hint: `read ${log}` })
}

interface Errand {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly log: string
  readonly cwd: string
  readonly signal: AbortSignal
}

function runToEnd({ argv, env, log, cwd, signal }: Errand): Promise<number | null> {
  mkdirSync(dirname(log), { recursive: true })
  const out = openSync(log, 'a')
  const [file = '', ...args] = argv
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: ['ignore', out, out], signal, killSignal: 'SIGKILL' })
  closeSync(out)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
}
