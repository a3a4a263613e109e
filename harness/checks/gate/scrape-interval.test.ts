// Samples as often as promised, too seldom, too few to tell, and an interval that an accelerated run cannot show.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const seen = (medianMs: number, { acceleration = 1, samples = 20, service = 'web' } = {}) => ({ acceleration, floorMs: 250, services: [{ service, samples, medianMs }] })

test('as often as promised, and more often', () => {
  expect(judgedBy<'scrape-interval'>({ kind: 'scrape-interval', services: ['web'], every: '15s' }, seen(15_004))).toMatchObject({ verdict: 'pass', because: 'the longest is one every 15.0 s' })
  expect(judgedBy<'scrape-interval'>({ kind: 'scrape-interval', services: ['web'], every: '15s' }, seen(375, { acceleration: 40 })).verdict).toBe('pass')
})

test('too seldom', () => {
  expect(judgedBy<'scrape-interval'>({ kind: 'scrape-interval', services: ['web'], every: '5s' }, seen(15_000))).toMatchObject({ verdict: 'fail', because: 'web has one every 15.0 s' })
})

test('too few samples, another service, and the floor of an accelerated run', () => {
  const check = { kind: 'scrape-interval' as const, services: ['web'], every: '5s' as const }
  expect(judgedBy<'scrape-interval'>(check, seen(5_000, { samples: 2 }))).toMatchObject({ verdict: 'inconclusive', because: 'web has 2 samples' })
  expect(judgedBy<'scrape-interval'>(check, seen(5_000, { service: 'stock' }))).toMatchObject({ verdict: 'inconclusive', because: 'nothing is known of web' })
  expect(judgedBy<'scrape-interval'>(check, seen(250, { acceleration: 40 }))).toMatchObject({ verdict: 'inconclusive', because: '5s is below what this run can show of web' })
  expect(judgedBy<'scrape-interval'>(check, seen(375, { acceleration: 40 })).verdict).toBe('fail')
})

test('what a busy machine may have done to an accelerated run is nobody\'s fault, and nobody\'s merit', () => {
  const check = { kind: 'scrape-interval' as const, services: ['web'], every: '15s' as const }
  expect(judgedBy<'scrape-interval'>(check, seen(500, { acceleration: 40 }))).toMatchObject({ verdict: 'inconclusive', because: "samples of web come 125 ms late, which is the machine's doing as well as anybody's" })
  expect(judgedBy<'scrape-interval'>(check, seen(750, { acceleration: 40 })).verdict).toBe('fail')
  expect(judgedBy<'scrape-interval'>(check, seen(20_000)).verdict).toBe('fail')
})
