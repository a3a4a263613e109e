// A page as a reader's browser shows it, cut off from every network: what it says on its console, what it asks for, and what axe finds. For the tests.
import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { systemClock } from '../../../time/clock.ts'
import { poll } from '../../../time/poll.ts'

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What HARNESS_CHROMIUM names, else the first on PATH: playwright's own download is no part of the package. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['HARNESS_CHROMIUM']
  const places = (env['PATH'] ?? '').split(delimiter).flatMap((directory) => NAMES.map((name) => join(directory, name)))
  return (named === undefined ? places : [named]).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Root may not use the sandbox, and a container has little shared memory. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0, args: ['--disable-gpu', '--disable-dev-shm-usage'] })
}

export interface Look {
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  /** Only for axe, which has to be put into the page. */
  readonly bypassCSP?: boolean
}

export interface Visit extends AsyncDisposable {
  readonly page: Page
  /** Everything that was said on the console, and every error. */
  readonly said: readonly string[]
  /** Everything that was asked for besides the page itself. */
  readonly asked: readonly string[]
  /** From the call to a page that can be used, real milliseconds. */
  readonly ms: number
  /** Milliseconds for which its process kept the processor busy until then: the same on a busy machine. */
  readonly cpuMs: number
}

/** Its script has run, and the first frame was painted. Asked from here, for the policy of the page forbids to ask again from within. */
const USABLE = "document.querySelector('#theme').hidden === false && performance.getEntriesByType('paint').length > 0"

export async function visit(browser: Browser, file: string, { scheme = 'light', width = 1_280, bypassCSP = false }: Look = {}): Promise<Visit> {
  const options: BrowserContextOptions = { colorScheme: scheme, viewport: { width, height: 900 }, offline: true, bypassCSP }
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const [said, asked]: [string[], string[]] = [[], []]
  const address = pathToFileURL(file).href
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(error.message))
  page.on('request', (request) => request.url().split('#')[0] !== address && !request.url().startsWith('data:') && asked.push(request.url()))
  const meter = await context.newCDPSession(page)
  await meter.send('Performance.enable')
  const began = performance.now()
  await page.goto(address, { waitUntil: 'load' })
  await poll({ clock: systemClock, within: 60_000, every: 10, what: 'the page to be usable' }, () => page.evaluate<boolean>(USABLE))
  const ms = performance.now() - began
  const { metrics } = await meter.send('Performance.getMetrics')
  const cpuMs = 1_000 * (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Infinity)
  return { page, said, asked, ms, cpuMs, [Symbol.asyncDispose]: () => context.close() }
}

/** Which colours are on a page changes nothing else, and how wide it is changes no colour: so each is asked of once. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** One line for each violation, with everything that can be folded standing open. */
export async function violations(browser: Browser, file: string, look: Look): Promise<readonly string[]> {
  await using seen = await visit(browser, file, { ...look, bypassCSP: true })
  await seen.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
  await seen.page.evaluate(`${AXE}; undefined`)
  const asked = JSON.stringify({ ...rulesFor(look), resultTypes: ['violations'] })
  return await seen.page.evaluate<readonly string[]>(`axe.run(document, ${asked}).then(({ violations }) => violations.map(({ id, nodes }) => id + ', ' + nodes.length + ' times: ' + nodes[0].html.slice(0, 160) + ' ' + nodes[0].failureSummary))`)
}

function rulesFor({ scheme, width }: Look): object {
  if (scheme === 'dark') return { runOnly: { type: 'rule', values: COLOUR_RULES } }
  const rules = width === undefined ? {} : { rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])) }
  return { runOnly: { type: 'tag', values: RULES }, ...rules }
}

/** How much wider the page is than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}
