// All runs on one page: trends told in words as well, the newest first, nothing lost, and fast with very many.
import { expect, test } from 'vitest'
import { anAlert, asked, drillOf, firedIn, historyOfRun } from '../../checks/testing/histories.ts'
import type { RunHistory } from '../../model/run-history.ts'
import { renderIndex } from './index-page.ts'
import type { AllRuns } from './index-page.ts'
import { alertLines, drillLines, gateLines, inARow, verdictOf } from './over-runs.ts'
import { cpuTime } from './testing/cpu-time.ts'
import { HOSTILE } from './testing/hostile.ts'
import { elementsOf, named, readPage, textIn } from './testing/read-page.ts'
import { medianOf, timeTrend, verdictTrend } from './trend.ts'
import { textOf } from './markup.ts'

const passed = historyOfRun([firedIn(20)], { run: '1' })
const failed = historyOfRun([drillOf({ verdict: 'fail' })], { run: '2', verdict: 'fail', because: '1 of 1 drills failed' })
const gate = historyOfRun([drillOf()], { run: '3', ms: 90_000, acceleration: 40, gates: [{ phase: 'phase-6', profile: 'smoke', verdict: 'fail', because: '1 of 9 blocking criteria failed' }, { phase: 'phase-4', profile: 'smoke', verdict: 'pass' }] })

function shown(runs: readonly RunHistory[], changes: Partial<AllRuns> = {}) {
  return readPage(renderIndex({ runs, reports: new Set(['3']), unjudged: [], unread: [], ...changes }))
}

test('a run that was made for a phase is judged by it', () => {
  expect([passed, failed, gate].map(verdictOf)).toEqual(['pass', 'fail', 'fail'])
  const page = shown([passed, failed, gate])
  expect(textIn(named(page, 'h1')[0] ?? '')).toBe('✕ Not ready : the newest of 3 runs, phase-6 (smoke), phase-4 (smoke)')
  const rows = named(named(page, 'table').find(({ attributes }) => attributes.id === 'runs-table') ?? '', 'tr').slice(1).map(textIn)
  expect(rows).toEqual([
    '3 2026-01-01 12:00 phase-6 (smoke), phase-4 (smoke) ✕ fail 1 of 9 blocking criteria failed 1 min 30 s 40x, local',
    '2 2026-01-01 12:00 slow ✕ fail 1 of 1 drills failed – production speed, local',
    '1 2026-01-01 12:00 slow ✓ pass the drill passes – production speed, local',
  ])
  expect(named(page, 'a').filter(({ attributes }) => attributes.href?.startsWith('runs/')).map(({ attributes }) => attributes.href)).toEqual(['runs/3/report.html'])
})

test('verdicts of each phase and drill, and since when it has been like this; repeats count as their worst', () => {
  expect(gateLines([passed, gate])).toMatchObject([{ name: 'phase-4, smoke', all: [{ run: '3', verdict: 'pass' }] }, { name: 'phase-6, smoke', all: [{ run: '3', verdict: 'fail' }] }])
  const repeated = historyOfRun([drillOf(), drillOf({ id: 'slow#2', verdict: 'inconclusive' })], { run: '4' })
  const [line] = drillLines([failed, passed, passed, repeated])
  expect(line?.all.map(({ verdict }) => verdict)).toEqual(['fail', 'pass', 'pass', 'inconclusive'])
  expect([[failed, passed, passed], [passed], [failed, passed]].map((runs) => inARow(drillLines(runs)[0] ?? { name: '', all: [] }))).toEqual([2, 1, 1])
})

test('detection times are those of production, of each run the slowest; a run in which nothing fired has none', () => {
  const fast = historyOfRun([drillOf({ alerts: [anAlert({ asked: [asked(1, { delivery: { ms: 2_000 } }), asked(2)] })] })], { run: '2', acceleration: 10 })
  const never = historyOfRun([drillOf({ alerts: [anAlert({ asked: [asked()] })] })], { run: '3' })
  expect(alertLines([passed, fast, never])).toEqual([{ alert: 'Slow', detection: [{ run: '1', ms: 20_000 }, { run: '2', ms: 20_000 }], delivery: [{ run: '2', ms: 20_000 }] }])
  expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([])]).toEqual([2, 2.5, 0])
})

test('a trend is said in words, and goes no further back than can be seen', () => {
  const label = (part: ReturnType<typeof verdictTrend>) => named(readPage(textOf(part)), 'svg')[0]?.attributes['aria-label']
  const many = Array.from({ length: 100 }, (_, index) => ({ run: `${index}`, verdict: index === 98 ? ('fail' as const) : ('pass' as const), ms: index * 1_000 }))
  expect(label(verdictTrend(many))).toBe('The last 40, oldest first: 39 pass, 1 fail')
  expect(label(timeTrend(many, 'Detection'))).toBe('Detection, the last 40, oldest first: from 1 min to 1 min 39 s')
  expect(textOf(timeTrend([{ run: '1', ms: 0 }], 'x'))).not.toContain('NaN')
})

test('without a run, with runs that are not judged, and with files that cannot be read', () => {
  expect(textIn(named(shown([]), 'main')[0] ?? '')).toMatch(/^No run is on record$/)
  expect(textIn(named(shown([passed], { unjudged: ['0', '9'], unread: ['7'] }), 'section')[0] ?? '')).toMatch(/2 runs left a journal and no verdict .* npx harness report 9 .* 1 run cannot be read: 7\.$/)
})

test('400 runs of 45 drills are rendered in less than 3 s, and nothing in them can break the page', async () => {
  const drills = Array.from({ length: 45 }, (_, index) => ({ ...firedIn(index), name: `drill-${index}${index === 0 ? HOSTILE : ''}` }))
  const runs = Array.from({ length: 400 }, (_, index) => historyOfRun(drills, { run: `2026-${String(index).padStart(3, '0')}`, because: HOSTILE }))
  let text = ''
  expect(await cpuTime(() => (text = renderIndex({ runs, reports: new Set(), unjudged: [], unread: [] })))).toBeLessThan(3_000)
  expect(text.length).toBeLessThan(3 * 2 ** 20)
  const ids = elementsOf(readPage(text)).flatMap(({ attributes: { id } }) => id ?? [])
  expect(new Set(ids).size).toBe(ids.length)
}, 60_000)

test('no two parts that scroll are called the same', () => {
  const labels = elementsOf(shown([passed, failed, gate])).flatMap(({ attributes }) => (attributes.role === 'region' ? [attributes['aria-label']] : []))
  expect(labels.length).toBeGreaterThan(3)
  expect(new Set(labels).size).toBe(labels.length)
})
