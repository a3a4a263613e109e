// A job comes into each status once: whoever moves it, and whatever is refused, is a write of the same row.
import { expect, test } from 'vitest'
import { judge } from './expectation.ts'
import * as ask from './sequencing-requests.ts'
import { createSheet, createTwins, exportSheet, LINES } from './sheet-requests.ts'

const desk = { baseUrl: 'http://gateway', token: 't' }
const answer = (status: number, body: unknown) => ({ status, body, error: '' })
const refusal = (message: string) => answer(400, { error: { message } })

test('every step of a job is a write of job and status, by whatever way it comes about', () => {
  const writes = [
    ask.moveJob(desk, 'j', 'queued'),
    ask.moveIllegally(desk, 'j', ['draft', 'completed']),
    ask.startRun(desk, 'r', 'j'),
    ask.completeRun(desk, 'r', 'j'),
    ask.cancelJob(desk, 'j'),
  ].map(({ write }) => write)
  const steps = ['queued', 'completed', 'running', 'completed', 'cancelled']
  expect(writes).toEqual(steps.map((status) => ({ store: 'job-steps', key: `j:${status}` })))
})

test('an illegal move is refused for being one, and for nothing else', () => {
  const { expect: wanted } = ask.moveIllegally(desk, 'j', ['draft', 'completed'])
  const right = refusal('Invalid job status transition: from draft to completed')
  expect(judge(wanted, right)).toEqual({ type: 'failed', good: true })
  expect(judge(wanted, refusal('Validation error'))).toMatchObject({ good: false })
  expect(judge(wanted, answer(200, { status: 'completed' }))).toMatchObject({ type: 'acknowledged', good: false })
})

test('of two who begin the run of a job one does, and both are told so', () => {
  const { expect: wanted, body } = ask.createRun(desk, 'j', 'run 1')
  const run = { ...(body as object), id: crypto.randomUUID(), status: 'preparing', run_type: 'whole_genome', sample_count: LINES }
  expect(judge(wanted, answer(201, run))).toEqual({ type: 'acknowledged', good: true })
  const late = answer(409, { error: { message: 'Resource conflict: The job is in another run' } })
  expect(judge(wanted, late)).toEqual({ type: 'failed', good: true })
})

test('a sheet with a sample twice is refused by the name of the sample, and is a write that must leave no row', () => {
  const asked = createTwins(desk, 'k')
  expect((asked.body as { samples: object[] }).samples).toHaveLength(LINES + 1)
  expect([asked.write, createSheet(desk, 'k').write].map((write) => write?.key)).toEqual(['twins k', 'sheet k'])
  expect(judge(asked.expect, refusal('Duplicate sample ID: k-0'))).toMatchObject({ good: true })
})

test('an exported sheet names every sample', () => {
  const { expect: wanted } = exportSheet(desk, 's', 'k')
  const exported = (content: string) => answer(200, { success: true, data: { format: 'illumina', content } })
  expect(judge(wanted, exported('k-0\nk-1\nk-2'))).toMatchObject({ good: true })
  expect(judge(wanted, exported('k-0\nk-1'))).toMatchObject({ good: false, why: expect.stringContaining('namesTheSamples') })
})
