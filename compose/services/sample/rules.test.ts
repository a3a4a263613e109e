// Validation rules: what makes a sample unfit, and what is only worth a warning.
import { expect, it } from 'vitest'
import { judgeSample } from './rules.ts'
import type { SampleRow } from './row.ts'

const NOW = new Date('2026-01-01T00:00:00Z')
const GOOD: SampleRow = {
  id: '00000000-0000-4000-8000-000000000000',
  name: 'n',
  barcode: 'b',
  sample_type: 'DNA',
  status: 'pending',
  template_id: null,
  source_type: null,
  source_identifier: null,
  collection_date: null,
  collection_location: null,
  collector: null,
  concentration: '1.0000',
  volume: '1.0000',
  unit: null,
  quality_score: '0.50',
  metadata: null,
  notes: null,
  created_at: NOW,
  updated_at: NOW,
  created_by: null,
  updated_by: null,
}

it('a good sample is neither wrong nor warned about', () => {
  expect(judgeSample(GOOD, NOW)).toEqual({ errors: [], warnings: [] })
})

it.each<[Partial<SampleRow>, string]>([
  [{ sample_type: 'dna' }, 'sample_type dna is not known'],
  [{ quality_score: '0.49' }, 'quality_score 0.49 is below 0.5'],
  [{ concentration: '0.0000' }, 'concentration is zero'],
  [{ volume: '0' }, 'volume is zero'],
  [{ collection_date: new Date('2026-01-02') }, 'collection_date is in the future'],
  [{ status: 'deleted' }, 'the sample is deleted'],
])('%o is wrong', (change, error) => {
  expect(judgeSample({ ...GOOD, ...change }, NOW).errors).toEqual([error])
})

it('what is not given is a warning, not an error', () => {
  const bare = { ...GOOD, quality_score: null, concentration: null, volume: null }
  const { errors, warnings } = judgeSample(bare, NOW)
  expect([errors.length, warnings.length]).toEqual([0, 3])
})
