// What a run leaves behind: the same bytes however often it is rendered, what changed since the run before, and a page over all of them.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { cpuTime } from '../render/html/testing/cpu-time.ts'
import { named, readPage, textIn } from '../render/html/testing/read-page.ts'
import { historyDirectory, listHistory } from '../run/history-files.ts'
import { RENDERERS, writeReports } from './write-reports.ts'

const SAMPLE = join(import.meta.dirname, '../../reports/sample/smoke/journal.jsonl')

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reports-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
})

/** The journal that is committed, as if it had been written under another name. */
function aRun(run: string, change: (journal: string) => string = (journal) => journal) {
  const path = join(root, 'reports/runs', run)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'journal.jsonl'), change(readFileSync(SAMPLE, 'utf8').replace('20261121-085131-65f09e', run)))
  return { path, all: () => Object.keys(RENDERERS).map((file) => readFileSync(join(path, file), 'utf8')) }
}

function nobodyIsTold(journal: string): string {
  return journal.replaceAll(/^.*"probe":"delivery".*$/gm, (line) => line.replaceAll('"status":"firing"', '"status":"resolved"'))
}

test('every rendering is the same the second time, byte for byte, and so is the page over all runs', async () => {
  const [first, second] = [aRun('20260101-120000-aaaaaa'), aRun('20260102-120000-bbbbbb')]
  for (const run of [first, second]) await writeReports(run, root)
  const [before, index] = [second.all(), readFileSync(join(root, 'reports/index.html'), 'utf8')]
  expect(await cpuTime(() => writeReports(second, root))).toBeLessThan(3_000)
  expect(second.all()).toEqual(before)
  expect(readFileSync(join(root, 'reports/index.html'), 'utf8')).toBe(index)
})

test('the page says what changed since the run before, and of the first run nothing', async () => {
  const [first, second] = [aRun('20260101-120000-aaaaaa'), aRun('20260102-120000-bbbbbb', nobodyIsTold)]
  await writeReports(second, root)
  expect(readFileSync(join(second.path, 'report.html'), 'utf8')).not.toContain('id="changes"')
  await writeReports(first, root)
  await writeReports(second, root)
  const changes = named(readPage(readFileSync(join(second.path, 'report.html'), 'utf8')), 'section').find(({ attributes }) => attributes.id === 'changes')
  expect(changes && textIn(changes)).toMatch(/^What changed Since run 20260101-120000-aaaaaa : Worse: /)
})

test('the page over all runs leads to each report, and names what it cannot read or judge', async () => {
  await writeReports(aRun('20260101-120000-aaaaaa'), root)
  aRun('20260102-120000-bbbbbb')
  writeFileSync(join(historyDirectory(root), '20260103-120000-cccccc.json'), '{"torn')
  await writeReports(aRun('20260104-120000-dddddd'), root)
  rmSync(join(root, 'reports/runs/20260101-120000-aaaaaa'), { recursive: true })
  await writeReports(aRun('20260105-120000-eeeeee'), root)
  const page = readPage(readFileSync(join(root, 'reports/index.html'), 'utf8'))
  expect(named(page, 'a').flatMap(({ attributes: { href = '' } }) => (href.startsWith('runs/') ? [href] : []))).toEqual(['runs/20260105-120000-eeeeee/report.html', 'runs/20260104-120000-dddddd/report.html'])
  const head = textIn(named(page, 'section')[0] ?? '')
  expect(head).toMatch(/1 run left a journal and no verdict .* report 20260102-120000-bbbbbb .* cannot be read: 20260103-120000-cccccc\.$/)
})

test('a run that lies elsewhere leaves nothing under reports', async () => {
  const elsewhere = join(root, 'elsewhere')
  mkdirSync(elsewhere)
  copyFileSync(SAMPLE, join(elsewhere, 'journal.jsonl'))
  await writeReports({ path: elsewhere }, root)
  expect(listHistory(root)).toEqual([])
  expect(() => readFileSync(join(root, 'reports/index.html'))).toThrow(/ENOENT/)
})
