// Finds three numbers of a loopback subnet in which every address a stack needs is free, so that stacks run side by side.
import { randomInt } from 'node:crypto'
import { HarnessError } from '../../errors.ts'
import type { Address, Stack } from '../../model/stack.ts'
import { isFree } from '../free-address.ts'
import { hostPort } from '../stack-places.ts'
import { hostOf } from './layout.ts'

const TRIES = 20

export async function freeSubnet(stack: Stack, pick: () => string = randomSubnet): Promise<string> {
  for (let i = 0; i < TRIES; i++) {
    const subnet = pick()
    const wanted = addressesOf(subnet, stack)
    const free = await Promise.all(wanted.map(isFree))
    if (free.every(Boolean)) return subnet
  }
  throw new HarnessError('ADDRESS_TAKEN', `no free loopback subnet after ${TRIES} tries`)
}

function randomSubnet(): string {
  return `127.${randomInt(70, 127)}.${randomInt(1, 255)}`
}

/** Every address the stack will listen on: the sinks', each service's ports, each edge's listening side. */
export function addressesOf(subnet: string, stack: Stack): readonly Address[] {
  const host = (service: string) => hostOf({ subnet }, stack, service)
  const { sink, mail_sink: mail } = stack.harness
  const own = [sink, ...(mail === undefined ? [] : [mail])].map(hostPort)
  const proxy = stack.harness.observers.toxiproxy.split(':')[0] ?? ''
  const all = [
    ...own.map((place) => ({ host: host(place.host), port: place.port })),
    ...stack.services.flatMap((spec) => spec.ports.map((p) => ({ host: host(spec.name), port: p }))),
    ...stack.edges.map((edge) => ({ host: host(proxy), port: edge.listenPort })),
  ]
  return [...new Map(all.map((address) => [`${address.host}:${address.port}`, address])).values()]
}
