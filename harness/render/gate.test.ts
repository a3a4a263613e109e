// A gate's judgement as people read it: reasons first, every criterion once, and nothing a report says that could break a table or a terminal.
import { expect, test } from 'vitest'
import { renderGateConsole } from './gate-console.ts'
import { renderGateMarkdown } from './gate.ts'
import { GATE } from './testing/gate.ts'

const OPENED = { command: 'npx harness gate phase-1 --runtime local', acceleration: 40 }

test('for a terminal', () => {
  expect(renderGateConsole(GATE)).toMatchInlineSnapshot(`
    "PASS          shop-opens  running: web
    FAIL          shop-pays
                  claimed:  The shop says shop-pays. [report]
                  asked:    part of the stack: web
                  measured: till | drawer is *not* part of the stack (journal.jsonl:5-6, 9)
    INCONCLUSIVE  shop-counts
                  claimed:  The shop says shop-counts. [report]
                  asked:    part of the stack: web
                  measured: nobody looked
    SKIPPED       shop-cleans  left out: no broom
    FAIL          shop-shines (advisory)
                  claimed:  The shop says shop-shines. [report]
                  asked:    part of the stack: web
                  measured: lamp is stopped (journal.jsonl:4)
    UNDECIDABLE   shop-smells (advisory)  A smell has no figure.
    LATER         shop-lasts  decided in the nightly profile

    1. shop-pays: till | drawer is *not* part of the stack
    2. shop-counts: nobody looked

    Not ready: phase-1 (smoke): 1 of 4 blocking criteria failed, 2 not proved, 1 advisory failed, 1 left to a longer profile"
  `)
})

test('as Markdown', () => {
  expect(renderGateMarkdown(GATE, OPENED)).toMatchInlineSnapshot(`
    "# Not ready: phase-1

    Is the shop ready for its customers? Verdict **fail** of the profile smoke: 1 of 4 blocking criteria failed, 2 not proved, 1 advisory failed, 1 left to a longer profile.

    ## Why

    1. **fail** \`shop-pays\`: The shop says shop-pays.  
       till | drawer is \\*not\\* part of the stack (\`journal.jsonl:5-6, 9\`)
    2. **inconclusive** \`shop-counts\`: The shop says shop-counts.  
       nobody looked

    ## What decides

    | criterion | verdict | claimed | asked | measured | evidence |
    | --- | --- | --- | --- | --- | --- |
    | \`shop-opens\` | **pass** | The shop says shop-opens. *report (claim 1)* | part of the stack: web | running: web | \`journal.jsonl:4\` |
    | \`shop-pays\` | **fail** | The shop says shop-pays. *report (claim 2, 3)* | part of the stack: web | till \\| drawer is \\*not\\* part of the stack | \`journal.jsonl:5-6, 9\` |
    | \`shop-counts\` | **inconclusive** | The shop says shop-counts. *report* | part of the stack: web | nobody looked |  |
    | \`shop-cleans\` | **skipped** | The shop says shop-cleans. *report* | part of the stack: web | left out: no broom |  |

    ## What only informs

    | criterion | verdict | claimed | asked | measured | evidence |
    | --- | --- | --- | --- | --- | --- |
    | \`shop-shines\` | **fail** | The shop says shop-shines. *report* | part of the stack: web | lamp is stopped | \`journal.jsonl:4\` |

    ## What no machine can decide here

    | criterion | verdict | claimed | asked | measured | evidence |
    | --- | --- | --- | --- | --- | --- |
    | \`shop-smells\` | **undecidable** | The shop says shop-smells. *report* | no machine can decide it here | A smell has no figure. |  |

    ## What a longer profile decides

    | criterion | verdict | claimed | asked | measured | evidence |
    | --- | --- | --- | --- | --- | --- |
    | \`shop-lasts\` | **later** | The shop says shop-lasts. *report* | part of the stack: web | decided in the nightly profile |  |

    ## How to reproduce a line

    \`\`\`sh
    npx harness gate phase-1 --profile smoke --only ID --accelerate 40 --runtime local   # ID: the name in its first column
    \`\`\`
    "
  `)
})

test('every criterion is there, and once as a row', () => {
  const markdown = renderGateMarkdown(GATE, OPENED)
  for (const { criterion } of GATE.findings) expect(markdown.split(`| \`${criterion.id}\` |`)).toHaveLength(2)
})

test('a phase that is ready has no reasons', () => {
  const ready = { ...GATE, verdict: 'pass' as const, because: '4 of 4 blocking criteria passed', reasons: [] }
  expect(renderGateMarkdown(ready, OPENED)).toMatch(/^# Ready: phase-1\n/)
  expect(renderGateMarkdown(ready, OPENED)).not.toContain('## Why')
  expect(renderGateConsole(ready).split('\n').at(-1)).toBe('Ready: phase-1 (smoke): 4 of 4 blocking criteria passed')
})

test('what a system wrote does not steer the terminal', () => {
  const nasty = GATE.findings.map((finding) => ({ ...finding, because: 'red \u001B[31m and a\nnew line' }))
  expect(renderGateConsole({ ...GATE, findings: nasty, reasons: nasty })).not.toContain('\u001B')
  expect(renderGateConsole(GATE, { colour: true })).toContain('\u001B[31mFAIL')
})

test('many that were left out for one reason take one line on a terminal', () => {
  const one = GATE.findings.find(({ how }) => how === 'skipped')
  const all = Array.from({ length: 4 }, () => one).flatMap((finding) => finding ?? [])
  expect(renderGateConsole({ ...GATE, findings: all, reasons: [] })).toContain('SKIPPED       4 criteria  left out: no broom\n\n')
})
