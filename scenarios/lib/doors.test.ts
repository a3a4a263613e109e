// The doors hostile journeys try: one of every service that users reach, under a prefix that leads there.
import { expect, test } from 'vitest'
import { ROUTES, UPSTREAMS } from '../../compose/services/kit/service-routes.ts'
import { DOORS, refusedBy, SHUT } from './doors.ts'
import { judge } from './expectation.ts'

/** Auth has doors of its own kind, and no user reaches event analytics. */
const WITHOUT = ['auth', 'event-analytics']

/** Where the gateway leads a path: the longest prefix that fits. */
function leadsTo(path: string): string | undefined {
  const fitting = ROUTES.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
  return fitting.toSorted((a, b) => b.prefix.length - a.prefix.length)[0]?.upstream
}

test('every service behind the gateway has one', () => {
  expect(DOORS.map(({ service }) => service).toSorted()).toEqual(UPSTREAMS.filter((name) => !WITHOUT.includes(name)).toSorted())
})

test.each(DOORS.map((door) => [door.service, door] as const))('both paths of %s lead there', (service, { look, change }) => {
  expect([look, change.path].map(leadsTo)).toEqual([service, service])
})

test('a refusal that tells data is none', () => {
  const shut = { error: 'authentication_error', message: 'no', detail: 'no' }
  expect(judge(SHUT, { status: 401, body: shut, error: '' }).good).toBe(true)
  expect(judge(SHUT, { status: 401, body: { ...shut, data: [] }, error: '' })).toMatchObject({ good: false, why: 'data is [], expected undefinedOnly' })
})

test.each(DOORS.map((door) => [door.service, door] as const))('what %s lets in is acknowledged, and not good', (_, door) => {
  expect(judge(refusedBy(door), { status: 200, body: { data: [] }, error: '' })).toMatchObject({ type: 'acknowledged', good: false })
  expect(judge(refusedBy(door), { status: 401, body: undefined, error: '' }).good).toBe(door.says === undefined)
})
