// Restricted as declared, not so, contradicted by the engine, and run by none.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const all = { 'non-root': true, 'memory-limit': true, 'cpu-limit': true, 'health-check': true, 'restart-policy': true, 'read-only': true }
const check = { kind: 'container' as const, services: ['web'], traits: ['non-root' as const, 'memory-limit' as const] }

test('as declared, and as the engine sees it', () => {
  expect(judgedBy<'container'>(check, [{ service: 'web', declared: all }])).toMatchObject({ verdict: 'pass', because: '1 container, as declared; no engine ran them' })
  expect(judgedBy<'container'>({ ...check, proof: 'running' }, [{ service: 'web', declared: all, running: all }]).verdict).toBe('pass')
})

test('not declared, or said to be and not so', () => {
  expect(judgedBy<'container'>(check, [{ service: 'web', declared: { ...all, 'memory-limit': false } }])).toMatchObject({ verdict: 'fail', because: 'web does not have a memory limit' })
  expect(judgedBy<'container'>(check, [{ service: 'web', declared: { ...all, 'non-root': false } }]).because).toBe('web may run as root')
  expect(judgedBy<'container'>(check, [{ service: 'web', declared: all, running: { ...all, 'non-root': false } }]).because).toBe('web is said to not run as root, and the engine sees it otherwise')
})

test('no engine to ask, and a service that nobody looked at', () => {
  expect(judgedBy<'container'>({ ...check, proof: 'running' }, [{ service: 'web', declared: all }])).toMatchObject({ verdict: 'inconclusive', because: 'no engine runs web' })
  expect(judgedBy<'container'>(check, [])).toMatchObject({ verdict: 'inconclusive', because: 'nothing is known of web' })
})
