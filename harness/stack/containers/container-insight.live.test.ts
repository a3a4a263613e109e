// What is seen of real containers: as their engine has them, and from inside.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rig } from '../../model/stack.ts'
import { PORT, stage, whyNoEngine } from './testing/stage.ts'
import type { Staged } from './testing/stage.ts'

const whyNot = await whyNoEngine()
const mounted = mkdtempSync(join(tmpdir(), 'insight-mount-'))

describe.skipIf(whyNot !== '')(`inside containers${whyNot}`, () => {
  let staged: Staged
  let rig: Rig

  beforeAll(async () => {
    writeFileSync(join(mounted, 'up.yml'), 'mounted')
    const strict = { user: '65534:65534', readOnly: true, memory: '64m', cpus: '0.5' }
    staged = await stage({
      a: { dependsOn: ['b'], environment: { PACE: '60s' }, accelerate: ['PACE'], mounts: [{ source: mounted, target: '/etc/made' }], container: strict },
      b: { container: { healthcheck: { test: ['CMD', 'perl', '-e', 'exit 0'], interval: '1s' } } },
    }, { acceleration: 10 })
    rig = staged.opened.rig
    await staged.start()
  })
  afterAll(async () => {
    await staged?.[Symbol.asyncDispose]()
    rmSync(mounted, { recursive: true })
  })

  test('words, surroundings, files, log', async () => {
    expect((await rig.insight?.commandLine('a'))?.slice(0, 2)).toEqual(['perl', '-e'])
    expect(await rig.insight?.environment('a')).toMatchObject({ PACE: '6000ms' })
    expect(await rig.insight?.files('a')).toEqual([{ path: '/etc/made/up.yml', text: 'mounted' }])
    expect((await rig.insight?.log('b', 5))?.toSorted()).toEqual(['aside', 'begins'])
  })

  test('limits and doors', async () => {
    expect(await rig.insight?.traits('a')).toEqual({ 'non-root': true, 'memory-limit': true, 'cpu-limit': true, 'health-check': false, 'restart-policy': false, 'read-only': true })
    expect(await rig.insight?.traits('b')).toEqual({ 'non-root': false, 'memory-limit': false, 'cpu-limit': false, 'health-check': true, 'restart-policy': false, 'read-only': false })
    expect(await rig.insight?.listeners('a')).toEqual([{ port: PORT, address: '127.0.0.1', loopback: true }])
  })

  test('whom it reaches: what listens on its network, and nobody once the other is off it', async () => {
    expect([await rig.insight?.connects('a', 'b', PORT), await rig.insight?.connects('a', 'b', 81)]).toEqual([true, false])
    await rig.engine?.disconnect('b')
    expect(await rig.insight?.connects('a', 'b', PORT)).toBe(false)
    await rig.engine?.reconnect('b')
    expect(await rig.insight?.connects('a', 'b', PORT)).toBe(true)
  })
})
