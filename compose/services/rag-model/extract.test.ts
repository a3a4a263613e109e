// Extraction finds labelled and loose values, tells them apart by confidence, and always answers alike.
import { describe, expect, it } from 'vitest'
import { extract } from './extract.ts'

const FORM = `Submitter: Dr. Ada Lovelace
E-mail: ada@lab.example.org
Sample ID: DNA-20250714
Sample type: dna
Concentration: 52.5 ng/µL
Volume: 30 µL
Platform: NovaSeq
Storage: -80 °C`

function values(text: string): Record<string, string> {
  return Object.fromEntries(extract(text).fields.map(({ name, value }) => [name, value]))
}

it('reads a form with labels, and is sure of it', () => {
  expect(values(FORM)).toEqual({
    submitter_name: 'Dr. Ada Lovelace',
    submitter_email: 'ada@lab.example.org',
    sample_id: 'DNA-20250714',
    sample_type: 'DNA',
    concentration: '52.5 ng/µL',
    volume: '30 µL',
    platform: 'NovaSeq',
    temperature: '-80 °C',
  })
  expect(extract(FORM).fields.every(({ confidence }) => confidence === 1)).toBe(true)
})

it('reads prose too, and is less sure', () => {
  const text = 'We send RNA_4711 (rna, 20 ul at 15 ng/ul), questions to bob@x.org, sequence it on a MiSeq.'
  expect(values(text)).toEqual({
    submitter_email: 'bob@x.org',
    sample_id: 'RNA_4711',
    sample_type: 'RNA',
    concentration: '15 ng/ul',
    volume: '20 ul',
    platform: 'MiSeq',
  })
  expect(extract(text).fields.map(({ confidence }) => confidence)).toEqual([0.8, 0.8, 0.8, 0.8, 0.8, 0.8])
})

it('does not take the name of a sample for that of its submitter', () => {
  expect(values('Sample name: liver')).toEqual({})
  expect(values('Name: Bo')).toEqual({ submitter_name: 'Bo' })
})

it('lists every sample once', () => {
  expect(extract('AB1234, CD-5678 and AB1234 again').samples).toEqual(['AB1234', 'CD-5678'])
})

describe('finds nothing', () => {
  it.each(['', 'Dear all, the meeting is on Monday.', 'x'.repeat(32_000), 'a@'.repeat(16_000), '1.'.repeat(16_000)])(
    'in %.20s',
    (text) => {
      const started = performance.now()
      expect(extract(text)).toEqual({ fields: [], samples: [] })
      expect(performance.now() - started).toBeLessThan(200)
    },
  )
})
