// Every rendering of one small made-up run, as it must come out to the letter.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { aFaultRecord, aRecord, aRun } from '../checks/testing/records.ts'
import { lineFor, renderConsole } from './console.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { broken, brokenJudgement, judgement, record } from './testing/made-up.ts'
import { renderMarkdown } from './markdown.ts'
import { reportSchema, reportSchemaText } from './report-schema.ts'
import { timelineOf } from './timeline.ts'

test.each([
  ['report.md', renderMarkdown(record, judgement)],
  ['report.json', renderJson(record, judgement)],
  ['junit.xml', renderJunit(record, judgement)],
  ['console.txt', renderConsole(record, judgement)],
  ['broken.md', renderMarkdown(broken, brokenJudgement)],
  ['broken.xml', renderJunit(broken, brokenJudgement)],
  ['broken.txt', renderConsole(broken, brokenJudgement)],
])('%s', async (file, text) => {
  await expect(text).toMatchFileSnapshot(`testing/expected/${file}`)
})

test('console colours only when asked', () => {
  expect(renderConsole(record, judgement)).not.toContain('\u001B')
  expect(renderConsole(record, judgement, { colour: true })).toContain('\u001B[31mFAIL')
})

test('junit is well-formed and says the same as the judgement', () => {
  const read = create(renderJunit(record, judgement)).end({ format: 'object' }) as unknown as {
    readonly testsuites: { readonly '@tests': string; readonly '@failures': string; readonly '@errors': string }
  }
  expect(read.testsuites).toMatchObject({ '@tests': '5', '@failures': '2', '@errors': '1' })
})

test('json is valid under the published schema', async () => {
  await expect(reportSchemaText()).toMatchFileSnapshot('../../reports/report.schema.json')
  const validate = new Ajv2020({ allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ } }).compile(
    JSON.parse(reportSchemaText()),
  )
  const shown = [renderJson(record, judgement), renderJson(broken, brokenJudgement)].map((text) => JSON.parse(text))
  for (const one of shown) expect([validate(one), validate.errors]).toEqual([true, null])
  for (const one of shown) expect(reportSchema.parse(one)).toEqual(one)
  expect(validate({ ...shown[0], verdict: 'maybe' })).toBe(false)
})

test('the same journal gives the same bytes', () => {
  const all = () =>
    [renderMarkdown, renderJson, renderJunit, renderConsole].map((render) =>
      render(structuredClone(record), structuredClone(judgement)),
    )
  expect(all()).toEqual(all())
})

test('faults that were never proved or reverted are shown as such', () => {
  const left = aFaultRecord({ proof: undefined, revertedAt: undefined, goneProof: undefined })
  const run = aRun({ drills: [aRecord({ faults: [left] })] })
  expect(renderMarkdown(run, judgement)).toContain(
    '| 2026-01-01T12:01:00.000Z | never |  | never | `journal.jsonl:11-12` |',
  )
})

test('a drill that never reached its baseline has no picture', () => {
  expect(timelineOf(aRecord({ phases: {} }))).toBeUndefined()
})

test('nothing a system wrote reaches the terminal as a control character', () => {
  const nasty = 'a\u001B[2Jb\nc'
  const drills = judgement.drills.map((drill) => ({
    ...drill,
    verdict: 'inconclusive' as const,
    findings: [],
    because: nasty,
  }))
  expect(renderConsole(record, { ...judgement, drills })).toContain('INCONCLUSIVE  quiet  a [2Jb c\n')
  const died = { type: 'service-died', service: 'auth', how: 'exit 1', lastLines: [nasty] } as const
  expect(lineFor({ v: 1, seq: 1, at: 0, ...died })).toBe('auth died (exit 1): a [2Jb c')
})
