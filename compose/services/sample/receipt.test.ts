// When the turnaround of a sample begins.
import { expect, it } from 'vitest'
import { receivedAt } from './receipt.ts'

const created_at = new Date('2026-01-05T12:00:00Z')
const begin = (metadata: unknown): string => receivedAt({ metadata, created_at }).toISOString()

it('is when the sample came, where that was before it was entered', () => {
  expect(begin({ received_at: '2026-01-02T09:00:00Z' })).toBe('2026-01-02T09:00:00.000Z')
  expect(begin({ received_at: '2026-01-02T09:00:00+02:00' })).toBe('2026-01-02T07:00:00.000Z')
})

it.each([null, 'text', {}, { received_at: 7 }, { received_at: 'monday' }, { received_at: '2026-13-45T00:00:00Z' }, { received_at: '2026-01-06T00:00:00Z' }])(
  'is when it was entered: %j',
  (metadata) => {
    expect(begin(metadata)).toBe(created_at.toISOString())
  },
)
