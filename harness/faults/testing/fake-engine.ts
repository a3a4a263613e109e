// An engine in memory that writes down what it was asked for, and the rig of one service around it.
import type { Engine, Limits, Usage } from '../../model/engine.ts'
import type { Rig, ServiceState } from '../../model/stack.ts'
import { testStack } from './test-stack.ts'

export interface FakeEngine {
  readonly rig: Rig
  /** In order, such as `limitCpus web 0.2`. */
  readonly asked: readonly string[]
}

export interface FakeService {
  readonly limits?: Limits
  readonly usage?: Partial<Usage>
  readonly state?: ServiceState
}

const IDLE: Usage = { at: 0, cpuMs: 0, periods: 0, throttledPeriods: 0, memoryBytes: 0, memoryLimitBytes: undefined, oomKilled: false }

/** One service, `web`, on a port where nobody listens. Each time it is asked a second has passed. */
export function fakeEngine({ limits = {}, usage = {}, state = 'running' }: FakeService = {}): FakeEngine {
  const asked: string[] = []
  let seconds = 0
  const words = (detail: unknown) => (typeof detail === 'string' ? detail : JSON.stringify(detail))
  const noted = async (...details: readonly unknown[]) => void asked.push(details.map(words).join(' '))
  const engine: Engine = {
    disconnect: (service) => noted('disconnect', service),
    reconnect: (service) => noted('reconnect', service),
    limits: async (service) => (await noted('limits', service), limits),
    limitCpus: (service, cpus) => noted('limitCpus', service, cpus),
    limitMemory: (service, memory) => noted('limitMemory', service, memory),
    usage: async () => ({ ...IDLE, at: (seconds += 1) * 1_000, ...usage }),
    room: async () => ({ sizeBytes: 100, freeBytes: 100 }),
    fill: (service, path) => noted('fill', service, path),
    empty: (service, path) => noted('empty', service, path),
  }
  const unwanted = async () => undefined
  const rig: Rig = {
    stack: testStack([], [{ name: 'web', port: 1 }]),
    runtime: 'containers',
    engine,
    address: () => ({ host: '127.0.0.1', port: 1 }),
    edgeAddress: () => ({ host: '127.0.0.1', port: 1 }),
    observer: () => 'http://127.0.0.1:1',
    state: async () => state,
    kill: unwanted,
    terminate: async () => ({ ended: true, exitCode: 0, ms: 0 }),
    restart: (service) => noted('restart', service),
    freeze: unwanted,
    thaw: unwanted,
    configFile: (_, path) => path,
    reload: unwanted,
    resolve: (text) => text,
  }
  return { rig, asked }
}
