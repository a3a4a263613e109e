// A stack may name the folder of its dashboards, which then has to be there; Grafana itself is laid over it by whoever wants to look.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import { readStack } from './compose-file.ts'

const COMPOSE = join(import.meta.dirname, '../../compose/compose.yaml')
const GRAFANA = join(import.meta.dirname, '../../compose/grafana.yaml')
const FOLDER = join(import.meta.dirname, '../../compose/observability/grafana')
const directory = mkdtempSync(join(tmpdir(), 'dashboards-'))
afterAll(() => rmSync(directory, { recursive: true }))

test('its path counts from the first compose file', () => {
  expect(readStack(COMPOSE).stack?.harness.dashboards).toBe(FOLDER)
})

test('a folder that is not there is a mistake on its line', () => {
  const overlay = join(directory, 'overlay.yaml')
  writeFileSync(overlay, '# another\nx-harness: { dashboards: observability/grafna }\n')
  expect(readStack([COMPOSE, overlay]).problems.map(formatProblem)).toEqual([expect.stringMatching(/overlay\.yaml:2: observability\/grafna does not exist/)])
})

test('Grafana comes with its overlay, and sees the folder where the harness takes it to be', () => {
  const grafana = (files: readonly string[]) => readStack(files).stack?.services.find(({ name }) => name === 'grafana')
  expect(grafana([COMPOSE])).toBeUndefined()
  const service = grafana([COMPOSE, GRAFANA])
  expect(service?.mounts).toEqual(['provisioning', 'dashboards'].map((part) => ({ source: join(FOLDER, part), target: `/etc/grafana/${part}` })))
  expect(service?.container).toMatchObject({ readOnly: true, capDrop: ['ALL'], user: '472:0' })
  expect(service?.environment).toMatchObject({ GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer', GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true' })
})
