// The page in a browser: quiet, cut off, quick, free of barriers, usable by key, and whole on paper. Without a Chromium it is skipped.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RENDERERS } from '../../commands/write-reports.ts'
import type { Judged } from '../../commands/write-reports.ts'
import { findChromium, openBrowser, overflow, violations, visit } from './testing/browser.ts'
import { aNight, gateOver, SAMPLE } from './testing/night.ts'
import { renderComparison } from './comparison-page.ts'
import { renderIndex } from './index-page.ts'
import { compareRuns } from '../../checks/compare-runs.ts'
import { historyOf } from '../../checks/run-history.ts'
import { judgePast } from '../../commands/write-reports.ts'
import type { RunHistory } from '../../model/run-history.ts'

const chromium = findChromium()
let directory: string
/** The night is the page of a run at its largest; what axe would find on it, it finds on that of a gate, in a tenth of the time. */
const PAGES = ['sample', 'gate', 'night', 'index', 'comparison'] as const
const FOR_AXE = ['gate', 'index', 'comparison'] as const
const LOOKS = [{ scheme: 'light' }, { scheme: 'dark' }, { width: 390 }] as const
/** A4 without its margins. A browser that prints shrinks what is wider to half its size at most. */
const PAPER = 718
/** Of the processor, for the clock on the wall tells how busy the machine is; both figures stand in the output. */
const SOON_ENOUGH = 5_000

function put(name: string, page: string): string {
  const path = join(directory, `${name}.html`)
  writeFileSync(path, page)
  return path
}

function pageOf(judged: Judged): string {
  return RENDERERS['report.html']?.(judged) ?? ''
}

/** A month of nights, in which some things went wrong and times wander. */
function manyRuns(history: RunHistory): readonly RunHistory[] {
  return Array.from({ length: 30 }, (_, index) => ({ ...history, run: `night-${index}`, drills: history.drills.map((drill, of) => ((index + of) % 7 === 0 ? { ...drill, verdict: 'fail' as const } : drill)) }))
}

function worse(history: RunHistory | undefined): RunHistory {
  if (history === undefined) throw new Error('there is no run')
  const drills = history.drills.map((drill) => ({ ...drill, verdict: 'pass' as const, alerts: drill.alerts.map((alert) => ({ ...alert, asked: alert.asked.map((one) => ({ ...one, fired: false, verdict: 'fail' as const })) })) }))
  return { ...history, drills }
}

function fileOf(name: string): string {
  return join(directory, `${name}.html`)
}

