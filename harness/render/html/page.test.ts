// The page as a whole: well-formed, complete in itself, usable by ear and by key, the same for the same journal, and safe from what it shows.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeRun } from '../../checks/judge.ts'
import { judgePast } from '../../commands/write-reports.ts'
import type { Comparison } from '../../model/comparison.ts'
import type { GateFinding, GateJudgement } from '../../model/gate-finding.ts'
import { GATE } from '../testing/gate.ts'
import { broken, brokenJudgement, judgement as madeJudgement, record as madeRecord } from '../testing/made-up.ts'
import { renderHtml } from './page.ts'
import { SCRIPT } from './script.ts'
import { elementsOf, named, readPage, textIn } from './testing/read-page.ts'
import type { Element } from './testing/read-page.ts'
import { cpuTime } from './testing/cpu-time.ts'
import { HOSTILE, hostile } from './testing/hostile.ts'
import { aNight, gateOver } from './testing/night.ts'

const sample = join(import.meta.dirname, '../../../reports/sample/smoke')
const { record, judgement } = await judgePast(sample)
const poisoned = hostile(record)
const gate: GateJudgement = {
  ...GATE,
  findings: GATE.findings.map((finding): GateFinding => {
    const { criterion } = finding
    if (criterion.id === 'shop-opens') return { ...finding, criterion: { ...criterion, check: { kind: 'drill', drills: ['auth-crash'] } } }
    return criterion.id === 'shop-pays' ? { ...finding, because: `p95 of 400 ms ${HOSTILE}` } : finding
  }),
}

const changes: Comparison = {
  before: { run: 'run-0', at: '2026-01-01T00:00:00Z', command: 'c', runtime: 'local', acceleration: 40, verdict: 'pass' },
  after: { run: 'run-1', at: '2026-01-02T00:00:00Z', command: 'c', runtime: 'local', acceleration: 40, verdict: 'fail' },
  common: ['quiet'],
  phases: [],
  onlyBefore: [],
  onlyAfter: [],
  notes: [`other rules ${HOSTILE}`],
  changes: [
    { kind: 'drill', direction: 'worse', drill: 'quiet', before: { pass: 1, fail: 0, inconclusive: 0 }, after: { pass: 0, fail: 1, inconclusive: 0 }, because: 'lost `2` of 9' },
    { kind: 'alert', direction: 'changed', drill: 'quiet', alert: 'Down', before: 'silent', after: 'allowed' },
  ],
  compared: { claims: 0, criteria: 4, times: 2 },
}

const pages: Readonly<Record<string, string>> = {
  sample: renderHtml(record, judgement),
  'sample of a phase': renderHtml(record, judgement, { gates: [gate, { ...GATE, phase: 'phase-2', verdict: 'pass', reasons: [] }] }),
  'made up': renderHtml(madeRecord, madeJudgement, { changes }),
  broken: renderHtml(broken, brokenJudgement),
  hostile: renderHtml(poisoned, judgeRun(poisoned)),
}
const read: readonly (readonly [string, Element])[] = Object.entries(pages).map(([name, page]) => [name, readPage(page)])

