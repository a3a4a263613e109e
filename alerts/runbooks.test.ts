// Whoever is woken follows the runbook of an alert: it has to be there and say what to do, and its links have to lead
// somewhere, those of README too.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Rule {
  readonly alert?: string
  readonly annotations?: Readonly<Record<string, string>>
}

const ROOT = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const readme = read('README.md').replaceAll(/^```.*?^```/gms, '')
const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
const pages = readdirSync(join(import.meta.dirname, 'runbooks')).map((file) => `alerts/runbooks/${file}`)

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.rules.yml'))
const alerts = files.flatMap(rulesOf).flatMap(({ alert, annotations }) => {
  return alert === undefined ? [] : [{ alert, runbook: annotations?.runbook ?? '' }]
})

function rulesOf(file: string): readonly Rule[] {
  return parse(read(`alerts/${file}`)).groups.flatMap(({ rules }: { rules: readonly Rule[] }) => rules)
}

/** As GitHub makes it: lower case, no punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-')
}

/** The paths that a page links to, from the root; addresses and headings are none. */
function linkedFrom(page: string): readonly string[] {
  const targets = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => target)
  return targets.filter((target) => !target.includes('://')).map((target) => join(dirname(page), target))
}

test.each(alerts)('$alert has a runbook that says what it means, what to look at and what to do', ({ alert, runbook }) => {
  expect(pages).toContain(runbook)
  const lines = read(runbook).split('\n')
  expect(lines[0]).toBe(`# ${alert}`)
  for (const word of ['- Means: ', '- Look at: ', '- Do: ']) {
    expect(lines.filter((line) => line.startsWith(word)), word).toHaveLength(1)
  }
})

test('no runbook is left of an alert that is gone', () => {
  expect(pages.toSorted()).toEqual(alerts.map(({ runbook }) => runbook).toSorted())
})

test('every link inside README leads to one heading', () => {
  const links = [...readme.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor)
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter((anchor) => anchors.filter((one) => one === anchor).length !== 1)).toEqual([])
})

test.each(['README.md', ...pages])('every file that %s links to is there', (page) => {
  expect(linkedFrom(page).filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})
