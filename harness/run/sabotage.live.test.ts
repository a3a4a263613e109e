// Breaks one thing at a time on a real stack. Nothing here may come out as pass but the one control.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDrill } from '../drill/read-drill.ts'
import type { Drill } from '../model/drill.ts'
import type { Entry } from '../model/entry.ts'
import type { Rig } from '../model/stack.ts'
import { markedProcesses } from '../stack/local/marks.ts'
import type { RunningStack } from './running-stacks.ts'
import { loaded, rigOn, run, startStack, stopStack, suite } from './testing/live-runs.ts'

const load = { scenario: 'sample-processing', rate: '20/s', floor: '10/s' } as const
const baseline = '2m'
const scrapeBlocked = { kind: 'outage', edge: 'prometheus->sample', for: '8m' } as const
const sampleDown = { kind: 'alert-fires', alert: 'SampleDown', labels: { service: 'sample' }, receiver: 'platform' } as const
const blocked = { title: 'If Prometheus cannot scrape sample, are we told?', load, baseline, faults: [scrapeBlocked] } satisfies Partial<Drill>

/** Does something the moment the journal says that something has happened. */
function when(type: Entry['type'], act: (entry: Entry) => void): (entry: Entry) => void {
  return (entry) => void (entry.type === type && act(entry))
}

