// Inheritance down Alertmanager's route tree.
import { expect, test } from 'vitest'
import { receiversOf } from './route-waits.ts'

test('a route that says nothing inherits from the one above it', () => {
  const yaml = `
route:
  receiver: default
  group_wait: 10s
  group_interval: 1m
  routes:
    - receiver: backend
      group_wait: 5s
      routes: [{matchers: ['severity="critical"'], group_interval: 2m}]
    - {receiver: platform}
    - {receiver: backend, group_wait: 30s}
    - {receiver: backend, group_wait: 1s, group_interval: 1s}`
  expect(receiversOf(yaml)).toEqual([
    { receiver: 'default', groupWaitMs: 10_000, groupIntervalMs: 60_000 },
    { receiver: 'backend', groupWaitMs: 30_000, groupIntervalMs: 120_000 },
    { receiver: 'platform', groupWaitMs: 10_000, groupIntervalMs: 60_000 },
  ])
})

test("where the root says nothing Alertmanager's defaults hold", () => {
  expect(receiversOf('route: {receiver: a}')).toEqual([{ receiver: 'a', groupWaitMs: 30_000, groupIntervalMs: 300_000 }])
})

test.each(['', 'receivers: []', 'route: {receiver: a, group_wait: soon}', 'route: [', 'route: {receiver: a, routes: [7]}'])('%j is refused', (yaml) => {
  expect(() => receiversOf(yaml)).toThrow()
})
