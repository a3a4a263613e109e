// What k6 is told must come from the drill alone.
import { expect, test } from 'vitest'
import { fakeClock } from '../time/clock.ts'
import { k6Process } from './k6-process.ts'
import { artifactsIn } from './load-artifacts.ts'
import { environmentOf } from './start-load.ts'

const options = {
  launch: k6Process('/tools/k6'),
  scenarioFile: '/repo/scenarios/auth.ts',
  artifactsDir: '/run/load',
  baseUrl: 'http://127.0.0.1:20000',
  rate: 20,
  run: 'abc123',
  clock: fakeClock(),
  signal: new AbortController().signal,
}

test('a scenario gets its settings and secrets, and nothing of the user that could overrule them', () => {
  const given = { K6_VUS: '1', K6_DURATION: '1s', RATE: '99', JWT_SECRET: 'secret' }
  const env = environmentOf({ ...options, env: given }, artifactsIn('/run/load'))
  expect(env).toMatchObject({ BASE_URL: 'http://127.0.0.1:20000', RATE: '20', RUN: 'abc123', DURATION: '21600000ms' })
  expect(env).toMatchObject({ JWT_SECRET: 'secret' })
  expect(env).toMatchObject({ SUMMARY: '/run/load/k6-summary.json' })
  expect(Object.keys(env)).not.toContain('K6_VUS')
  expect(Object.keys(env)).not.toContain('K6_DURATION')
})

test('nothing of k6 listens beyond this machine or calls out', () => {
  const env = environmentOf({ ...options, env: { K6_WEB_DASHBOARD_HOST: '0.0.0.0' } }, artifactsIn('/run/load'))
  expect(env).toMatchObject({ K6_WEB_DASHBOARD_HOST: '127.0.0.1', K6_WEB_DASHBOARD_PORT: '0' })
  expect(env).toMatchObject({ K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false' })
})
