// Starts all services of a stack as processes: in dependency order, side by side where the graph allows.
import { appendFile, chown, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HarnessError } from '../../errors.ts'
import type { ServiceSpec, Stack } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import { lastLines, run } from '../toolchain/command.ts'
import { renderMounts } from '../config-files.ts'
import type { Rendering } from '../config-files.ts'
import { logFile } from '../log-file.ts'
import { startInOrder } from '../start-order.ts'
import { dataDirectory, hostOf, launchOf } from './layout.ts'
import type { Layout } from './layout.ts'
import type { LocalRig } from './local-rig.ts'
import { NOBODY } from './process.ts'
import { rewriteHosts } from './rewrite-hosts.ts'

const PREPARE_WITHIN = 60_000

export interface StartOptions {
  readonly stack: Stack
  readonly layout: Layout
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onStarted: (service: string, host: string, ms: number) => void
}

type Preparation = Omit<StartOptions, 'onStarted'>

/** Starts everything; rejects as soon as one service fails, leaving what runs to the caller's release. */
export async function startServices(rig: LocalRig, options: StartOptions): Promise<void> {
  await Promise.all(options.stack.services.map((spec) => renderMounts(renderingOf(options), spec)))
  await startInOrder(options.stack.services, options.signal, (spec, signal) => startOne(rig, spec, { ...options, signal }))
}

function renderingOf({ stack, layout }: StartOptions): Rendering {
  const { artifacts, acceleration } = layout
  return { stack, artifacts, acceleration, rewrite: (text, spec) => rewriteHosts(text, { layout, stack, spec }) }
}

async function startOne(rig: LocalRig, spec: ServiceSpec, options: StartOptions): Promise<void> {
  const { clock, layout, signal, stack, onStarted } = options
  const began = clock.now()
  await prepareData(spec, options)
  await rig.start(spec, signal)
  onStarted(spec.name, hostOf(layout, stack, spec.name), clock.now() - began)
}

/** The directory that a service keeps its data in, with whatever has to be in it before it starts. */
export async function prepareData(spec: ServiceSpec, options: Preparation): Promise<void> {
  const data = dataDirectory(options.layout, spec.name)
  await mkdir(data, { recursive: true })
  if (spec.harness.unprivileged && process.getuid?.() === 0) await chown(data, NOBODY, NOBODY)
  if (spec.harness.prepare) await prepare(spec, spec.harness.prepare, options)
}

async function prepare(spec: ServiceSpec, command: readonly string[], { layout, stack, clock, signal }: Preparation): Promise<void> {
  const { argv, env } = launchOf(layout, { stack, spec }, command)
  const log = logFile(layout.artifacts, spec.name)
  const asNobody: Record<string, string> = spec.harness.unprivileged ? { RUN_AS: String(NOBODY) } : {}
  const [file = '', ...args] = argv
  const { code, text } = await run({ file, args, env: { ...env, ...asNobody }, cwd: layout.root }, { clock, within: PREPARE_WITHIN, signal })
  await mkdir(dirname(log), { recursive: true })
  await appendFile(log, text)
  if (code === 0) return
  throw new HarnessError('SERVICE_DIED', `preparing ${spec.name} ended with ${code === undefined ? 'a signal' : `exit code ${code}`}:\n${lastLines(text, 8)}`, { hint: `read ${log}` })
}
