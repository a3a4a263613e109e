// What a database or Redis says of its own settings: SHOW, CONFIG GET.
import { Redis } from 'ioredis'
import { HarnessError, messageOf } from '../../errors.ts'
import { withDeadline } from '../../time/poll.ts'
import { readDatabase } from '../database-reader.ts'
import { protocolOf } from '../edge-hello.ts'
import type { GateScene } from './gate-probe.ts'
import { portOf } from './inside.ts'

const WITHIN_MS = 5_000

/** Undefined where the server knows no such setting. */
export function serverSetting(scene: GateScene, service: string, name: string): Promise<string | undefined> {
  const protocol = protocolOf(portOf(scene.rig, service))
  if (protocol === 'http') throw new HarnessError('PROBE_UNREACHABLE', `${service} is no server that can be asked for its settings`)
  return protocol === 'redis' ? ofRedis(scene, service, name) : ofPostgres(scene, service, name)
}

/** As the reader of one of its stores. */
async function ofPostgres({ rig, clock, signal }: GateScene, service: string, name: string): Promise<string | undefined> {
  const store = Object.values(rig.stack.harness.stores).find((one) => one.service === service)
  if (store === undefined) throw new HarnessError('PROBE_UNREACHABLE', `nobody may read ${service}: it holds no store`)
  return readDatabase({ name: service, url: rig.resolve(store.url), clock, signal }, async (ask) => {
    const { rows } = await ask<{ value: string | null }>('select current_setting($1, true) as value', [name])
    return rows[0]?.value ?? undefined
  })
}

async function ofRedis({ rig, clock, signal }: GateScene, service: string, name: string): Promise<string | undefined> {
  const { host, port } = rig.address(service, portOf(rig, service))
  const redis = new Redis({ host, port, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  // also reported by the call that is under way
  redis.on('error', () => undefined)
  try {
    const answer = await withDeadline({ clock, signal, within: WITHIN_MS, what: `${service} to answer` }, async () => {
      await redis.connect()
      return (await redis.config('GET', name)) as readonly string[]
    })
    return answer[1]
  } catch (thrown) {
    signal.throwIfAborted()
    throw new HarnessError('PROBE_UNREACHABLE', `${service} could not be asked: ${messageOf(thrown)}`, { cause: thrown })
  } finally {
    redis.disconnect()
  }
}
