// Load as the rest of the harness sees it: started from a scenario file, followed through its history, ended by stop().
import { mkdir } from 'node:fs/promises'
import type { Clock } from '../time/clock.ts'
import { bundleScenario } from './bundle-scenario.ts'
import type { Exit } from './k6-exit.ts'
import { spawnK6 } from './k6-process.ts'
import { artifactsIn, describeEnd } from './load-artifacts.ts'
import type { LoadArtifacts, LoadEnd } from './load-artifacts.ts'

const SIX_HOURS_MS = 6 * 3_600_000

type Environment = Readonly<Record<string, string | undefined>>

export interface LoadOptions {
  /** Path of the k6 binary. */
  readonly k6: string
  readonly scenarioFile: string
  /** Absolute; one load per directory. */
  readonly artifactsDir: string
  readonly baseUrl: string
  /** Operations begun per second. */
  readonly rate: number
  /** Goes into every key: [a-z0-9], six or more. */
  readonly run: string
  /** Upper bound in milliseconds, should nobody stop the load; six hours when left out. */
  readonly longest?: number
  /** The environment of k6 besides what is set here: HARNESS_RUN, and secrets such as JWT_SECRET. K6_* is left out. */
  readonly env: Environment
  readonly clock: Clock
  /** Only for the start; a started load ends by stop(). */
  readonly signal: AbortSignal
}

/** A started load: it can be followed and ended. */
export interface LiveLoad {
  readonly pid: number
  /** The history that is being written: for tailHistory and readHistory. */
  readonly history: string
  readonly exited: Promise<Exit>
  /** Ends k6 and says how it ended; again and again if you like. DEADLINE when even a kill does not end it. */
  stop(): Promise<LoadEnd>
}

/** CONTENT_INVALID when the scenario does not compile, LOAD_NOT_STARTED when k6 can not be run. */
export async function startLoad(options: LoadOptions): Promise<LiveLoad> {
  const { k6, artifactsDir, signal, clock } = options
  const artifacts = artifactsIn(artifactsDir)
  await mkdir(artifactsDir, { recursive: true })
  await bundleScenario(options.scenarioFile, artifacts.script)
  signal.throwIfAborted()
  const env = environmentOf(options, artifacts)
  const { pid, exited, end } = await spawnK6({ k6, directory: artifactsDir, artifacts, env })
  return { pid, exited, history: artifacts.history, stop: async () => describeEnd(await end(clock), artifacts) }
}

/** The environment of the k6 process: what a scenario reads, and nothing that could overrule it without a trace. */
export function environmentOf(options: LoadOptions, artifacts: LoadArtifacts): Environment {
  const given = Object.entries(options.env).filter(([name]) => !name.startsWith('K6_'))
  return {
    ...Object.fromEntries(given),
    BASE_URL: options.baseUrl,
    RATE: String(options.rate),
    RUN: options.run,
    DURATION: `${Math.ceil(options.longest ?? SIX_HOURS_MS)}ms`,
    SUMMARY: artifacts.summary,
    // Keeps the k6 settings file of the user out.
    XDG_CONFIG_HOME: options.artifactsDir,
    K6_NO_USAGE_REPORT: 'true',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_WEB_DASHBOARD: 'true',
    K6_WEB_DASHBOARD_EXPORT: artifacts.dashboard,
    // It listens in any case: port -1 means a random port on every interface of the machine.
    K6_WEB_DASHBOARD_HOST: '127.0.0.1',
    K6_WEB_DASHBOARD_PORT: '0',
  }
}
