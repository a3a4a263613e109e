// Which of its edges are slowed while a service is told to stop.
import { expect, test } from 'vitest'
import { testStack } from '../../../faults/testing/test-stack.ts'
import { neededEdges } from './slowed.ts'

const edge = (from: string, to: string) => ({ name: `${from}->${to}`, from, to, listenPort: 1, upstreamPort: 1 })
const stack = testStack([edge('web', 'auth'), edge('web', 'mail'), edge('auth', 'db')], ['web', 'auth'].map((name) => ({ name, port: 1 })))
const waiting = (dependsOn: readonly string[]) => ({ ...stack, services: stack.services.map((spec) => ({ ...spec, dependsOn })) })
const names = (service: string, dependsOn: readonly string[]) => neededEdges(service, waiting(dependsOn)).map(({ name }) => name)

test('those that it waits for when it starts; all, where it waits for nobody', () => {
  expect(names('web', ['auth', 'proxy'])).toEqual(['web->auth'])
  expect(names('web', [])).toEqual(['web->auth', 'web->mail'])
  expect(names('auth', ['proxy'])).toEqual(['auth->db'])
})
