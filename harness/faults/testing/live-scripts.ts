// A rig of one small HTTP server and a folder of programs, for live tests of disturbances.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault } from '../../model/fault.ts'
import type { Rig } from '../../model/stack.ts'
import { runScripts } from '../../stack/scripts/run-scripts.ts'
import type { ScriptsPlace } from '../../stack/scripts/run-scripts.ts'
import { systemClock } from '../../time/clock.ts'
import type { World } from '../fault-kind.ts'
import { liveUpstream } from './live-process.ts'
import type { LiveProcess } from './live-process.ts'
import { testStack } from './test-stack.ts'

export interface LiveScripts {
  readonly directory: string
  readonly web: LiveProcess
  /** As another process of the harness would see it: nothing is known but what is on disk and in the system. */
  world(): World
  fault(script: string, options?: Readonly<Record<string, string | number>>): Extract<Fault, { kind: 'script' }>
  stop(): Promise<void>
}

/** `programs` are texts by name; all of them can be run on `web`. */
export async function liveScripts(host: string, programs: Readonly<Record<string, string>>, run: string): Promise<LiveScripts> {
  const directory = mkdtempSync(join(tmpdir(), 'scripts-live-'))
  mkdirSync(join(directory, 'disturbances'))
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(directory, 'disturbances', `${name}.ts`), text)
  const web = liveUpstream({ host, port: 8081 })
  await web.start()
  const place = placeOf({ directory, run, rig: rigOf(web, directory) })
  return {
    directory,
    web,
    world: () => ({ rig: place.rig, clock: systemClock, scripts: runScripts(place) }) as unknown as World,
    fault: (script, options) => ({ kind: 'script', script, service: 'web', for: '1m', ...(options && { with: options }) }),
    stop: async () => {
      await web.kill()
      rmSync(directory, { recursive: true })
    },
  }
}

function placeOf({ directory, run, rig }: Pick<ScriptsPlace, 'directory' | 'run' | 'rig'>): ScriptsPlace {
  return { rig, run, directory, root: directory, acceleration: 40, env: { PATH: process.env.PATH, HOME: '/secret' }, clock: systemClock }
}

function rigOf(web: LiveProcess, drills: string): Rig {
  const edge = { name: 'client->web', from: 'client', to: 'web', listenPort: 20_000, upstreamPort: 8081 }
  const stack = testStack([edge], [{ name: 'web', port: 8081 }])
  const harness = { ...stack.harness, drills, disturbances: { DATABASE_URL: 'postgres://${USER_OF_IT:-reader}@web:8081/' } }
  return {
    stack: { ...stack, harness },
    runtime: 'local',
    address: () => web.address,
    edgeAddress: () => web.address,
    state: async () => web.state(),
    resolve: (text: string) => text.replace('${USER_OF_IT:-reader}', 'reader'),
  } as unknown as Rig
}
