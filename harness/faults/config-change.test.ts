// A change of configuration without a service: what becomes of the text, what counts as seen, and when the original comes back.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultOf } from '../model/fault.ts'
import { config_change } from './config-change.ts'
import { changeConfig, changedText, restoreConfig } from './config-file.ts'
import type { Sight } from './fault-kind.ts'
import { sayLook } from './look-words.ts'

const TEXT = `# jobs of the shop
jobs:
  - name: web # the front
    pace: 15s
  - name: db
    expr: |
      up == 0
      or down
`

describe('the text', () => {
  test('a node is taken out, and all else stays', () => {
    expect(changedText(TEXT, { at: 'jobs[name=web]' })).toBe('# jobs of the shop\njobs:\n  - name: db\n    expr: |\n      up == 0\n      or down\n')
    expect(changedText(TEXT, { at: 'jobs[name=web].pace' })).toBe(TEXT.replace('    pace: 15s\n', ''))
  })

  test('a node becomes a scalar, whatever it was', () => {
    expect(changedText(TEXT, { at: 'jobs[name=web].pace', to: '1ms' })).toBe(TEXT.replace('15s', '1ms'))
    expect(changedText(TEXT, { at: 'jobs[name=web].pace', to: 7 })).toBe(TEXT.replace('15s', '7'))
    expect(changedText(TEXT, { at: 'jobs', to: false })).toBe('# jobs of the shop\njobs: false\n')
    expect(changedText(TEXT, { at: 'jobs[name=db].expr', to: 'up == 1' })).toMatch(/expr: \|-?\n {6}up == 1\n$/)
  })

  test('there is nothing to change in what is not there, or is no YAML', () => {
    expect(changedText(TEXT, { at: 'jobs[name=auth]' })).toBeUndefined()
    expect(changedText('jobs: [', { at: 'jobs' })).toBeUndefined()
  })
})

describe('the file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'config-change-'))
  const file = join(directory, 'web.yml')
  let reloads = 0
  const rig = { configFile: (_: string, path: string) => join(directory, path), reload: async () => void reloads++ }
  const place = { service: 'web', file: 'web.yml' }
  beforeEach(() => {
    writeFileSync(file, TEXT)
    reloads = 0
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  test('is the same one all the time, and as it was at the end, however often it is restored', async () => {
    const { ino } = statSync(file)
    await changeConfig(place, { at: 'jobs[name=web]' }, rig)
    expect(readFileSync(file, 'utf8')).not.toContain('web')
    expect(reloads).toBe(1)
    await restoreConfig(place, rig)
    await restoreConfig(place, rig)
    expect([readFileSync(file, 'utf8'), statSync(file).ino, reloads]).toEqual([TEXT, ino, 2])
  })

  test('of a harness that died before it changed anything nothing is restored', async () => {
    writeFileSync(`${file}.before.part`, 'half of')
    await restoreConfig(place, rig)
    expect([readFileSync(file, 'utf8'), reloads]).toEqual([TEXT, 0])
  })

  test('of one that died while it wrote all is', async () => {
    await changeConfig(place, { at: 'jobs[name=web]' }, rig)
    writeFileSync(file, 'job')
    await restoreConfig(place, rig)
    expect([readFileSync(file, 'utf8'), existsSync(`${file}.before`)]).toEqual([TEXT, false])
  })

  test('is not touched when it does not hold what is to be changed', async () => {
    await expect(changeConfig(place, { at: 'jobs[name=auth]' }, rig)).rejects.toMatchObject({ code: 'FAULT_NOT_APPLIED', message: 'web.yml of web has nothing at jobs[name=auth]' })
    expect([readFileSync(file, 'utf8'), reloads, existsSync(`${file}.before`)]).toEqual([TEXT, 0, false])
  })
})

describe('the judge', () => {
  const fault: FaultOf<'config_change'> = { kind: 'config_change', service: 'web', file: '/web.yml', at: 'jobs', shows: { path: '/config', text: 'web' }, for: '1m' }
  const judge = config_change.judge(fault)
  const page = (found: boolean, status = 200): Sight => ({ outcome: 'answered', totalMs: 3, bytes: 10, chunks: 1, sent: 1, firstByteMs: 3, status, said: { text: 'web', found } })
  const silent: Sight = { outcome: 'silent', totalMs: 2_000, bytes: 0, chunks: 0, sent: 1 }

  test.each([true, false])('it bites when the text was there before or not (%s) and has turned over', (found) => {
    const before = page(found)
    expect(judge.blind(before)).toBeUndefined()
    expect([page(!found), page(found), page(!found, 500), silent].map((seen) => judge.bites(before, seen))).toEqual([true, false, false, false])
    expect([page(found), page(!found), page(found, 500), silent].map((seen) => judge.gone(before, seen))).toEqual([true, false, false, false])
  })

  test('a page that could not be read before shows nothing', () => {
    expect(judge.blind(page(true, 404))).toBe('its page could not be read before the fault')
    expect(judge.blind(page(true))).toBeUndefined()
  })

  test('in words', () => {
    expect(sayLook(page(true))).toMatch(/; status 200; says `web`$/)
    expect(sayLook(page(false))).toMatch(/; status 200; does not say `web`$/)
  })
})
