// A bad configuration against a real Prometheus: it is read, it is proved, it is taken back by whoever finds the undo log, and it is gone.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultOf } from '../model/fault.ts'
import type { Rig } from '../model/stack.ts'
import { foundTool } from '../stack/toolchain/testing/found-tool.ts'
import { systemClock } from '../time/clock.ts'
import type { World } from './fault-kind.ts'
import { applyFault, lookAt, performUndo, proveFault, proveGone, undoOf } from './index.ts'
import { liveProcess } from './testing/live-process.ts'
import { testStack } from './testing/test-stack.ts'

const prometheusBinary = await foundTool('prometheus')
const ADDRESS = { host: '127.65.36.1', port: 9090 }
const signal = new AbortController().signal
/** Five times as fast: for proofs that must wait in vain. */
const hurried = { now: () => Date.now() * 5, sleep: (ms: number, stop?: AbortSignal) => systemClock.sleep(ms / 5, stop) }

const directory = mkdtempSync(join(tmpdir(), 'config-live-'))
const CONFIG = `# what is scraped
global: { scrape_interval: 1s }
rule_files: [${directory}/a.rules.yml]
scrape_configs:
  - job_name: itself # and nobody else
    static_configs: [{ targets: ['${ADDRESS.host}:${ADDRESS.port}'] }]
`
const RULES = 'groups: [{ name: a, interval: 1s, rules: [{ alert: Down, expr: up == 0 }] }]\n'
const prometheus = liveProcess({
  argv: [prometheusBinary ?? '', `--config.file=${directory}/prometheus.yml`, `--storage.tsdb.path=${directory}/tsdb`, `--web.listen-address=${ADDRESS.host}:${ADDRESS.port}`],
  address: ADDRESS,
})
const job: FaultOf<'config_change'> = {
  kind: 'config_change',
  service: 'prometheus',
  file: '/prometheus.yml',
  at: 'scrape_configs[job_name=itself]',
  shows: { path: '/api/v1/status/config', text: 'job_name: itself' },
  for: '1m',
}
const rule: FaultOf<'config_change'> = { ...job, file: '/a.rules.yml', at: 'groups[name=a].rules[alert=Down].expr', to: 'up == 7', shows: { path: '/api/v1/rules', text: 'up == 7' } }

/** As each process of the harness would have it: nothing is known but what lies on disk. */
function worldWith(reload: Rig['reload']): World {
  const stack = testStack([], [{ name: 'prometheus', port: ADDRESS.port }])
  const rig = { stack, runtime: 'local', address: () => ADDRESS, configFile: (_: string, path: string) => join(directory, path), reload } as unknown as Rig
  return { rig, clock: systemClock } as unknown as World
}
const world = () => worldWith(async () => prometheus.reload())

async function begin(fault: FaultOf<'config_change'>, own = world()) {
  const ref = { index: 0, fault, target: 'prometheus' }
  const before = await lookAt(ref, own, signal)
  const undo = await undoOf(ref, own)
  await applyFault(ref, own, signal)
  return { ref, before, undo }
}

describe.skipIf(!prometheusBinary)('with a real Prometheus (skipped when the harness has none)', () => {
  beforeAll(async () => {
    writeFileSync(join(directory, 'prometheus.yml'), CONFIG)
    writeFileSync(join(directory, 'a.rules.yml'), RULES)
    await prometheus.start()
  })
  afterAll(async () => {
    await prometheus.kill()
    rmSync(directory, { recursive: true, force: true })
  })

  test.each([job, rule])('$at bites, is undone twice by another process, and is gone', async (fault) => {
    const { ref, before, undo } = await begin(fault)
    const bite = await proveFault({ ref, before }, world(), signal)
    expect(bite).toMatchObject({ holds: true, what: 'spoke to prometheus directly and read what it says of its configuration' })
    expect(await proveGone({ ref, before }, { ...world(), clock: hurried }, signal)).toMatchObject({ holds: false })
    await performUndo(undo, world(), signal)
    await performUndo(undo, world(), signal)
    expect(await proveGone({ ref, before }, world(), signal)).toMatchObject({ holds: true })
    expect([readFileSync(join(directory, 'prometheus.yml'), 'utf8'), readFileSync(join(directory, 'a.rules.yml'), 'utf8')]).toEqual([CONFIG, RULES])
  })

  test('sabotage: a configuration that nobody reads, or that Prometheus refuses, is not proved', async () => {
    const deaf = worldWith(async () => undefined)
    const refused = { ...job, at: 'global.scrape_interval', to: 'often', shows: { ...job.shows, text: 'often' } }
    for (const [fault, own] of [[job, deaf], [refused, world()]] as const) {
      const { ref, before, undo } = await begin(fault, own)
      const bite = await proveFault({ ref, before }, { ...own, clock: hurried }, signal)
      expect(bite).toMatchObject({ holds: false, seen: expect.stringContaining(fault.shows.text) })
      await performUndo(undo, world(), signal)
    }
  })

  test('a page that is not there shows nothing, and a dead service is no page', async () => {
    const { ref, before, undo } = await begin({ ...job, shows: { path: '/nowhere', text: 'job_name' } })
    expect(await proveFault({ ref, before }, { ...world(), clock: hurried }, signal)).toMatchObject({ holds: false, seen: expect.stringContaining('could not be read before') })
    await performUndo(undo, world(), signal)
    await prometheus.kill()
    expect(await lookAt({ ...ref, fault: job }, world(), signal)).toMatchObject({ outcome: 'closed' })
    await prometheus.start()
  })
})
