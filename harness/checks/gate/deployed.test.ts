// What is there and runs, what is there and does not, and what was only said to be there.
import { expect, test } from 'vitest'
import { aCheck, aFact, judgedBy } from '../testing/gate.ts'
import { deployed } from './deployed.ts'

const check = { kind: 'deployed' as const, services: ['web', 'vault'] }

test('running', () => {
  expect(judgedBy<'deployed'>({ ...check, services: ['web'] }, [{ service: 'web', state: 'running' }])).toMatchObject({ verdict: 'pass', because: 'running: web' })
})

test('a service that does not exist fails the claim that it does, and so does one that is stopped', () => {
  expect(judgedBy<'deployed'>(check, [{ service: 'web', state: 'stopped' }])).toMatchObject({ verdict: 'fail', because: 'vault is not part of the stack, web is stopped' })
})

test('a stack that nobody could look at says nothing', () => {
  const fact = aFact('deployed', [], { covered: false, missing: 'the engine did not answer' })
  expect(deployed.judge(aCheck<'deployed'>(check), { facts: [fact], drills: [] })).toMatchObject({ verdict: 'inconclusive', because: 'not all was seen: the engine did not answer' })
})