let stack: RunningStack
let rig: Rig
suite('sabotage', () => {
  beforeAll(async () => {
    stack = await startStack()
    rig = await rigOn(stack)
  })
  afterAll(() => stopStack(stack))

  test('control: what is right passes, in TypeScript and in YAML alike', async () => {
    const files = ['control.ts', 'control-in-yaml.yaml'].map((file) => join(import.meta.dirname, 'testing/drills', file))
    const reads = await Promise.all(files.map(readDrill))
    const ran = await run(reads.flatMap(({ drill }) => drill ?? []), { on: stack })
    const verdicts = ran.drills.map(({ findings }) => findings.map(({ criterion, verdict }) => [criterion.kind, verdict]))
    expect(ran.drills.flatMap(({ findings }) => findings).filter(({ verdict }) => verdict !== 'pass')).toEqual([])
    expect(verdicts).toEqual([verdicts[0], verdicts[0]])
    expect(ran.verdict).toBe('pass')
  })

  test('a threshold out of reach, a label that matches nothing, a wrong receiver and a second alert each fail with their cause', async () => {
    const expects = ['ThresholdOutOfReach', 'LabelMatchesNothing'].map((alert) => ({ kind: 'alert-fires', alert, receiver: 'platform' }) as const)
    const ran = await run([loaded('wrong-rules', { ...blocked, criteria: [...expects, { ...sampleDown, receiver: 'backend' }] })], { on: stack })
    expect(ran.verdict).toBe('fail')
    expect(ran.finding('alert-fires', 'ThresholdOutOfReach')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/never held: highest value seen 1, needs > 2/) })
    expect(ran.finding('alert-fires', 'LabelMatchesNothing')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/no series matches `up\{service="smaple"\}`; the nearest is up\{/) })
    expect(ran.finding('alert-fires', 'SampleDown')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/deliver.*platform/) })
    expect(ran.finding('others-silent')).toMatchObject({ verdict: 'fail', because: expect.stringContaining('SecondAlert') })
  })

  test('a fault on a disabled proxy is inconclusive', async () => {
    const proxies = `${rig.observer('toxiproxy')}/proxies/${encodeURIComponent('auth->jaeger')}`
    const enable = (enabled: boolean) => fetch(proxies, { method: 'POST', body: JSON.stringify({ enabled }) })
    await enable(false)
    const ran = await run([loaded('disabled-proxy', { ...blocked, faults: [{ kind: 'latency', edge: 'auth->jaeger', latency: '1s', for: '2m' }] })], { on: stack }).finally(() => enable(true))
    expect(ran).toMatchObject({ verdict: 'inconclusive' })
    expect(ran.drills[0]?.findings[0]?.because).toMatch(/auth->jaeger.*disabled/)
  })

  test('a bad configuration that is not seen where it should be is inconclusive, and is taken back', async () => {
    const config = async () => (await fetch(`${rig.observer('prometheus')}/api/v1/status/config`)).text()
    const before = await config()
    const shows = { path: '/api/v1/status/config', text: 'job_name: auth' }
    const change = { kind: 'config_change', service: 'prometheus', file: '/etc/prometheus/prometheus.yml', at: 'scrape_configs[job_name=sample]', shows, for: '2m' } as const
    const ran = await run([loaded('unseen-change', { ...blocked, faults: [change] })], { on: stack })
    expect(ran).toMatchObject({ verdict: 'inconclusive' })
    expect(ran.drills[0]?.findings[0]?.because).toMatch(/config_change on prometheus did not bite.*says `job_name: auth`/)
    expect(await config()).toBe(before)
  })

  test('load below its floor is inconclusive', async () => {
    let own = ''
    const learn = when('run-opened', (entry) => (own = 'run' in entry ? entry.run : ''))
    const stopLoad = when('fault-proved', () => markedProcesses().forEach(({ run: mark, service, id }) => mark === own && !service && process.kill(id.pid, 'SIGSTOP')))
    const ran = await run([loaded('no-load', { ...blocked, criteria: [sampleDown], allow: [{ alert: 'SecondAlert' }] })], { on: stack, onEntry: (entry) => [learn, stopLoad].forEach((act) => act(entry)) })
    expect(ran.finding('load-delivered')).toMatchObject({ verdict: 'inconclusive', because: expect.stringMatching(/fault phase/) })
    expect(ran.verdict).toBe('inconclusive')
  })

  test('Prometheus unreachable in mid-drill is inconclusive', async () => {
    const freeze = when('fault-proved', () => void rig.freeze('prometheus'))
    const thaw = when('fault-gone', () => void rig.thaw('prometheus'))
    const ran = await run([loaded('blind', { ...blocked, criteria: [sampleDown], allow: [{ alert: 'SecondAlert' }] })], { on: stack, onEntry: (entry) => [freeze, thaw].forEach((act) => act(entry)) })
    expect(ran.verdict).toBe('inconclusive')
    expect(ran.finding('others-silent').because).toMatch(/evaluat|Prometheus/)
  })

  test('Jaeger stopped is inconclusive', async () => {
    const criteria = [{ kind: 'trace-shows', edge: 'api-gateway->sample', during: 'baseline' } as const]
    await rig.kill('jaeger')
    const ran = await run([loaded('no-jaeger', { ...blocked, faults: [], hold: '2m', criteria })], { on: stack })
    await rig.restart('jaeger', AbortSignal.timeout(30_000))
    expect(ran.finding('trace-shows')).toMatchObject({ verdict: 'inconclusive', because: expect.stringMatching(/Jaeger/i) })
    expect(ran.verdict).toBe('inconclusive')
  })

  test('an alert that never resolves fails, and what comes after it is inconclusive: it was firing already', async () => {
    const never = { kind: 'alert-fires', alert: 'CounterWithoutRate', receiver: 'backend' } as const
    const faults = [{ kind: 'outage', edge: 'api-gateway->sample', for: '4m' } as const]
    const ran = await run([loaded('never-resolves', { ...blocked, faults, criteria: [never] })], { on: stack })
    expect(ran.finding('alert-fires')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/still firing/) })
    const next = await run([loaded('already-firing', { ...blocked, faults, criteria: [never] })], { on: stack })
    expect(next).toMatchObject({ verdict: 'inconclusive' })
    expect(next.drills[0]?.findings[0]?.because).toMatch(/already firing.*CounterWithoutRate/)
  })

  test('users who were not served, an alert that nothing held back, and a receiver that took nothing fail', async () => {
    const faults = [
      { kind: 'outage', edge: 'api-gateway->sample', for: '8m' },
      { kind: 'receiver_broken', receiver: 'platform', how: '500', for: '9m' },
      scrapeBlocked,
    ] as const
    const criteria = [{ kind: 'users-served', good: 0.99 }, { kind: 'alert-inhibited', alert: 'SecondAlert' }, sampleDown] as const
    const ran = await run([loaded('not-served', { ...blocked, faults: [...faults], criteria: [...criteria], allow: [{ alert: 'CounterWithoutRate' }] })], { on: stack })
    expect(ran.finding('faults-proved')).toMatchObject({ verdict: 'pass' })
    expect(ran.finding('users-served')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/promised/) })
    expect(ran.finding('alert-inhibited')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/never seen to hold it back/) })
    expect(ran.finding('alert-fires', 'SampleDown')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/deliver/) })
  })

  test('a program that hurts nobody is inconclusive', async () => {
    const script = { kind: 'script', script: 'pretend', service: 'sample', for: '2m' } as const
    const idle = await run([loaded('hurts-nobody', { ...blocked, faults: [script], criteria: [{ kind: 'recovers', within: '5m' }] })], { on: stack })
    expect(idle.finding('faults-proved')).toMatchObject({ verdict: 'inconclusive' })
  })

  test('a service that drops acknowledged writes, and broken trace propagation, fail', async () => {
    const criteria = [
      { kind: 'nothing-lost', scenario: 'sample-processing' },
      { kind: 'trace-shows', edge: 'api-gateway->sample', atLeast: 3, during: 'baseline' },
    ] as const
    const env = { SAMPLE_DEFECTS: 'drop-acknowledged-writes', API_GATEWAY_DEFECTS: 'no-trace-propagation' }
    const ran = await run([loaded('defects', { ...blocked, faults: [], hold: '6m', criteria: [...criteria] })], { env })
    expect(ran.finding('nothing-lost')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/lost|not stored/) })
    expect(ran.finding('trace-shows')).toMatchObject({ verdict: 'fail', because: expect.stringMatching(/none of sample|propagat/) })
    expect(ran.verdict).toBe('fail')
  })
})
