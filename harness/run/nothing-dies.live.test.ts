// Kills a service of a real stack behind the harness's back: no criterion of the drill's own asks for it, yet it must fail.
import { expect, test } from 'vitest'
import type { Entry } from '../model/entry.ts'
import { killBehindBack } from './testing/kill-behind-back.ts'
import { loaded, run, suite } from './testing/live-runs.ts'

const title = 'If a service ends while all is quiet, does the drill fail?'
const load = { scenario: 'sample-processing', rate: '20/s', floor: '10/s' } as const
const quiet = loaded('unnoticed-death', { title, load, baseline: '2m', hold: '2m' })

suite('nothing dies', () => {
  test('sabotage: a service killed from outside fails the drill by name', async () => {
    let own = ''
    const kill = (entry: Entry) => {
      if (entry.type === 'run-opened') own = entry.run
      if (entry.type !== 'phase-began' || entry.phase !== 'baseline') return
      const victim = own
      // The phase is entered twice.
      own = ''
      if (victim !== '') void killBehindBack(victim, 'node-exporter')
    }
    const ran = await run([quiet], { onEntry: kill })
    expect(ran.record.opened.watched).toBe(true)
    const because = expect.stringMatching(/^node-exporter ended by itself with (signal SIGKILL|exit code 137 \(SIGKILL\)) in the baseline phase/)
    expect(ran.finding('nothing-dies')).toMatchObject({ verdict: 'fail', because })
    expect(ran.verdict).toBe('fail')
  })
})
