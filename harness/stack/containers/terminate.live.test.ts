// A container that is told to stop: its own exit code, what it said last, and a killing where it does not listen.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logFile } from '../log-file.ts'
import { perlServer, stage, whyNoEngine } from './testing/stage.ts'
import type { Staged } from './testing/stage.ts'

const whyNot = await whyNoEngine()
const signal = new AbortController().signal
const deaf = ['perl', '-e', perlServer()[2]?.replace(/\$\$SIG\{TERM\} = sub \{[^}]*\}/, "$$$$SIG{TERM} = 'IGNORE'") ?? '']

describe.skipIf(whyNot !== '')(`containers that are told to stop${whyNot}`, () => {
  let staged: Staged
  beforeAll(async () => {
    staged = await stage({ a: {}, b: { command: deaf } })
    await staged.start()
  })
  afterAll(() => staged[Symbol.asyncDispose]())

  test('one that listens ends by itself, is no death that is news, and can be started again', async () => {
    const { rig } = staged.opened
    const stopped = await rig.terminate('a', 5_000)
    expect(stopped).toEqual({ ended: true, exitCode: 0, ms: expect.any(Number) })
    expect(stopped.ms).toBeLessThan(5_000)
    expect([await rig.state('a'), staged.deaths]).toEqual(['stopped', []])
    expect(readFileSync(logFile(join(staged.directory, 'artifacts'), 'a'), 'utf8')).toContain('ends')
    await rig.restart('a', signal)
    expect(await rig.state('a')).toBe('running')
  })

  test('one that does not is killed when time is up', async () => {
    const stopped = await staged.opened.rig.terminate('b', 1_000)
    expect(stopped).toEqual({ ended: false, ms: expect.any(Number) })
    expect(stopped.ms).toBeGreaterThan(900)
    expect(staged.deaths).toEqual([])
  })
})
