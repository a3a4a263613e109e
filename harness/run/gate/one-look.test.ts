// A look that fails is on record as not seen with its reason; an abort alone ends the gate.
import { beforeEach, expect, test, vi } from 'vitest'
import type { GateLook } from '../../model/gate-evidence.ts'
import type { Happening } from '../../model/entry.ts'
import { MINI_STACK } from '../../drill/testing/mini-stack.ts'
import { aCheck } from '../../checks/testing/gate.ts'
import { systemClock } from '../../time/clock.ts'
import type { Session } from '../session.ts'
import { hurtingLooks } from './hurting/index.ts'
import { lookAway, lookOnce } from './one-look.ts'
import type { Looking } from './one-look.ts'

const check = aCheck<'backup'>({ kind: 'backup', service: 'db' })
const wanted = { id: 'rows-come-back', phase: 'phase-1', check }

let journal: Happening[]
beforeEach(() => {
  journal = []
})

function looking(signal = new AbortController().signal): Looking {
  const rig = { runtime: 'local', stack: MINI_STACK, resolve: String }
  const session = { rig, run: '20260101-000000-abcdef', acceleration: 40, world: { clock: systemClock, env: {}, onLeft: () => undefined } } as unknown as Session
  const startTime = { value: { ms: 1, command: 'harness gate', services: 2 }, covered: true }
  return { session, append: (one) => journal.push(one), signal, condition: 'load', spoilt: () => undefined, backstage: { scrapeMs: 15_000, coverage: async () => [], startTime } }
}

/** What is on record of the only look. */
function seen(): GateLook | undefined {
  const looks = journal.flatMap((one) => (one.type === 'gate-look' ? [one.look] : []))
  expect(looks).toHaveLength(1)
  return looks[0]
}

function backupThat(look: (typeof hurtingLooks)['backup']): void {
  const table = hurtingLooks as { backup: typeof look }
  const before = table.backup
  table.backup = look
  restore.push(() => (table.backup = before))
}

const restore: (() => unknown)[] = []
beforeEach(() => () => restore.splice(0).forEach((back) => back()))

test('what was seen is on record, with its criterion', async () => {
  const value = [{ table: 'samples', rows: 3, restored: 3, same: true }]
  backupThat(async () => ({ value, covered: true }))
  await lookOnce(wanted, looking())
  expect(seen()).toEqual({ criterion: 'rows-come-back', kind: 'backup', value, covered: true })
})

test('a look that throws has seen nothing, and its reason is told', async () => {
  backupThat(() => Promise.reject(new Error('pg_dump is not here')))
  await lookOnce(wanted, looking())
  expect(seen()).toMatchObject({ covered: false, missing: 'pg_dump is not here', value: [] })
})

test('what a look leaves is released when it ends; where that fails it has not seen all', async () => {
  const release = vi.fn(async () => Promise.reject(new Error('db stays away')))
  backupThat(async (_check, { unwind }) => {
    unwind.register({ what: 'db', within: 1_000, release })
    return { value: [], covered: true }
  })
  await lookOnce(wanted, looking())
  expect(release).toHaveBeenCalledOnce()
  expect(seen()).toMatchObject({ covered: false, missing: 'not all that the look did could be taken back' })
  expect(journal.map(({ type }) => type)).toEqual(['release-failed', 'gate-look'])
})

test('what was seen while the load went away does not count', async () => {
  backupThat(async () => ({ value: [{ table: 'samples', rows: 3, restored: 3, same: true }], covered: true }))
  await lookOnce(wanted, { ...looking(), spoilt: () => 'the load ended by itself' })
  expect(seen()).toMatchObject({ covered: false, missing: 'the load ended by itself' })
})

test('an abort of the run ends the look and is not taken for something seen', async () => {
  const abort = new AbortController()
  backupThat(async () => {
    abort.abort(new Error('Ctrl-C'))
    throw new Error('cut off')
  })
  await expect(lookOnce(wanted, looking(abort.signal))).rejects.toThrow('Ctrl-C')
  expect(journal).toEqual([])
})

test('drills and their load need no look', async () => {
  await lookOnce({ ...wanted, check: aCheck<'drill'>({ kind: 'drill', drills: ['quiet'] }) }, looking())
  await lookOnce({ ...wanted, check: aCheck<'load'>({ kind: 'load', drill: 'quiet' }) }, looking())
  expect(journal).toEqual([])
})

test('what only the run knows', async () => {
  await lookOnce({ ...wanted, check: aCheck<'start-time'>({ kind: 'start-time', within: '5m' }) }, looking())
  expect(seen()).toMatchObject({ kind: 'start-time', covered: true, value: { services: 2 } })
})

test('why nobody looked', () => {
  lookAway(wanted, (one) => journal.push(one), 'enough is known')
  expect(seen()).toEqual({ criterion: 'rows-come-back', kind: 'backup', value: [], covered: false, missing: 'enough is known' })
})
