// How the load comes to the stack: what k6 runs in, and under which address it finds the system from there.
import { join } from 'node:path'
import { HarnessError } from '../errors.ts'
import { k6Process } from '../load/k6-process.ts'
import type { K6, LaunchK6, LoadWay } from '../model/k6.ts'
import type { Rig } from '../model/stack.ts'
import { k6Container } from '../stack/containers/k6-container.ts'
import { readState } from '../stack/state.ts'
import type { World } from './session.ts'

export interface Approach {
  readonly way: LoadWay
  readonly launch: LaunchK6
  /** The front door of the system, as k6 reaches it. */
  readonly baseUrl: string
}

export interface Approached {
  readonly k6: K6 | undefined
  /** Of the load, which is not always the run that the stack belongs to. */
  readonly run: string
  readonly rig: Rig
  /** Where the stack left its state. */
  readonly stackDirectory: string
}

/** The way of this k6 to the stack. STACK_NOT_FOUND when it is a container and the stack has no network. */
export function approach({ k6, run, rig, stackDirectory }: Approached, { env, clock }: World): Approach {
  if (k6 === undefined) throw new HarnessError('BUG', 'there is to be load, and nobody provided k6')
  if (k6.way === 'process') {
    const { host, port } = rig.edgeAddress(rig.stack.harness.entry)
    // The mark by which a sweep finds it.
    const launch = k6Process(k6.binary, { PATH: env.PATH, HARNESS_RUN: run })
    return { way: 'process', launch, baseUrl: `http://${host}:${port}` }
  }
  const state = readState(stackDirectory)
  if (state?.runtime !== 'containers') {
    throw new HarnessError('STACK_NOT_FOUND', `no network for k6 in ${join(stackDirectory, 'stack.json')}: this stack does not run in containers`)
  }
  const launch = k6Container({ image: k6.image, network: state.network, run, clock, env })
  return { way: 'container', launch, baseUrl: `http://${frontDoorInside(rig)}` }
}

/** Inside the network names and ports are those of the compose file. */
function frontDoorInside({ stack: { edges, harness } }: Rig): string {
  const entry = edges.find(({ name }) => name === harness.entry)
  return `${harness.observers.toxiproxy.split(':')[0]}:${entry?.listenPort}`
}
