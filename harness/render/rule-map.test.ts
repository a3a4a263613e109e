// Rules against drills: each word for what a rule came to, repeats counted together, and when there is no such table.
import { expect, test } from 'vitest'
import { alerts, blind, clock, rules, snapshot, spell } from '../checks/testing/evidence.ts'
import { judgeRun } from '../checks/judge.ts'
import { aDrill, aRecord, aRun } from '../checks/testing/records.ts'
import type { RecordChanges, Told } from '../checks/testing/records.ts'
import { EACH_EDGE } from '../model/drill.ts'
import type { DrillRecord } from '../model/record.ts'
import { renderMarkdown } from './markdown.ts'
import { ruleMap } from './rule-map.ts'

const expected = { kind: 'alert-fires', alert: 'SlowResponseTime', resolves: false } as const
const known: readonly Told[] = [clock(), snapshot(), rules()]
const slow = spell('firing', [80, 125])
const down = (from: number) => spell('firing', [from, 90], { alert: 'Down', labels: { service: 'auth' } })

function drillOf(name: string, evidence: readonly Told[], changes: RecordChanges = {}): DrillRecord {
  return aRecord({ id: name, drill: aDrill({ name: name.replace(/#\d/, '') }), evidence, criteria: [expected, { kind: 'others-silent', allow: [{ alert: 'SlowResponseTime' }] }], ...changes })
}

const unasked = { criteria: [{ kind: 'others-silent', allow: [{ alert: 'Down' }] }] } as const
const drills = [
  drillOf('fires', [...known, alerts(slow)]),
  drillOf('fires#2', [...known, alerts()]),
  drillOf('misses', [...known, alerts(down(70))]),
  drillOf('blind', [...known, blind(alerts())]),
  drillOf('quiet', [...known, alerts(down(70))], unasked),
  drillOf('late', [...known, alerts(down(-20), slow)], unasked),
]
const mapOf = (own: readonly DrillRecord[]) => {
  const run = aRun({ drills: own })
  return ruleMap(run, judgeRun(run))
}

test('each word', () => {
  const rows = mapOf(drills).filter((line) => line.startsWith('| '))
  expect(rows).toEqual([
    '| alert | fires | misses | blind | quiet | late |',
    '| --- | --- | --- | --- | --- | --- |',
    '| Down | 2 silent | **unasked** | not seen | allowed | since before |',
    '| SlowResponseTime | 1 fired, 1 **missing** | **missing** | not judged | silent | **unasked** |',
  ])
})

test('a rule that did nothing is named below, but for the heartbeat', () => {
  const [first, ...others] = drills
  const other = aRecord({ ...first, evidence: [rules({ alert: 'Unheard' }), rules({ alert: 'Watchdog' })], criteria: [{ kind: 'heartbeat-arrives', alert: 'Watchdog', receiver: 'x' }] })
  expect(mapOf([...others, other])).toContain('Loaded, not asked for, and seen firing in none of them: Unheard.')
})

test('it is part of the report from three drills with alerts on, and not of those that hurt each edge in turn', () => {
  const own = [drillOf('a', [...known, alerts(slow)]), drillOf('b', [...known, alerts(slow)]), drillOf('c', [...known, alerts(slow)])]
  const run = aRun({ drills: own })
  expect(renderMarkdown(run, judgeRun(run))).toContain('## Alerts and drills')
  expect(mapOf(own.slice(1))).toEqual([])
  expect(mapOf([...own.slice(1), drillOf('quiet', [...known, alerts()], unasked)])).toEqual([])
  expect(mapOf(own.map((one) => ({ ...one, drill: { ...one.drill, tags: [EACH_EDGE] } })))).toEqual([])
})
