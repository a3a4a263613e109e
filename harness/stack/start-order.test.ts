// The order in which services start, and what one failure does to the others.
import { expect, test } from 'vitest'
import type { ServiceSpec } from '../model/stack.ts'
import { startInOrder } from './start-order.ts'

function service(name: string, ...dependsOn: readonly string[]): ServiceSpec {
  return { name, dependsOn, image: undefined, environment: {}, ports: [], mounts: [], harness: { command: [], tools: [], environment: {}, unprivileged: false, accelerate: [] } }
}

const never = new AbortController().signal
const turn = () => new Promise<void>((resolve) => queueMicrotask(resolve))

test('a service starts once after all it depends on, wherever it stands in the file', async () => {
  const told: string[] = []
  const start = async ({ name }: ServiceSpec) => {
    told.push(`${name} begins`)
    for (let i = 0; i < 5; i++) await turn()
    told.push(`${name} is ready`)
  }
  await startInOrder([service('gateway', 'auth', 'sample'), service('auth', 'db'), service('sample', 'db', 'auth'), service('db')], never, start)
  expect(told).toEqual(['db begins', 'db is ready', 'auth begins', 'auth is ready', 'sample begins', 'sample is ready', 'gateway begins', 'gateway is ready'])
})

test('what does not depend on each other starts side by side', async () => {
  const both = Promise.withResolvers<void>()
  const begun: string[] = []
  await startInOrder([service('a'), service('b')], never, async ({ name }) => {
    if (begun.push(name) === 2) both.resolve()
    await both.promise
  })
  expect(begun).toEqual(['a', 'b'])
})

test('the first failure ends the others, and is the one that is told', async () => {
  const ended: string[] = []
  const start = async ({ name }: ServiceSpec, signal: AbortSignal) => {
    if (name === 'broken') throw new Error('broken')
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      .finally(() => ended.push(name))
  }
  await expect(startInOrder([service('slow'), service('broken'), service('later', 'broken')], never, start)).rejects.toThrow('broken')
  expect(ended).toEqual(['slow'])
})

test('nothing starts once the run is interrupted', async () => {
  await expect(startInOrder([service('a')], AbortSignal.abort(new Error('interrupted')), async () => expect.unreachable())).rejects.toThrow('interrupted')
})
