// k6 as one would run it by hand, with a bundled scenario and nothing of the harness: what the harness is compared with.
import { mkdir } from 'node:fs/promises'
import { HarnessError } from '../errors.ts'
import type { LaunchK6, RunningK6 } from '../model/k6.ts'
import type { Clock } from '../time/clock.ts'
import { withDeadline } from '../time/poll.ts'
import { bundleScenario } from './bundle-scenario.ts'
import { endK6 } from './end-k6.ts'
import { figuresIn } from './k6-figures.ts'
import type { Figures } from './k6-figures.ts'
import { artifactsIn, describeEnd } from './load-artifacts.ts'
import type { LoadArtifacts } from './load-artifacts.ts'

/** k6 starts, prepares and sums up in this time, besides the duration it is told. */
const AROUND_MS = 60_000

export interface PlainK6 {
  readonly launch: LaunchK6
  readonly scenarioFile: string
  /** Absolute; one run per directory. */
  readonly directory: string
  /** What the scenario reads; DURATION, SUMMARY and what keeps k6 from calling out are set here. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly durationMs: number
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Runs it to its end: `k6 run scenario.js`, its console output into a file. LOAD_NOT_STARTED when it ends in any other way. */
export async function runPlainK6(plain: PlainK6): Promise<Figures> {
  const artifacts = artifactsIn(plain.directory)
  await mkdir(plain.directory, { recursive: true })
  await bundleScenario(plain.scenarioFile, artifacts.script)
  plain.signal.throwIfAborted()
  const { stdout, stderr, script, summary } = artifacts
  const env = { ...plain.env, DURATION: `${plain.durationMs}ms`, SUMMARY: summary, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' }
  const k6 = await plain.launch({ args: ['run', script], directory: plain.directory, stdout, stderr, env })
  await toItsEnd(k6, plain, artifacts)
  return figuresIn(summary)
}

async function toItsEnd(k6: RunningK6, { durationMs, clock, signal }: PlainK6, artifacts: LoadArtifacts): Promise<void> {
  const within = durationMs + AROUND_MS
  try {
    await withDeadline({ clock, within, signal, what: 'k6 to end by itself' }, () => k6.exited)
  } finally {
    await endK6(k6, clock)
  }
  const { code, meaning, lastLines } = await describeEnd(await k6.exited, artifacts)
  if (code !== 0) throw new HarnessError('LOAD_NOT_STARTED', `k6 run by hand: ${meaning}\n${lastLines.join('\n')}`)
}
