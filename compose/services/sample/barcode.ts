// Makes barcodes of the documented form PREFIX-YYYYMMDDHHMMSS-NNNN.
import { randomInt } from 'node:crypto'

/** A barcode for the given moment; `number` 0 to 9999 tells apart those of one second. */
export function barcodeAt(prefix: string, moment: Date, number: number): string {
  const second = moment.toISOString().replace(/\D/g, '').slice(0, 14)
  return `${prefix}-${second}-${String(number).padStart(4, '0')}`
}

/** A fresh barcode; it may already be taken, which only the unique index can tell. */
export function newBarcode(prefix: string): string {
  return barcodeAt(prefix, new Date(), randomInt(10_000))
}
