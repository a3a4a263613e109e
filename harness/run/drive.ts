// Load against the stack of a run, on behalf of a drill or of a gate: started, registered for release, and put on record with its end.
import { join } from 'node:path'
import { startLoad } from '../load/start-load.ts'
import type { LiveLoad } from '../load/start-load.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { perSecond } from '../model/rate.ts'
import { approach } from './approach.ts'
import type { Append, Session } from './session.ts'
import type { Unwind } from './unwind.ts'

const STOP_WITHIN = 15_000

export interface Driven {
  readonly session: Session
  /** Names the directory of its artifacts, and goes into every key. */
  readonly id: string
  readonly append: Append
  readonly unwind: Unwind
  readonly signal: AbortSignal
}

export async function beginLoad({ session, id, append, unwind, signal }: Driven, wanted: Pick<LoadedDrill['load'], 'scenario' | 'rate'>): Promise<LiveLoad> {
  const { world, rig, directory, run } = session
  const { way, launch, baseUrl } = approach(session, world)
  const load = await startLoad({
    launch,
    baseUrl,
    scenarioFile: join(rig.stack.harness.scenarios, `${wanted.scenario}.ts`),
    artifactsDir: join(directory, 'artifacts', id),
    rate: perSecond(wanted.rate),
    run: `${run.slice(-6)}${id.replace(/[^a-z0-9]/g, '')}`,
    env: { JWT_SECRET: world.env.JWT_SECRET },
    clock: world.clock,
    signal,
  })
  unwind.register({ what: 'load', within: STOP_WITHIN, release: async () => void (await load.stop()) })
  append({ type: 'load-started', scenario: wanted.scenario, rate: perSecond(wanted.rate), way })
  return load
}

export async function endLoad({ session, append }: Pick<Driven, 'session' | 'append'>, load: LiveLoad): Promise<void> {
  const end = await load.stop()
  const files = [end.history, end.summary, end.dashboard].flatMap((file) => (file ? [file.slice(session.directory.length + 1)] : []))
  append({ type: 'load-ended', exitCode: end.code ?? -1, meaning: end.meaning, artifacts: files })
}
