// Load as the rest of the harness sees it: started from a scenario file, followed through its history, ended by stop().
import { mkdir } from 'node:fs/promises'
import type { Clock } from '../time/clock.ts'
import type { Exit, LaunchK6 } from '../model/k6.ts'
import { bundleScenario } from './bundle-scenario.ts'
import { endK6 } from './end-k6.ts'
import { artifactsIn, claimHistory, describeEnd } from './load-artifacts.ts'
import type { LoadArtifacts, LoadEnd } from './load-artifacts.ts'

const SIX_HOURS_MS = 6 * 3_600_000

type Environment = Readonly<Record<string, string | undefined>>

export interface LoadOptions {
  /** What k6 runs in. */
  readonly launch: LaunchK6
  readonly scenarioFile: string
  /** Absolute; one load per directory. */
  readonly artifactsDir: string
  /** The system as k6 reaches it, from wherever it runs. */
  readonly baseUrl: string
  /** Operations begun per second. */
  readonly rate: number
  /** Goes into every key: [a-z0-9], six or more. */
  readonly run: string
  /** Upper bound in milliseconds, should nobody stop the load; six hours when left out. */
  readonly longest?: number
  /** What the scenario reads besides what is set here: secrets such as JWT_SECRET. K6_* is left out. */
  readonly env: Environment
  readonly clock: Clock
  /** Only for the start; a started load ends by stop(). */
  readonly signal: AbortSignal
}

/** A started load: it can be followed and ended. */
export interface LiveLoad {
  /** The process id of k6, or the id of its container. */
  readonly id: string
  /** The history that is being written: for tailHistory and readHistory. */
  readonly history: string
  readonly exited: Promise<Exit>
  /** Ends k6 and says how it ended; again and again if you like. DEADLINE when even a kill does not end it. */
  stop(): Promise<LoadEnd>
}

/** CONTENT_INVALID when the scenario does not compile, LOAD_NOT_STARTED when k6 can not be run. */
export async function startLoad(options: LoadOptions): Promise<LiveLoad> {
  const { launch, artifactsDir, signal, clock } = options
  const artifacts = artifactsIn(artifactsDir)
  await mkdir(artifactsDir, { recursive: true })
  await bundleScenario(options.scenarioFile, artifacts.script)
  signal.throwIfAborted()
  await claimHistory(artifacts)
  const { history, stdout, stderr } = artifacts
  const k6 = await launch({ args: argumentsOf(artifacts), directory: artifactsDir, stdout, stderr, env: environmentOf(options, artifacts) })
  return { id: k6.id, exited: k6.exited, history, stop: async () => describeEnd(await endK6(k6, clock), artifacts) }
}

function argumentsOf({ history, script }: LoadArtifacts): readonly string[] {
  return ['run', '--quiet', '--no-color', '--log-format', 'raw', '--console-output', history, script]
}

/** The environment of k6: what a scenario reads, and nothing that could overrule it without a trace. */
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
