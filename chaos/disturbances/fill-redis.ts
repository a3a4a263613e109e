// Fills Redis with keys of its own until a share of maxmemory is in use. with: share (0.9 when left out; 1 until it refuses).
// The keys are made of nothing by the server, so that its log does not grow with them; when this dies, they expire
// half a minute after the fault would have ended.
import { Redis } from 'ioredis'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { heldMs, optionsOf, ownName, share, told } from './lib/told.ts'

const MIB = 2 ** 20
const GRACE_MS = 30_000
const { share: wanted } = optionsOf(z.strictObject({ share: share.default(0.9) }))
const redis = new Redis(told('REDIS_URL'), { lazyConnect: true, maxRetriesPerRequest: 1, connectionName: 'fill-redis' })
redis.on('error', () => undefined)
const prefix = `disturbance:${ownName()}:`
const expires = Date.now() + heldMs() + GRACE_MS
let keys = 0
let refused = ''

async function memory(): Promise<{ readonly used: number; readonly most: number }> {
  const info = await redis.info('memory')
  const figure = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1])
  return { used: figure('used_memory'), most: figure('maxmemory') }
}

/** One key with a life of its own; the size is all that the command carries. */
async function addKey(bytes: number): Promise<void> {
  const key = `${prefix}${keys}`
  const answers = (await redis.multi().setrange(key, bytes - 1, '.').pexpireat(key, expires).exec()) ?? []
  const [error] = answers.flatMap(([thrown]) => thrown ?? [])
  if (error) throw error
  keys += 1
}

async function fill(signal?: AbortSignal) {
  refused = ''
  for (;;) {
    const now = await memory()
    const missing = wanted * now.most - now.used
    if (missing < MIB / 64 || refused !== '' || signal?.aborted === true) return now
    await addKey(Math.min(MIB, Math.ceil(missing))).catch((thrown: Error) => {
      if (!thrown.message.includes('OOM') && !String(thrown).includes('EXECABORT')) throw thrown
      refused = '; a new write is refused'
    })
  }
}

await disturb({
  begin: async (signal) => {
    await redis.connect()
    if ((await memory()).most === 0) throw new Error('this Redis has no maxmemory, so there is no share of it')
    await fill(signal)
  },
  look: async () => {
    const { used, most } = await fill()
    const percent = Math.round((100 * used) / most)
    return { bites: `${Math.round(used / MIB)} of ${Math.round(most / MIB)} MiB are used, ${percent} %${refused}`, holds: used >= 0.98 * wanted * most || refused !== '' }
  },
  end: async () => {
    for (let first = 0; first < keys; first += 100) {
      await redis.unlink(Array.from({ length: Math.min(100, keys - first) }, (_, index) => `${prefix}${first + index}`))
    }
    redis.disconnect()
    return `${keys} keys are deleted`
  },
})
