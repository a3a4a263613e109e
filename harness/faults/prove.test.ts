// How looks become a proof: enough of them, in time, or words for what was seen instead.
import { describe, expect, test } from 'vitest'
import { fakeClock } from '../time/clock.ts'
import type { Judge, Sight } from './fault-kind.ts'
import { proveBite, proveGone } from './prove.ts'
import type { Question } from './prove.ts'

const FAST: Sight = {
  outcome: 'answered',
  connectMs: 1,
  firstByteMs: 2,
  totalMs: 2,
  closeMs: 0,
  bytes: 126,
  chunks: 1,
  sent: 9,
}
const SLOW: Sight = { ...FAST, firstByteMs: 1_502, totalMs: 1_510, closeMs: 1 }

function question(
  sights: readonly Sight[],
  changes: Partial<Omit<Question, 'judge'>> & { judge?: Partial<Judge> } = {},
): Question & { asked: () => number } {
  let asked = 0
  const judge: Judge = {
    patienceMs: () => 1_000,
    blind: () => undefined,
    bites: (_, seen) => seen === SLOW,
    gone: (_, seen) => seen === FAST,
    looks: 1,
    enough: 1,
    atOnce: 8,
    ...changes.judge,
  }
  const look = async () => sights[Math.min(asked++, sights.length - 1)] ?? FAST
  const signal = new AbortController().signal
  return {
    what: 'spoke to a->b as a caller',
    before: FAST,
    clock: fakeClock(),
    signal,
    look,
    ...changes,
    judge,
    asked: () => asked,
  }
}

describe('a bite', () => {
  test('holds as soon as it shows, with both looks in words', async () => {
    expect(await proveBite(question([FAST, FAST, SLOW]))).toEqual({
      what: 'spoke to a->b as a caller',
      before: 'first byte after 2 ms, 126 bytes in 1 chunk by 2 ms, closed 0 ms later',
      seen: 'first byte after 1 502 ms, 126 bytes in 1 chunk by 1 510 ms, closed 1 ms later',
      holds: true,
    })
  })

  test('does not hold when the deadline passes first', async () => {
    const proof = await proveBite(question([FAST]))
    expect(proof.holds).toBe(false)
    expect(proof.seen).toContain('first byte after 2 ms')
  })

  test('is not even looked for where no look could show it', async () => {
    const asked = question([SLOW], { judge: { blind: () => 'too faint' } })
    expect(await proveBite(asked)).toMatchObject({ holds: false, seen: 'cannot be proved: too faint' })
    expect(asked.asked()).toBe(0)
  })

  test('cannot be told where nothing answered before', async () => {
    const before: Sight = { outcome: 'silent', totalMs: 5_000, bytes: 0, chunks: 0, sent: 0 }
    expect(await proveBite(question([SLOW], { before }))).toMatchObject({
      holds: false,
      seen: expect.stringContaining('nothing answered before'),
    })
  })

  test('one noisy look among three is not enough', async () => {
    const noisy = question([FAST, FAST, SLOW, FAST], { judge: { looks: 3, enough: 2 } })
    expect(await proveBite(noisy)).toMatchObject({ holds: false, seen: expect.stringContaining('3 of 3 looks') })
  })

  test('of a toxicity shows in one look of many', async () => {
    const rare = question([...Array<Sight>(9).fill(FAST), SLOW, FAST], { judge: { looks: 20, enough: 1 } })
    expect(await proveBite(rare)).toMatchObject({ holds: true, seen: expect.stringContaining('1 of 16 looks') })
  })
})

describe('gone', () => {
  test('holds when every look of a round is clear', async () => {
    expect(await proveGone(question([SLOW, FAST]))).toMatchObject({
      holds: true,
      seen: expect.stringContaining('first byte after 2 ms'),
    })
  })

  test('does not hold while one look in twenty still bites', async () => {
    const sights = Array.from({ length: 4_000 }, (_, i) => (i % 20 === 0 ? SLOW : FAST))
    expect(await proveGone(question(sights, { judge: { looks: 20, enough: 1 } }))).toMatchObject({ holds: false })
  })

  test('of what could never be seen holds when callers are answered as before', async () => {
    expect(await proveGone(question([FAST], { judge: { blind: () => 'too faint', gone: () => false } }))).toMatchObject(
      { holds: true },
    )
  })
})

test('an interruption ends the looking at once, with its reason', async () => {
  const stop = new AbortController()
  const look = async () => {
    stop.abort(new Error('Ctrl-C'))
    return FAST
  }
  await expect(proveBite(question([], { look, signal: stop.signal }))).rejects.toThrow('Ctrl-C')
})
