// Enters samples that nobody validates, until so many wait, whoever entered the rest. with: waiting (1050 when left out).
// At the end all of its own are deleted. When it dies, they wait until somebody validates or deletes them: they are named x.
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { granted, tokenOf } from './lib/gateway.ts'
import { abreast, enterMany, remove } from './lib/samples.ts'
import { optionsOf } from './lib/told.ts'

const { waiting: wanted } = optionsOf(z.strictObject({ waiting: z.number().int().min(1).max(1_500).default(1_050) }))
/** Not so many at once that nobody else gets a connection. */
const BATCH = 50
const AT_ONCE = 3

let token: string | undefined
const entered: string[] = []

async function waiting(): Promise<number> {
  const path = '/api/samples?status=Pending&page=1&page_size=1'
  return (await granted<{ readonly total_count: number }>({ method: 'GET', path, token })).total_count
}

/** How many wait then. */
async function fill(signal?: AbortSignal): Promise<number> {
  const missing = wanted - (await waiting())
  const batches = Array.from({ length: Math.max(0, Math.ceil(missing / BATCH)) }, (_, index) => Math.min(BATCH, missing - index * BATCH))
  const enter = async (count: number) => {
    if (signal?.aborted !== true) entered.push(...(await enterMany(token, count)))
  }
  await abreast(batches, enter, AT_ONCE)
  return waiting()
}

await disturb({
  begin: async (signal) => {
    token = await tokenOf('user')
    await fill(signal)
  },
  look: async () => {
    const count = await fill()
    return { bites: `${count} samples wait for validation, ${entered.length} of them are its own`, holds: count >= 0.98 * wanted }
  },
  end: async () => {
    await remove(token, entered)
    return `${entered.length} samples are deleted`
  },
})
