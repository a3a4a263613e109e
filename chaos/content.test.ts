// The shipped content fits together: the compose files, every drill, rule, route and scenario.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readContent } from '../harness/drill/read-content.ts'
import { readObserved } from '../harness/drill/observed.ts'
import { timelineOf } from '../harness/drill/timeline.ts'
import { parseDuration } from '../harness/model/duration.ts'
import { readStack } from '../harness/stack/compose-file.ts'

const read = await readContent(readStack(join(import.meta.dirname, '../compose/compose.yaml')))

test('no problem anywhere', () => {
  expect(read.problems).toEqual([])
  expect(read.content?.drills.filter(({ tags }) => tags.includes('smoke')).length).toBeGreaterThanOrEqual(5)
})

test.each([1, 30, 40])('at acceleration %i every expected alert is due before the faults end', (acceleration) => {
  const content = read.content
  if (!content) throw new Error('the content has problems')
  const { observed } = readObserved(content.texts, acceleration)
  if (!observed) throw new Error('the accelerated content has problems')
  const late = content.drills.flatMap((drill) => {
    const { steps } = timelineOf(drill, { stack: content.stack, acceleration, observed })
    const end = Math.max(...steps.filter(({ kind }) => kind === 'revert').map(({ at }) => at))
    return steps
      .filter(({ kind, phase, at }) => kind === 'deadline' && phase === 'fault' && at > end)
      .map(({ what }) => `${drill.name}: ${what}`)
  })
  expect(late).toEqual([])
})

/** Rules that look or wait longer than this (ms) are about hours and days: no drill of minutes proves their silence. */
const PATIENT = 900_000

test('the quiet drill watches long enough for every alert but the patient ones to have had its chance', () => {
  const { content } = read
  const quiet = content?.drills.find(({ name }) => name === 'quiet')
  const times = (content?.observed.rules ?? []).map(({ windowMs, forMs }) => windowMs + forMs)
  const slowest = Math.max(...times.filter((time) => time <= PATIENT))
  expect(parseDuration(quiet?.baseline ?? '0s') + parseDuration(quiet?.hold ?? '0s')).toBeGreaterThan(slowest)
})
