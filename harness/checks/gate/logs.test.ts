// Lines a machine can read, lines it cannot, lines that lead nowhere, and a silent service.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const check = { kind: 'logs' as const, services: ['web'], fields: ['level'], joined: true }
const seen = { service: 'web', lines: 10, structured: 10, fields: { level: 10 }, joined: 4 }

test('structured, whole, and joined', () => {
  expect(judgedBy<'logs'>(check, [seen])).toMatchObject({ verdict: 'pass', because: '10 lines of 1 service' })
})

test.each([
  [{ structured: 9, example: 'Listening on 80' }, '1 of 10 lines of web are not structured, such as Listening on 80'],
  [{ fields: { level: 8 } }, 'web has lines without level'],
  [{ joined: 0 }, 'no line of web leads to a trace'],
])('%o is not', (changes, because) => {
  expect(judgedBy<'logs'>(check, [{ ...seen, ...changes }])).toMatchObject({ verdict: 'fail', because })
})

test('a service that logs nothing says nothing', () => {
  expect(judgedBy<'logs'>(check, [{ ...seen, lines: 0, structured: 0 }])).toMatchObject({ verdict: 'inconclusive', because: 'web logged nothing' })
})
