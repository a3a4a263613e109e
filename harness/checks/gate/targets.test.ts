// Services that are scraped and up, one that is down, one that is no target, and one that was not scraped yet.
import { expect, test } from 'vitest'
import { judgedBy } from '../testing/gate.ts'

const target = (service: string, health = 'up') => ({ service, job: service, health, lastError: health === 'down' ? '404 Not Found' : '' })

test('all up; what nobody asked for does not count', () => {
  expect(judgedBy<'targets'>({ kind: 'targets', services: ['web', 'stock'] }, [target('web'), target('stock'), target('mail', 'down')])).toMatchObject({ verdict: 'pass', because: '2 targets up', lines: [7] })
})

test('one down, and one that nobody scrapes', () => {
  expect(judgedBy<'targets'>({ kind: 'targets', services: ['web', 'stock'] }, [target('web', 'down')])).toMatchObject({ verdict: 'fail', because: 'stock is no target, web is down (404 Not Found)' })
})

test('one that has not been scraped yet says nothing', () => {
  expect(judgedBy<'targets'>({ kind: 'targets', services: ['web'] }, [target('web', 'unknown')])).toMatchObject({ verdict: 'inconclusive', because: 'web has not been scraped yet' })
})

test('a target that was down once is not made good by a later look', () => {
  expect(judgedBy<'targets'>({ kind: 'targets', services: ['web'] }, [target('web', 'down')], [target('web')]).verdict).toBe('fail')
})
