// Diluting keeps what is in a library, and refuses what cannot be done.
import { expect, it } from 'vitest'
import { dilute } from './dilution.ts'

it('what is in it stays the same', () => {
  expect(dilute({ concentration: 50, volume: 10 }, 20)).toEqual({ concentration: 20, volume: 25 })
  expect(dilute({ concentration: 50, volume: null }, 50)).toEqual({ concentration: 50, volume: null })
})

it.each([
  [{ concentration: 10, volume: 10 }, 20, 'INSUFFICIENT_CONCENTRATION'],
  [{ concentration: null, volume: 10 }, 20, 'VALIDATION_ERROR'],
  [{ concentration: 10, volume: 10 }, 0, 'VALIDATION_ERROR'],
  [{ concentration: 10, volume: 10 }, Number.NaN, 'VALIDATION_ERROR'],
])('%j to %d is refused', (library, target, code) => {
  expect(() => dilute(library, target)).toThrow(expect.objectContaining({ status: 400, code }))
})
