// Barcodes have the documented form, in UTC.
import { expect, it } from 'vitest'
import { barcodeAt, newBarcode } from './barcode.ts'

it('is prefix, UTC second and four digits', () => {
  expect(barcodeAt('LAB', new Date('2025-07-14T23:59:58.999+02:00'), 7)).toBe('LAB-20250714215958-0007')
  expect(barcodeAt('SMPL', new Date('2025-07-14T00:00:00Z'), 9999)).toBe('SMPL-20250714000000-9999')
})

it('differs from call to call', () => {
  const made = new Set(Array.from({ length: 20 }, () => newBarcode('LAB')))
  expect(made.size).toBeGreaterThan(10)
})
