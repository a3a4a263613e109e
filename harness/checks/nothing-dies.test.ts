// No service may end that nobody asked to end, and nothing is said where nobody watched.
import { describe, expect, test } from 'vitest'
import { criteriaOf } from '../model/drill.ts'
import { KILLED_FOR_MEMORY } from '../model/engine.ts'
import type { Entry } from '../model/entry.ts'
import type { DrillRecord } from '../model/record.ts'
import { judgeDrill } from './judge.ts'
import { nothingDies } from './nothing-dies.ts'
import { aDrill, aFaultRecord, aRecord, at } from './testing/records.ts'

interface Death {
  readonly service?: string
  readonly how?: string
  readonly lastLines?: readonly string[]
}

let seq = 200
function death(seconds: number, { service = 'auth', how = 'exit code 1', lastLines = ['boom'] }: Death = {}): Entry {
  const stamp = { v: 1, seq: (seq += 1), at: at(seconds), drillId: 'slow-database' } as const
  return { ...stamp, type: 'service-died', service, how, lastLines }
}

function withDeaths(deaths: readonly Entry[], changes: Partial<DrillRecord> = {}): DrillRecord {
  const record = aRecord({ criteria: [{ kind: 'nothing-dies' }], ...changes })
  const phases = { 'warm-up': { from: at(-5), to: at(0) }, ...record.phases }
  return { ...record, phases, entries: [...record.entries, ...deaths] }
}

const judge = (...deaths: readonly Entry[]) => nothingDies.judge({ kind: 'nothing-dies' }, withDeaths(deaths))

test('passes when none died', () => {
  const restarted = { type: 'proxy-restarted', why: 'its version changed', restored: [] } as const
  expect(judge()).toMatchObject({ verdict: 'pass', because: 'none ended by itself in 3 min 2 s' })
  expect(nothingDies.judge({ kind: 'nothing-dies' }, aRecord({ happenings: [restarted] })).verdict).toBe('pass')
})

describe('fails, and says who, how, when and its last words', () => {
  test.each<[string, Entry, string]>([
    [
      'in the fault',
      death(75),
      'auth ended by itself with exit code 1 in the fault phase, 15.0 s after the fault: boom',
    ],
    [
      'before it',
      death(50, { how: 'signal SIGSEGV' }),
      'auth ended by itself with signal SIGSEGV in the baseline phase, 10.0 s before the fault: boom',
    ],
    [
      'in the warm-up',
      death(-2),
      'auth ended by itself with exit code 1 in the warm-up phase, 1 min 2 s before the fault: boom',
    ],
    [
      'in the recovery',
      death(125),
      'auth ended by itself with exit code 1 in the recovery phase, 1 min 5 s after the fault: boom',
    ],
    [
      'while everything is read',
      death(181),
      'auth ended by itself with exit code 1 after the last phase, 2 min 1 s after the fault: boom',
    ],
  ])('%s', (_, one, because) => {
    expect(judge(one)).toMatchObject({ verdict: 'fail', because, lines: [one.seq] })
  })

  test.each<[string, readonly string[], string]>([
    ['the last line that says something', ['first', ' FATAL: no space left ', ''], ': FATAL: no space left'],
    ['nothing', [''], ': it logged nothing'],
    ['no log', [], ': it logged nothing'],
    ['a long line', ['x'.repeat(5_000)], `: ${'x'.repeat(199)}…`],
  ])('%s', (_, lastLines, end) => {
    expect(judge(death(75, { lastLines })).because.split(' after the fault')[1]).toBe(end)
  })

  test('each of several, in order', () => {
    const [first, second] = [death(75), death(80, { service: 'sample', how: 'signal SIGKILL', lastLines: [] })]
    const { because, lines } = judge(first, second)
    expect(because).toBe(
      'auth ended by itself with exit code 1 in the fault phase, 15.0 s after the fault: boom; ' +
        'sample ended by itself with signal SIGKILL in the fault phase, 20.0 s after the fault: it logged nothing',
    )
    expect(lines).toEqual([first.seq, second.seq])
  })

  test('without a fault there is only a phase to tell', () => {
    const quiet = withDeaths([death(30)], { drill: aDrill({ faults: [] }), faults: [] })
    const phases = { baseline: { from: at(0), to: at(60) } }
    const { because } = nothingDies.judge({ kind: 'nothing-dies' }, { ...quiet, phases })
    expect(because).toBe('auth ended by itself with exit code 1 in the baseline phase: boom')
  })

  test('even when the fault was never proved', () => {
    expect(judgeDrill(withDeaths([death(75)], { faults: [] })).findings[0]?.verdict).toBe('fail')
  })
})

describe('a kill at the limit of memory that a fault has set', () => {
  const fault = { kind: 'memory_limit', service: 'auth', memory: '64m', for: '1m' } as const
  const faults = [aFaultRecord({ fault, target: 'auth' })]
  const begun = { v: 1, seq: 100, at: at(59), drillId: 'slow-database', type: 'fault-applying', index: 0, fault, target: 'auth', undo: { action: 'restore-memory', service: 'auth' } } as const
  const how = `exit code 137 (SIGKILL): ${KILLED_FOR_MEMORY}, at its limit of 64 MiB`
  const verdictOf = (one: Entry) => nothingDies.judge({ kind: 'nothing-dies' }, withDeaths([begun, one], { drill: aDrill({ faults: [fault] }), faults })).verdict

  test.each([59.5, 75, 119])('is that fault, %d s in', (seconds) => {
    expect(verdictOf(death(seconds, { how }))).toBe('pass')
  })

  test.each([
    ['before it', death(50, { how })],
    ['after it', death(125, { how })],
    ['of another service', death(75, { how, service: 'sample' })],
    ['of another cause', death(75, { how: 'exit code 134' })],
  ])('is not, %s', (_, one) => {
    expect(verdictOf(one)).toBe('fail')
  })
})

test.each<[string, DrillRecord['closed']]>([
  ['interrupted', { v: 1, seq: 300, at: at(70), type: 'drill-closed', reason: 'interrupted' }],
  ['broken off', { v: 1, seq: 300, at: at(70), type: 'drill-closed', reason: 'errored' }],
  ['never closed', undefined],
])('is inconclusive when the drill was %s, whether one died or not', (_, closed) => {
  for (const deaths of [[], [death(65)]]) {
    expect(judgeDrill(withDeaths(deaths, { closed })).findings.map(({ verdict }) => verdict)).toEqual(['inconclusive'])
  }
})

test('is implied where deaths are watched, before what they may have caused, and not asked for elsewhere', () => {
  const drill = aDrill({ criteria: [{ kind: 'recovers', within: '1m' }] })
  const kinds = (watched: boolean) => criteriaOf(drill, { watched }).map(({ kind }) => kind)
  expect(kinds(true)).toEqual(['faults-proved', 'load-delivered', 'targets-up', 'nothing-dies', 'recovers', 'others-silent'])
  expect(kinds(false)).toEqual(['faults-proved', 'load-delivered', 'targets-up', 'recovers', 'others-silent'])
})
