// Patience ends with what was waited for, with a failure, or with the last look; each look is counted.
import { expect, test } from 'vitest'
import { lookUntil } from './look-until.ts'
import type { Outcome } from './operation.ts'

const seen = (body: unknown, good = true): Outcome => ({ type: good ? 'acknowledged' : 'unknown', good, status: 200, body })

async function waiting(answers: readonly Outcome[], looks = 4): Promise<{ last: Outcome; steps: string }> {
  const steps: string[] = []
  const last = await lookUntil({
    look: async () => {
      steps.push('look')
      return answers[steps.filter((step) => step === 'look').length - 1] ?? seen('nothing more')
    },
    happened: (body) => body === 'done',
    pause: async () => void steps.push('pause'),
    looks,
  })
  return { last, steps: steps.join(' ') }
}

test.each([
  ['at once', [seen('done')], 'look', 'done'],
  ['later', [seen('busy'), seen('busy'), seen('done')], 'look pause look pause look', 'done'],
  ['never', Array.from({ length: 9 }, () => seen('busy')), 'look pause look pause look pause look', 'busy'],
  ['not, for the system fails', [seen('busy'), seen('broken', false)], 'look pause look', 'broken'],
])('what happens %s', async (_, answers, steps, body) => {
  expect(await waiting(answers)).toMatchObject({ steps, last: { body } })
})
