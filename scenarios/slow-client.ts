// Hostile: clients whose requests come in slowly keep connections, buffers and patience of the gateway busy, while others
// only want to be served.
//
// What k6 can and can not do: it writes a request as fast as the connection takes it, so that it can neither send a body
// byte by byte nor stop in the middle, and it opens no bare sockets. Slowness therefore comes from a fault on the edge of
// the client: with `bandwidth` in the direction upstream every connection carries so many KB/s, each by itself, and a
// body of 64 KiB takes 8 s at 8 KB/s and 16 s at 4 KB/s, during which the gateway has its head and waits (drill
// hostile-slow-client). Without a fault this is a load of large bodies. Connections that are kept open and say nothing
// are part of it at any time: k6 keeps every connection it ever needed, and after the slow ones there are many.
//
// Load: RATE operations begin every second, whatever the system does (lib/turns.ts). Of ten journeys nine are ordinary
// users, whose requests are so small that the thin line alone hardly delays them: who is he, one sample in, and out
// again by id (3 operations). One is a slow client: a sample with a picture of 64 KiB (1 operation), for which he waits
// up to 60 s. He may be served late, but what he is told holds; the ordinary users must not notice him.
import type { Session } from './lib/accounts.ts'
import { get } from './lib/desk.ts'
import { granted, textAt } from './lib/expectation.ts'
import { optionsFor, summaryFile } from './lib/journey.ts'
import type { Summary, SummaryFiles } from './lib/journey.ts'
import { operation } from './lib/operation.ts'
import * as ask from './lib/sample-requests.ts'
import { readSettings } from './lib/settings.ts'
import { demand, prepareTechnicians, runShifts } from './lib/shifts.ts'
import type { Task } from './lib/shifts.ts'

const ONE_IN = 10
/** What a body of a request comes to on the wire, next to which the rest of it is nothing. */
const PICTURE = 'iVBORw0K'.repeat(8192)
/** The system must be the first to lose patience. */
const PATIENCE = '60s'

const settings = readSettings()

export const options = optionsFor(settings)

export function setup(): readonly Session[] {
  return prepareTechnicians(settings)
}

export default function (prepared: readonly Session[]): Promise<void> {
  return runShifts(settings, prepared, (task) => (task.index % ONE_IN === 0 ? slow(task) : ordinary(task)))
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}

async function ordinary({ desk, key }: Task): Promise<void> {
  await operation({ op: 'auth.me', ...get(desk, '/api/auth/me'), expect: granted({ success: true, 'data.status': 'active' }) })
  const sample = ask.sampleOf(key)
  const id = textAt((await demand(ask.create(desk, sample))).body, 'data.id')
  await operation(ask.byId(desk, id, { 'data.barcode': sample.barcode, 'data.status': 'Pending' }))
}

async function slow({ desk, key }: Task): Promise<void> {
  const sample = ask.sampleOf(`${key}-slow`)
  const create = ask.create(desk, sample)
  await operation({ ...create, op: 'sample.create-slowly', body: { ...sample, metadata: { picture: PICTURE } }, timeout: PATIENCE })
}
