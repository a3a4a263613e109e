// The address of the front door depends on where k6 stands, and so does how it is found when its harness is gone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINI_STACK } from '../drill/testing/mini-stack.ts'
import type { K6 } from '../model/k6.ts'
import type { Rig } from '../model/stack.ts'
import { writeState } from '../stack/state.ts'
import { fakeClock } from '../time/clock.ts'
import { approach } from './approach.ts'
import type { World } from './session.ts'

const rig = { stack: MINI_STACK, edgeAddress: (edge: string) => ({ host: `published-${edge}`, port: 12_345 }) } as unknown as Rig
const world: World = { root: '/', clock: fakeClock(), env: { PATH: '/bin', SECRET: 'x' }, signal: new AbortController().signal, onLeft: () => undefined }

let stackDirectory = ''
beforeAll(() => {
  stackDirectory = mkdtempSync(join(tmpdir(), 'approach-'))
})
afterAll(() => rmSync(stackDirectory, { recursive: true }))

function approached(k6: K6 | undefined) {
  return approach({ k6, run: 'r1', rig, stackDirectory }, world)
}

test('a process takes the address that this machine is given', () => {
  expect(approached({ way: 'process', binary: '/bin/k6' })).toMatchObject({ way: 'process', baseUrl: 'http://published-client->web:12345' })
})

test('a container takes the name and port of the compose file', () => {
  const common = { run: 'r0', files: [], acceleration: 1, keptUp: false, startedAt: 0 }
  writeState(stackDirectory, { ...common, runtime: 'containers', network: 'n1', images: {} })
  expect(approached({ way: 'container', image: 'k6' })).toMatchObject({ way: 'container', baseUrl: 'http://toxiproxy:20000' })
})

test('a container has no way to a stack without a network', () => {
  writeState(stackDirectory, { run: 'r0', files: [], acceleration: 1, keptUp: false, startedAt: 0, runtime: 'local', subnet: '127.9.9', data: '/d', pids: {} })
  expect(() => approached({ way: 'container', image: 'k6' })).toThrow('no network for k6')
})

test('without any k6 there is no load, and that is a defect of ours', () => {
  expect(() => approached(undefined)).toThrow(expect.objectContaining({ code: 'BUG' }))
})
