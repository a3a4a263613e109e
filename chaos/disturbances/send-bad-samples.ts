// Has samples validated that are not fit: their concentration is zero. with:
//   rate  per second of real time; 5 when left out
// At the end all are deleted. When it dies, they wait until somebody deletes them: they are named x.
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { send, tokenOf } from './lib/gateway.ts'
import { keepPace } from './lib/pace.ts'
import type { Pace } from './lib/pace.ts'
import { enter, remove } from './lib/samples.ts'
import { optionsOf } from './lib/told.ts'

const asked = optionsOf(z.strictObject({ rate: z.number().positive().max(50).default(5) }))
const MOST_AT_ONCE = 32
/** What the pace counts a sample as that was found unfit: the answer has no status of its own for it. */
const UNFIT = 1

let token: string | undefined
let pace: Pace | undefined
const entered: string[] = []

async function validateOne(): Promise<number> {
  const id = await enter(token, { name: 'x', sample_type: 'DNA', concentration: 0 })
  entered.push(id)
  const { status, text } = await send({ method: 'POST', path: `/api/samples/${id}/validate`, token })
  const isUnfit = status === 200 && (JSON.parse(text) as { readonly data: { readonly is_valid: boolean } }).data.is_valid === false
  return isUnfit ? UNFIT : status
}

await disturb({
  begin: async () => {
    token = await tokenOf('user')
    pace = keepPace({ perSecond: asked.rate, mostAtOnce: MOST_AT_ONCE, send: validateOne })
    await sleep(1_200)
  },
  look: async () => {
    const unfit = pace?.last().get(UNFIT) ?? 0
    return { bites: `${unfit} samples were found unfit in the last second`, holds: unfit * 2 >= asked.rate }
  },
  end: async () => {
    await pace?.stop()
    await remove(token, entered)
    return `${entered.length} samples are deleted`
  },
})