describe.skipIf(chromium === undefined)('in Chromium (skipped where there is none: HARNESS_CHROMIUM or PATH leads to it)', () => {
  let browser: Browser
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pages-'))
    put('sample', readFileSync(join(SAMPLE, 'report.html'), 'utf8'))
    const sample = await judgePast(SAMPLE)
    const gate = await gateOver(sample)
    put('gate', pageOf(gate))
    put('night', pageOf(await gateOver(await aNight())))
    const runs = [...manyRuns(historyOf(sample.record, sample.judgement)), historyOf(gate.record, gate.judgement, gate.gates)]
    put('index', renderIndex({ runs, reports: new Set(runs.map(({ run }) => run)), unjudged: [], unread: [] }))
    put('comparison', renderComparison(compareRuns(worse(runs[0]), historyOf(sample.record, sample.judgement))))
    browser = await openBrowser(chromium ?? '')
    // the first page of a browser waits for all that it loads but once
    await using _warm = await visit(browser, fileOf('comparison'))
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(directory, { recursive: true })
  })

  test.each(PAGES)('%s: small, soon usable, silent on the console, and asks for nothing', async (name) => {
    const bytes = readFileSync(fileOf(name)).length
    await using seen = await visit(browser, fileOf(name))
    process.stdout.write(`${name}: ${(bytes / 2 ** 20).toFixed(2)} MB, usable after ${Math.round(seen.ms)} ms, and ${Math.round(seen.cpuMs)} ms of the processor\n`)
    expect({ said: seen.said, asked: seen.asked }).toEqual({ said: [], asked: [] })
    expect(bytes).toBeLessThan(3 * 2 ** 20)
    expect(seen.cpuMs).toBeLessThan(SOON_ENOUGH)
  })

  test.each(FOR_AXE.flatMap((name) => LOOKS.map((look) => [name, look] as const)))('%s in %o: no barrier that axe knows', async (name, look) => {
    expect(await violations(browser, fileOf(name), look)).toEqual([])
  })

  test.each(PAGES)('%s: as wide as a phone', async (name) => {
    await using seen = await visit(browser, fileOf(name), { width: 390 })
    expect(await overflow(seen.page)).toBe(0)
  })

  test.each(PAGES)('%s: on paper nothing is cut off, folded away, or there to be clicked', async (name) => {
    await using seen = await visit(browser, fileOf(name), { width: PAPER })
    await seen.page.emulateMedia({ media: 'print' })
    await seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    const beyond = await overflow(seen.page)
    process.stdout.write(`${name}: ${beyond} px beyond the paper\n`)
    expect(beyond).toBeLessThan(PAPER)
    expect(await seen.page.locator('.drill > details:not([open])').count()).toBe(0)
    for (const one of ['header', 'form.filter', '#theme']) for (const found of await seen.page.locator(one).all()) expect(await found.isVisible()).toBe(false)
  })

  test('by key alone: to the main part, to the search, to a verdict', async () => {
    await using seen = await visit(browser, fileOf('gate'))
    const { page } = seen
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    const search = page.locator('form[data-for="claims-table"] input')
    for (let press = 0; press < 60 && !(await search.evaluate((one) => one.matches(':focus'))); press += 1) await page.keyboard.press('Tab')
    const shown = page.locator('form[data-for="claims-table"] output')
    const rows = page.locator('#claims-table tbody tr:visible')
    const all = await rows.count()
    await page.keyboard.type('scraped auth')
    expect(await shown.textContent()).toMatch(/^\d+ of \d+ shown$/)
    const some = await rows.count()
    expect([some > 0, some < all]).toEqual([true, true])
    await search.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Tab')
    await page.keyboard.type('fail')
    expect(await rows.count()).toBe(await page.locator('#claims-table tbody tr[data-verdict=fail]').count())
  })

  test('by key alone: from the table of drills to one that is folded, which then stands open', async () => {
    await using seen = await visit(browser, fileOf('night'))
    const link = seen.page.locator('#drills-table tr[data-verdict=pass] a').first()
    const where = await link.getAttribute('href')
    expect(await seen.page.locator(`${where} > details[open]`).count()).toBe(0)
    await link.focus()
    await seen.page.keyboard.press('Enter')
    await seen.page.waitForSelector(`${where} > details[open]`, { timeout: 10_000 })
  })

  test('the eyes of these tests see: a request, an error, a barrier', async () => {
    const good = readFileSync(fileOf('sample'), 'utf8').replace(/<meta http-equiv[^>]*>/, '')
    const bad = put('bad', good.replace('<h2 ', '<img src="http://192.0.2.1/pixel.png"><script>console.warn("boo"); undefined.x</script><h2 '))
    await using seen = await visit(browser, bad)
    expect(seen.asked).toEqual(['http://192.0.2.1/pixel.png'])
    expect(seen.said.join('\n')).toMatch(/warning: boo[^]*undefined/)
    expect((await violations(browser, bad, {})).join('\n')).toMatch(/^image-alt, 1 times/m)
  })

  test('hostile markup has no say even without the escaping: the policy forbids what is not our own', async () => {
    const spoiled = put('spoiled', readFileSync(fileOf('sample'), 'utf8').replace('<h2 ', '<img src="http://192.0.2.1/pixel.png"><script>document.title = "taken"</script><h2 '))
    await using seen = await visit(browser, spoiled)
    expect(await seen.page.title()).not.toBe('taken')
    expect(seen.said.length).toBeGreaterThan(1)
    for (const line of seen.said) expect(line).toContain('Content Security Policy')
  })
})