describe.each(read)('%s', (_name, page) => {
  const all = elementsOf(page)

  test('headings follow one another without a gap, the first is the verdict', () => {
    const levels = all.filter((one) => /^h[1-6]$/.test(one.name)).map((one) => Number(one.name.slice(1)))
    expect(levels[0]).toBe(1)
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
  })

  test('every id is there once, and every link inside leads to one', () => {
    const ids = all.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]))
    expect(new Set(ids).size).toBe(ids.length)
    const wanted = all.flatMap(({ attributes }) => [attributes.href?.replace(/^#/, ''), attributes['aria-labelledby'], attributes['aria-details'], attributes['data-for']])
    expect(wanted.filter((id) => id !== undefined && id !== 'data:,' && !ids.includes(id))).toEqual([])
  })

  test('nothing is fetched, and nothing runs but its own script', () => {
    const fetching = all.filter(({ attributes }) => 'src' in attributes || 'srcset' in attributes || 'action' in attributes || /^(?!#|data:,$)/.test(attributes.href ?? '#'))
    expect(fetching).toEqual([])
    expect(all.filter(({ attributes }) => Object.keys(attributes).some((key) => key.startsWith('on') || key === 'style'))).toEqual([])
    expect(named(page, 'script').map(({ children }) => children)).toEqual([[SCRIPT]])
    expect(named(page, 'style').map(textIn).join()).not.toMatch(/url\(|@import/)
    expect(all.filter((one) => ['img', 'iframe', 'object', 'embed', 'base'].includes(one.name))).toEqual([])
  })

  test('tables have captions and headed rows and columns, pictures have words', () => {
    for (const table of named(page, 'table')) {
      expect(textIn(named(table, 'caption')[0] ?? '')).not.toBe('')
      expect(named(table, 'th').filter(({ attributes }) => !['col', 'row'].includes(attributes.scope ?? ''))).toEqual([])
    }
    const silent = named(page, 'svg').filter(({ attributes }) => attributes['aria-hidden'] !== 'true' && (attributes.role !== 'img' || !attributes['aria-label']))
    expect(silent).toEqual([])
    expect(all.filter(({ attributes }) => attributes.role === 'region' && attributes.tabindex !== '0')).toEqual([])
  })

  test('no two parts that scroll are called the same', () => {
    const labels = all.flatMap(({ attributes }) => (attributes.role === 'region' ? [attributes['aria-label']] : []))
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
  })

  test('it has one main part, a way to it, and a name', () => {
    expect(['main', 'header', 'nav', 'footer', 'title'].map((part) => named(page, part).filter(({ children }) => children.length > 0).length)).toEqual([1, 1, 1, 1, expect.any(Number)])
    expect(named(page, 'html')[0]?.attributes.lang).toBe('en')
    expect(named(page, 'a')[0]?.attributes).toEqual({ class: 'skip', href: '#main' })
  })

  test('no verdict is said by colour alone', () => {
    for (const mark of all.filter(({ attributes }) => attributes.class?.startsWith('mark '))) expect(textIn(mark)).toMatch(/^[✓✕?↷∅…] \S/)
  })
})

test('hostile names are shown and do nothing', () => {
  expect(pages.hostile).not.toContain('<img')
  expect(['\0', '\u202E'].filter((sign) => pages.hostile?.includes(sign))).toEqual([])
  expect(textIn(readPage(pages.hostile ?? ''))).toContain('<img src=x onerror=alert(1)>"\'&lt;</script>')
})

test('the verdict comes first, then what it stands on or why', () => {
  expect(textIn(named(readPage(pages.sample ?? ''), 'h1')[0] ?? '')).toBe('✓ Ready : all 5 drills pass')
  const [section] = named(readPage(pages['made up'] ?? ''), 'section')
  expect(section && textIn(section)).toMatch(/^✕ Not ready : 1 of 3 drills failed .* Why ✕ fail slow-database: no service ends by itself/)
  expect(textIn(named(readPage(pages.broken ?? ''), 'h1')[0] ?? '')).toMatch(/^\? Not proved : stack failed/)
})

test('a phase puts its own verdict and claims first, each reason with the command that looks again', () => {
  const page = readPage(pages['sample of a phase'] ?? '')
  expect(textIn(named(page, 'h1')[0] ?? '')).toMatch(/^✕ Not ready : phase-1: 1 of 4 blocking criteria failed/)
  expect(textIn(named(page, 'ul').find(({ attributes }) => attributes.class === 'others') ?? '')).toMatch(/^✓ Ready phase-2: /)
  const reasons = named(named(page, 'ol')[0] ?? '', 'li').map(textIn)
  expect(reasons).toHaveLength(3)
  expect(named(named(page, 'nav')[0] ?? '', 'a').map(textIn)).toEqual(expect.arrayContaining(['Claims of phase-1', 'Claims of phase-2']))
  expect(reasons[0]).toMatch(/^✕ fail shop-pays: The shop says shop-pays\. .* journal\.jsonl:5-6, 9 Again: npx harness gate phase-1 --profile smoke --only shop-pays --accelerate 40$/)
})

test('claims: what failed first, each once, with what was asked and measured, its evidence and its command', () => {
  const page = readPage(pages['sample of a phase'] ?? '')
  const claimed = named(page, 'table').find(({ attributes }) => attributes.id === 'claims-table')
  const rows = claimed === undefined ? [] : named(claimed, 'tr').slice(1)
  expect(rows.map(({ attributes }) => attributes['data-verdict'])).toEqual(['fail', 'fail', 'inconclusive', 'skipped', 'pass', 'undecidable', 'later'])
  expect(textIn(rows[0] ?? '')).toMatch(/^shop-pays The shop says shop-pays\. Is it so\? report, claims 2, 3 ✕ fail blocking p95 of 400 ms .* asked: part of the stack: web again: npx harness gate phase-1 --profile smoke --only shop-pays --accelerate 40 journal\.jsonl:5-6, 9 /)
  expect(textIn(rows[4] ?? '')).toContain('auth-crash')
  expect(textIn(rows[5] ?? '')).toMatch(/∅ undecidable advisory A smell has no figure\. asked: no machine can decide it here none of its own$/)
  expect(textIn(rows[6] ?? '')).toContain('gate phase-1 --profile nightly --only shop-lasts')
})

test('what changed since the run before, where that is known', () => {
  const [table] = named(readPage(pages['made up'] ?? ''), 'table')
  expect(table && named(table, 'tr').map(textIn).slice(1)).toEqual(['quiet: fail, before pass ▼ worse lost 2 of 9', 'quiet: Down allowed, before silent ◆ changed'])
  expect(pages.sample).not.toContain('id="changes"')
})

test('the policy names the style and script that are on the page', () => {
  const policy = named(readPage(pages.sample ?? ''), 'meta').find(({ attributes }) => attributes['http-equiv'] !== undefined)?.attributes.content
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; script-src 'sha256-[\w+/]+=*'; img-src data:; base-uri 'none'; form-action 'none'$/)
})

test('the same journal gives the same bytes', async () => {
  const again = await judgePast(sample)
  expect(renderHtml(again.record, again.judgement)).toBe(pages.sample)
  expect(pages.sample).toBe(readFileSync(join(sample, 'report.html'), 'utf8'))
})

test('a night of 45 drills is under 3 MB and takes under 3 s', async () => {
  const night = await gateOver(await aNight())
  let page = ''
  const ms = await cpuTime(() => (page = renderHtml(night.record, night.judgement, { gates: night.gates })))
  expect(ms).toBeLessThan(3_000)
  expect(night.judgement.drills).toHaveLength(45)
  expect(Buffer.byteLength(page)).toBeLessThan(3 * 2 ** 20)
  expect(() => readPage(page)).not.toThrow()
}, 60_000)
