// Whoever is woken follows the runbook link of an alert: it has to lead somewhere, and every link inside README too.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

interface Rule {
  readonly alert?: string
  readonly annotations?: Readonly<Record<string, string>>
}

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').replaceAll(/^```.*?^```/gms, '')
const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.rules.yml'))
const alerts = files.flatMap(rulesOf).flatMap(({ alert, annotations }) => {
  return alert === undefined ? [] : [{ alert, runbook: annotations?.runbook ?? '' }]
})

function rulesOf(file: string): readonly Rule[] {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8')
  return parse(text).groups.flatMap(({ rules }: { rules: readonly Rule[] }) => rules)
}

/** As GitHub makes it: lower case, no punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-')
}

/** The lines between a heading and the next one. */
function sectionOf(anchor: string): readonly string[] {
  const sections = readme.split(/^#+ /m).slice(1)
  const found = sections.find((section) => anchorOf(section.split('\n')[0] ?? '') === anchor)
  return (found ?? '').split('\n').slice(1)
}

test.each(alerts)('$alert has a runbook that says what it means, what to look at and what to do', ({ runbook }) => {
  const [file, anchor = ''] = runbook.split('#')
  expect(file).toBe('README.md')
  expect(anchors).toContain(anchor)
  const lines = sectionOf(anchor)
  for (const word of ['- Means: ', '- Look at: ', '- Do: ']) {
    expect(lines.some((line) => line.startsWith(word)), word).toBe(true)
  }
})

test('no runbook is left of an alert that is gone', () => {
  const named = alerts.map(({ alert }) => anchorOf(`Runbook: ${alert}`))
  expect(anchors.filter((anchor) => anchor.startsWith('runbook-')).toSorted()).toEqual(named.toSorted())
})

test('every link inside README leads to one heading', () => {
  const links = [...readme.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor)
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter((anchor) => anchors.filter((one) => one === anchor).length !== 1)).toEqual([])
})
