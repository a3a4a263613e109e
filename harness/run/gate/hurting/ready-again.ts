// When a service that was started again is of use: it says so itself, or answers as somebody who uses it would ask.
import { connect } from 'node:net'
import { once } from 'node:events'
import { readDatabase } from '../../../probes/database-reader.ts'
import { helloFor, protocolOf } from '../../../probes/edge-hello.ts'
import type { ServiceSpec } from '../../../model/stack.ts'
import { isReady } from '../../../stack/readiness.ts'
import { withDeadline } from '../../../time/poll.ts'
import type { HurtingScene } from './hurting-scene.ts'

const LOOK_MS = 2_000

type Around = Pick<HurtingScene, 'rig' | 'clock' | 'signal'>

/** A port that accepts is not enough: a database accepts while it is still reading what it had written. */
export async function isOfUse(spec: ServiceSpec, around: Around): Promise<boolean> {
  const [port] = spec.ports
  const store = Object.values(around.rig.stack.harness.stores).find(({ service }) => service === spec.name)
  if (spec.harness.ready === undefined && store !== undefined) return reads(spec.name, store.url, around)
  if (spec.harness.ready === undefined && port !== undefined && protocolOf(port) === 'redis') return pongs(spec.name, port, around)
  return isReady(spec, { ...around, address: (one) => around.rig.address(spec.name, one) })
}

async function reads(name: string, url: string, { rig, clock, signal }: Around): Promise<boolean> {
  const answer = await readDatabase({ name, url: rig.resolve(url), clock, signal }, (ask) => ask('select 1'))
  return answer.rows.length === 1
}

/** While it reads its log it says -LOADING. */
async function pongs(name: string, port: number, { rig, clock, signal }: Around): Promise<boolean> {
  const socket = connect(rig.address(name, port))
  try {
    socket.write(helloFor(port, 'stay').bytes)
    const [said] = (await withDeadline({ clock, signal, within: LOOK_MS, what: `${name} to answer` }, (limit) => once(socket, 'data', { signal: limit }))) as [Buffer]
    return said.toString().startsWith('+PONG')
  } finally {
    socket.destroy()
  }
}
