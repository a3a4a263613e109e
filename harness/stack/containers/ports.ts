// Host ports that the harness chooses itself: below those the system gives away, so that a container gets its own again after a restart.
import { randomInt } from 'node:crypto'
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import type { ServiceSpec } from '../../model/stack.ts'
import { isFree } from '../free-address.ts'

export const LOOPBACK = '127.0.0.1'
const RANGE = { from: 10_000, to: 32_768 } as const
const TRIES = 500

/** Port in the container -> port of this machine. */
export type Ports = ReadonlyMap<number, number>

/** Free ones for every port of every service. */
export async function pickPorts(services: readonly ServiceSpec[], pick: () => number = oneAfterAnother()): Promise<ReadonlyMap<string, Ports>> {
  const taken = new Set<number>()
  const chosen = new Map<string, Ports>()
  for (const { name, ports } of services) {
    const own = new Map<number, number>()
    for (const port of ports) own.set(port, await freePort(taken, pick))
    chosen.set(name, own)
  }
  return chosen
}

async function freePort(taken: Set<number>, pick: () => number): Promise<number> {
  for (let i = 0; i < TRIES; i++) {
    const port = pick()
    if (taken.has(port)) continue
    taken.add(port)
    if (await isFree({ host: LOOPBACK, port })) return port
  }
  throw new HarnessError('ADDRESS_TAKEN', `no free port of ${LOOPBACK} between ${RANGE.from} and ${RANGE.to} after ${TRIES} tries`)
}

/** From a random beginning: two stacks that start at the same time meet far less often than with random ports all over the range. */
function oneAfterAnother(): () => number {
  let next = randomInt(RANGE.from, RANGE.to)
  return () => {
    next = next + 1 < RANGE.to ? next + 1 : RANGE.from
    return next
  }
}

/** As the engine has published them; empty while the container does not run, or is on no network. */
export function publishedPorts({ NetworkSettings: { Ports: ports } }: Pick<Dockerode.ContainerInspectInfo, 'NetworkSettings'>): Ports {
  const published = Object.entries(ports ?? {}).flatMap(([port, bindings]) => {
    const host = bindings?.[0]?.HostPort
    return host === undefined ? [] : [[Number.parseInt(port), Number(host)] as const]
  })
  return new Map(published)
}
