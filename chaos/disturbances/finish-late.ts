// Completes samples that came long ago. with:
//   hours  how long ago they came; 2000 when left out: five of them outweigh the latest hundred
//   count  how many; 5 when left out
//   type   of the samples, such as Swab (when left out)
// At the end a hundred are completed at once, and no late one is among the latest. When it dies, the mean stays until others of
// the type are done.
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { granted, tokenOf } from './lib/gateway.ts'
import { abreast, enter, move } from './lib/samples.ts'
import { optionsOf } from './lib/told.ts'

const asked = optionsOf(
  z.strictObject({
    hours: z.number().positive().max(10_000).default(2_000),
    count: z.number().int().min(1).max(100).default(5),
    type: z.string().regex(/^\w+$/, 'a type of sample such as Swab').default('Swab'),
  }),
)
const WAY = ['Validated', 'InSequencing', 'Completed'] as const
const HOUR_MS = 3_600_000
/** So many the laboratory looks at. */
const LATEST = 100

let token: string | undefined
let late = 0
let newest = ''

async function complete(metadata: object): Promise<string> {
  const id = await enter(token, { name: 'x', sample_type: asked.type, metadata })
  for (const status of WAY) await move(token, id, status)
  return id
}

interface Sample {
  readonly status: string
  readonly metadata: { readonly received_at: string }
}

await disturb({
  begin: async (signal) => {
    token = await tokenOf('user')
    const received_at = new Date(Date.now() - asked.hours * HOUR_MS).toISOString()
    for (; late < asked.count && !signal.aborted; late += 1) newest = await complete({ received_at })
  },
  look: async () => {
    const { status, metadata } = await granted<Sample>({ method: 'GET', path: `/api/samples/${newest}`, token })
    const hours = (Date.now() - Date.parse(metadata.received_at)) / HOUR_MS
    return { bites: `${late} samples were done ${Math.round(hours)} hours after they came; the newest one is ${status}`, holds: status === 'Completed' && late === asked.count }
  },
  end: async () => {
    if (late > 0) await abreast(Array.from({ length: LATEST }), () => complete({}))
    return `${late} samples were late, and ${late > 0 ? LATEST : 0} in time after them`
  },
})
