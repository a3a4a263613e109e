// harness gate as a user meets it, on a small stack: exit codes, reports, what stops early, and an interrupt in the middle of what hurts.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { listRuns } from '../run-directory.ts'
import { runningStacks } from '../running-stacks.ts'
import type { RunningStack } from '../running-stacks.ts'
import { cli, startCli } from '../testing/cli.ts'
import { ROOT, SABOTAGE, rigOn, startStack, stopStack, suite, testWorld } from '../testing/live-runs.ts'

const files = SABOTAGE.flatMap((file) => ['-f', file])

interface Reported {
  readonly verdict: string
  readonly gates: readonly { readonly phase: string; readonly verdict: string; readonly findings: readonly { readonly criterion: { readonly id: string }; readonly verdict: string; readonly how: string; readonly because: string; readonly lines: readonly number[] }[] }[]
}

/** Verdict of each criterion, with its reason where there is one to be looked at. */
function found(out: string) {
  const { verdict, gates } = JSON.parse(out) as Reported
  return { verdict, of: new Map(gates[0]?.findings.map((finding) => [finding.criterion.id, finding])) }
}

let stack: RunningStack
suite('harness gate', () => {
  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stopStack(stack))

  const on = () => ['--on', stack.directory.run, ...files]

  test('each criterion by evidence of its own; what informs does not decide; reports and the job of GitHub are told', async () => {
    const summary = join(tmpdir(), `summary-${process.pid}.md`)
    onTestFinished(() => rmSync(summary, { force: true }))
    const { code, out, err } = await startCli(['gate', 'shop', '--json', '--skip', 'starts=the stack is up already', ...on()], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }).ended
    const { verdict, of } = found(out)
    expect([...of].map(([id, { verdict: came, how }]) => [id, came, how])).toEqual([
      ['runs', 'pass', 'judged'],
      ['starts', 'inconclusive', 'skipped'],
      ['is-healthy', 'pass', 'judged'],
      ['is-counted', 'pass', 'judged'],
      ['has-a-kitchen', 'fail', 'judged'],
      ['comes-back', 'inconclusive', 'another-profile'],
    ])
    expect({ verdict, code }).toEqual({ verdict: 'inconclusive', code: 3 })
    expect(err).toContain('::error title=shop starts%3A skipped::')
    const { path } = listRuns(ROOT).at(-1) ?? { path: '' }
    const text = (file: string) => readFileSync(join(path, file), 'utf8')
    expect(text('report.md')).toMatch(/^# Not proved: shop\n/)
    expect(readFileSync(summary, 'utf8')).toBe(text('report.md'))
    expect(text('junit.xml').match(/<testcase /g)).toHaveLength(6)
    expect(JSON.parse(text('badge.json'))).toMatchObject({ label: 'shop', message: 'not proved' })
    expect((await cli('report', path)).code).toBe(3)
  })

  test('a service that is away turns exactly what depends on it, and --fail-fast begins nothing more', async () => {
    const rig = await rigOn(stack)
    await rig.kill('auth')
    onTestFinished(() => rig.restart('auth', new AbortController().signal))
    const { code, out } = await cli('gate', 'shop', '--json', '--fail-fast', '--only', 'runs', '--only', 'is-counted', ...on())
    const { of } = found(out)
    expect(code).toBe(1)
    expect(of.get('runs')).toMatchObject({ verdict: 'fail', because: expect.stringContaining('auth') })
    expect(of.get('is-counted')).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('--fail-fast') })
  })

  test('Ctrl-C while a service is away: it is back, and the exit code is 130', async () => {
    const before = new Set(listRuns(ROOT).map(({ run }) => run))
    const harness = startCli(['gate', 'shop', '--profile', 'nightly', '--only', 'comes-back', ...on()])
    await poll({ clock: systemClock, within: 90_000, every: 20, what: 'sample to be away' }, async () => {
      const path = listRuns(ROOT).find(({ run }) => !before.has(run))?.path ?? ''
      return existsSync(join(path, 'undo.jsonl')) && readFileSync(join(path, 'undo.jsonl'), 'utf8').includes('pending')
    })
    process.kill(harness.pid, 'SIGINT')
    expect((await harness.ended).code).toBe(130)
    // another process has started it again, so that what is known of the stack has to be read anew
    const now = (await runningStacks(testWorld())).find(({ directory }) => directory.run === stack.directory.run)
    expect(await (now && (await rigOn(now)).state('sample'))).toBe('running')
  })

  test('mistakes are told at once, with what was meant, and nothing is started', async () => {
    const before = listRuns(ROOT).length
    const { code, err } = await cli('gate', 'shp', '--only', 'run', ...files)
    expect({ code, runs: listRuns(ROOT).length }).toEqual({ code: 2, runs: before })
    expect(err).toContain('there is no phase shp: did you mean shop?')
    const { err: second } = await cli('gate', 'shop', '--only', 'run', '--skip', 'is-healthy', ...files)
    expect(second).toMatch(/shop has no criterion run: did you mean runs\?.*|--skip is-healthy gives no reason/)
  })
})
