// The tools' own opinion of everything in this folder, as shipped and accelerated; they start nothing and need no
// network.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { inspectTools } from '../harness/stack/toolchain/inspect.ts'
import {
  accelerateAlertmanagerConfig,
  acceleratePrometheusConfig,
  accelerateRules,
} from '../harness/time/acceleration.ts'

const ALERTS = import.meta.dirname
const ROOT = join(ALERTS, '..')
const FACTORS = [2, 7, 30, 120, 1_000]

const tools = await inspectTools({ root: ROOT, env: process.env, names: ['promtool', 'amtool'] })
const missing = tools.filter(({ path }) => path === undefined).map(({ binary, remedy }) => `${binary}: ${remedy}`)
const files = await readdir(ALERTS)
const rules = files.filter((file) => file.endsWith('.rules.yml'))
const scratch = await mkdtemp(join(tmpdir(), 'alerts-'))
afterAll(() => rm(scratch, { recursive: true }))

/** Rejects, with what the tool printed, when it exits with anything but 0. */
async function run(binary: string, args: readonly string[]): Promise<string> {
  const path = tools.find((tool) => tool.binary === binary)?.path ?? binary
  const { stdout, stderr } = await promisify(execFile)(path, args, { timeout: 60_000, cwd: ALERTS })
  return stdout + stderr
}

/** A folder with the rules and Prometheus' configuration as they stand at this acceleration. */
async function folderAt(factor: number): Promise<string> {
  const folder = join(scratch, `x${factor}`)
  await mkdir(join(folder, 'rules'), { recursive: true })
  for (const file of rules) {
    await writeFile(
      join(folder, 'rules', file),
      accelerateRules(await readFile(join(ALERTS, file), 'utf8'), factor).text,
    )
  }
  const config = await readFile(join(ROOT, 'compose/observability/prometheus.yml'), 'utf8')
  await writeFile(join(folder, 'prometheus.yml'), acceleratePrometheusConfig(config, factor).text)
  const routes = await readFile(join(ALERTS, 'alertmanager.yml'), 'utf8')
  await writeFile(join(folder, 'alertmanager.yml'), accelerateAlertmanagerConfig(routes, factor).text)
  await cp(join(ALERTS, 'templates'), join(folder, 'templates'), { recursive: true })
  return folder
}

describe.skipIf(missing.length > 0)(
  `alerts, as the tools see them${missing.map((why) => ` (skipped: ${why})`).join('')}`,
  () => {
    test('the rules have neither errors nor lint', async () => {
      expect(await run('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', ...rules])).toContain('SUCCESS')
    })

    test.each(rules)('%s keeps what its unit tests say', async (file) => {
      expect(await run('promtool', ['test', 'rules', file.replace('.rules.yml', '.rules.test.yml')])).toContain(
        'SUCCESS',
      )
    })

    test('a rule that has lost its threshold is noticed by its unit tests', async () => {
      await cp(join(ALERTS, 'services.rules.test.yml'), join(scratch, 'services.rules.test.yml'))
      const text = await readFile(join(ALERTS, 'services.rules.yml'), 'utf8')
      await writeFile(join(scratch, 'services.rules.yml'), text.replace('ratio_rate5m > 0.05', 'ratio_rate5m > 0.5'))
      await expect(run('promtool', ['test', 'rules', join(scratch, 'services.rules.test.yml')])).rejects.toThrow(
        /HighErrorRate/,
      )
    })

    test.each([1, ...FACTORS])('Prometheus accepts configuration and rules at %dx', async (factor) => {
      const output = await run('promtool', [
        'check',
        'config',
        '--lint=all',
        '--lint-fatal',
        join(await folderAt(factor), 'prometheus.yml'),
      ])
      for (const file of rules) expect(output).toContain(file)
    })

    test.each([1, ...FACTORS])('Alertmanager accepts its configuration at %dx', async (factor) => {
      expect(await run('amtool', ['check-config', join(await folderAt(factor), 'alertmanager.yml')])).toContain(
        '15 receivers',
      )
    })
  },
)
