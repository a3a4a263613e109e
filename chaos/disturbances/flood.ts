// Sends one kind of request through the front door at a rate, and sees how it is answered. with:
//   rate    per second of real time; 50 when left out
//   method, path   such as POST and /api/auth/login; GET when left out
//   body    JSON; ${n} in body and path counts the requests from 1, ${uuid} is another one each time,
//           ${email} is that of an account of its own, registered beforehand, ${words} is many words in a row
//   words   how many ${words} are; 100 when left out
//   as      anonymous (when left out), user, administrator, forged or expired: whose token comes with it
//   expect  the statuses that show it arrives, such as 401,429; any status below 500 when left out
//   atOnce  how many may wait for their answer; 64 when left out
// It bites while at least half the rate is answered so. There is nothing to take back: what was stored stays.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { CALLERS, register, send, tokenOf } from './lib/gateway.ts'
import { keepPace } from './lib/pace.ts'
import type { Pace } from './lib/pace.ts'
import { optionsOf } from './lib/told.ts'

const asked = optionsOf(
  z.strictObject({
    rate: z.number().positive().max(2_000).default(50),
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET'),
    path: z.string().regex(/^\/api\//, 'a path such as /api/samples'),
    body: z.string().optional(),
    words: z.number().int().min(1).max(10_000).default(100),
    as: z.enum(CALLERS).default('anonymous'),
    expect: z.union([z.number(), z.string().regex(/^\d{3}(,\d{3})*$/, 'statuses such as 401,429')]).transform((text) => String(text).split(',').map(Number)).optional(),
    atOnce: z.number().int().positive().max(500).default(64),
  }),
)

const words = Array.from({ length: asked.words }, () => 'x').join(' ')

function filled(text: string, n: number): string {
  return text.replaceAll('${words}', words).replaceAll('${n}', String(n)).replaceAll('${uuid}', () => randomUUID()).replaceAll('${email}', email)
}

function isExpected(status: number): boolean {
  return asked.expect === undefined ? status > 0 && status < 500 : asked.expect.includes(status)
}

let email = ''
let token: string | undefined
let pace: Pace | undefined
let sent = 0

async function ask(n: number): Promise<number> {
  sent += 1
  const { method, path, body } = asked
  return (await send({ method, path: filled(path, n), body: body === undefined ? undefined : filled(body, n), token })).status
}

await disturb({
  begin: async () => {
    if (asked.body?.includes('${email}')) email = (await register()).email
    token = await tokenOf(asked.as)
    pace = keepPace({ perSecond: asked.rate, mostAtOnce: asked.atOnce, send: ask })
    await sleep(1_200)
  },
  look: async () => {
    const last = [...(pace?.last() ?? [])].toSorted(([a], [b]) => a - b)
    const words = last.map(([status, count]) => `${count} with ${status === 0 ? 'nothing' : status}`)
    const good = last.reduce((sum, [status, count]) => sum + (isExpected(status) ? count : 0), 0)
    return { bites: `${good} of ${asked.rate} wished requests a second are answered as expected (${words.join(', ')})`, holds: good * 2 >= asked.rate }
  },
  end: async () => {
    await pace?.stop()
    return `${sent} requests were sent, and no more come`
  },
})
