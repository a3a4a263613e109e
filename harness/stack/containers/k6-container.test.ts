// What the engine is asked for when k6 runs in a container.
import { expect, test } from 'vitest'
import { fakeClock } from '../../time/clock.ts'
import { definitionOf } from './k6-container.ts'
import { RUN_LABEL } from './labels.ts'

const place = { image: 'grafana/k6:2.2.0', network: 'n1', run: 'r1', clock: fakeClock(), env: {} }
const order = { args: ['run', 'a.js'], directory: '/runs/r1/artifacts/quiet#2', stdout: '/o', stderr: '/e', env: { RATE: '20', PATH: undefined } }
const definition = definitionOf(place, order, '1000:1000')

test('it is found by the label of its run alone: a service it is not', () => {
  expect(definition.Labels).toEqual({ [RUN_LABEL]: 'r1' })
  expect(definition.name).toBe('r1-k6-quiet-2')
})

test('it sees its own directory under its own path, as the user of the harness, and may do nothing else', () => {
  const host = definition.HostConfig
  expect(definition).toMatchObject({ Cmd: ['run', 'a.js'], WorkingDir: order.directory, User: '1000:1000', Env: ['RATE=20'] })
  expect(host?.Mounts).toEqual([{ Type: 'bind', Source: order.directory, Target: order.directory }])
  expect(host).toMatchObject({ NetworkMode: 'n1', ReadonlyRootfs: true, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] })
})

test('nothing holds the load back', () => {
  expect(Object.keys(definition.HostConfig ?? {}).filter((key) => /memory|cpu|pids/i.test(key))).toEqual([])
})
