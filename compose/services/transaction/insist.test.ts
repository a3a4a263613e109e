// Retries: how many, how far apart, for which failures, and what all attempts together can have done.
import { describe, expect, it } from 'vitest'
import { refused, StepFailure, type Effect } from './failure.ts'
import { insist } from './insist.ts'

function trial(outcomes: readonly (Error | string)[], { until = 10_000, before = 'none' as Effect } = {}) {
  const waits: number[] = []
  let now = 0
  let asked = 0
  const attempt = async (): Promise<string> => {
    const outcome = outcomes[asked] ?? 'too often'
    asked += 1
    if (typeof outcome === 'string') return outcome
    throw outcome
  }
  const pause = async (ms: number): Promise<void> => {
    waits.push(ms)
    now += ms
  }
  return { waits, result: insist(attempt, { until, before, now: () => now, pause }) }
}

const lost = new StepFailure('no answer', { effect: 'unknown', retry: true })
const away = new StepFailure('cannot be reached', { effect: 'none', retry: true })

describe('attempts', () => {
  it('are three, 100 and 200 ms apart', async () => {
    const { waits, result } = trial([lost, lost, lost, 'fourth'])
    await expect(result).rejects.toThrow('no answer')
    expect(waits).toEqual([100, 200])
  })

  it('end with the first success', async () => {
    expect(await trial([away, 'done']).result).toEqual({ value: 'done', attempts: 2 })
  })

  it('end with a definite no', async () => {
    const { waits, result } = trial([refused('the barcode is taken'), 'second'])
    await expect(result).rejects.toThrow('the barcode is taken')
    expect(waits).toEqual([])
  })

  it('end with the time of the step', async () => {
    const { waits, result } = trial([away, away, 'third'], { until: 250 })
    await expect(result).rejects.toThrow('cannot be reached')
    expect(waits).toEqual([100])
  })
})

describe('what all attempts can have done', () => {
  it.each<[string, readonly Error[], Effect, Effect]>([
    ['nothing, when nothing got through', [away, away, away], 'none', 'none'],
    ['nothing, when it was refused at once', [refused('no')], 'none', 'none'],
    ['nobody knows, when one may have got through', [lost, refused('no')], 'none', 'unknown'],
    ['nobody knows, when a dead process had begun', [refused('no')], 'unknown', 'unknown'],
    ['nobody knows, after a surprise', [new TypeError('x is undefined')], 'none', 'unknown'],
  ])('%s', async (_what, failures, before, effect) => {
    await expect(trial(failures, { before }).result).rejects.toMatchObject({ effect, retry: false })
  })
})
