// What a look that hurts is given, around services that are real processes: for tests that want to see somebody die.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { liveProcess } from '../../../../faults/testing/live-process.ts'
import type { LiveProcess } from '../../../../faults/testing/live-process.ts'
import { testStack } from '../../../../faults/testing/test-stack.ts'
import type { Happening } from '../../../../model/entry.ts'
import type { Rig, Stack } from '../../../../model/stack.ts'
import { systemClock } from '../../../../time/clock.ts'
import type { Clock } from '../../../../time/clock.ts'
import type { Session } from '../../../session.ts'
import { openUndoLog, outstanding } from '../../../undo-log.ts'
import { Unwind } from '../../../unwind.ts'
import type { HurtingScene } from '../hurting-scene.ts'

export interface LiveScene extends AsyncDisposable {
  readonly scene: HurtingScene
  readonly journal: readonly Happening[]
  /** What another process would have to undo. */
  readonly outstanding: () => readonly unknown[]
}

export interface ScenePlan {
  readonly services: Readonly<Record<string, LiveProcess>>
  /** By service: the path that says it is ready; the port decides where there is none. */
  readonly ready?: Readonly<Record<string, string>>
  readonly rig?: Partial<Rig>
  /** Time passes twenty times as fast: for deadlines that are waited for in vain. */
  readonly hurried?: boolean
  /** By service. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Of the stack as a whole. */
  readonly harness?: Partial<Stack['harness']>
}

const hurriedClock: Clock = { now: () => systemClock.now() * 20, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) }

/** `manner`: how it takes being told to stop; see server.ts. */
export function liveServer(host: string, manner = 'polite'): LiveProcess {
  const script = join(import.meta.dirname, 'server.ts')
  return liveProcess({ argv: [process.execPath, script, host, '8081', manner], address: { host, port: 8081 } })
}

/** Before the service at `upstream`; see gateway.ts. */
export function liveGateway(host: string, upstream: string, manner = 'shut'): LiveProcess {
  const script = join(import.meta.dirname, 'gateway.ts')
  return liveProcess({ argv: [process.execPath, script, host, '8081', `http://${upstream}:8081`, manner], address: { host, port: 8081 } })
}

/** Starts every service; a rig that is blind or lame in one thing is made with `rig`. */
export async function liveScene(plan: ScenePlan): Promise<LiveScene> {
  const { services, rig: changes = {}, hurried = false } = plan
  const directory = mkdtempSync(join(tmpdir(), 'hurting-'))
  const journal: Happening[] = []
  const append = (happening: Happening) => void journal.push(happening)
  const rig = { ...rigOf(plan), ...changes }
  const clock = hurried ? hurriedClock : systemClock
  const unwind = new Unwind(clock, append)
  const session = { rig, world: { clock }, acceleration: 1, directory, undoLog: openUndoLog(directory) } as unknown as Session
  for (const service of Object.values(services)) await service.start()
  return {
    scene: { rig, clock, signal: new AbortController().signal, condition: 'without', run: 'abcdef', acceleration: 1, jwtSecret: undefined, session, append, unwind },
    journal,
    outstanding: () => outstanding(directory),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(Object.values(services).map((service) => service.kill()))
      rmSync(directory, { recursive: true })
    },
  }
}

function rigOf({ services, ready = {}, environment = {}, harness = {} }: ScenePlan): Rig {
  const bare = testStack([], Object.entries(services).map(([name, { address }]) => ({ name, port: address.port })))
  const stack = { ...bare, harness: { ...bare.harness, ...harness }, services: bare.services.map((spec) => ({ ...spec, environment: environment[spec.name] ?? {}, harness: { ...spec.harness, ready: ready[spec.name] } })) }
  const process = (service: string) => services[service] as LiveProcess
  return {
    stack,
    runtime: 'local',
    address: (service) => process(service).address,
    edgeAddress: () => ({ host: '127.0.0.1', port: 1 }),
    observer: () => 'http://127.0.0.1:1',
    state: async (service) => process(service).state(),
    kill: (service) => process(service).kill(),
    terminate: (service, graceMs) => process(service).terminate(graceMs),
    restart: (service, signal) => process(service).start(signal),
    freeze: async (service) => process(service).freeze(),
    thaw: async (service) => process(service).thaw(),
    configFile: (service) => `/nothing/is/mounted/into/${service}`,
    reload: async () => undefined,
    resolve: (text) => text,
  }
}
