// Documents are sorted by the ending of their name.
import { expect, it } from 'vitest'
import { documentType } from './document-type.ts'

it.each([
  ['form.txt', 'text'],
  ['plate.CSV', 'csv'],
  ['a.b.docx', 'word'],
  ['x.exe', 'other'],
  ['toString', 'other'],
  ['', 'other'],
])('%s is %s', (filename, type) => {
  expect(documentType(filename)).toBe(type)
})
