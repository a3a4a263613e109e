// Sheets: CSV with all its corners, and what is said of other files.
import { expect, it } from 'vitest'
import { fileType, mediaType, sheetsOf } from './sheet.ts'

function rowsOf(csv: string): readonly (readonly string[])[] {
  const [sheet] = sheetsOf('a.csv', Buffer.from(csv)).sheets
  return [sheet?.headers ?? [], ...(sheet?.rows ?? [])]
}

it.each<[string, string, string[][]]>([
  [
    'plain rows',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'rows ended as Windows does',
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'quotes, commas and line ends in quotes',
    '"a ""x""","b,c"\n"1\n2",3',
    [
      ['a "x"', 'b,c'],
      ['1\n2', '3'],
    ],
  ],
  [
    'empty cells',
    'a,,c\n,\n',
    [
      ['a', '', 'c'],
      ['', ''],
    ],
  ],
  ['an empty line', 'a\n\nb', [['a'], [''], ['b']]],
  ['quotes that never close', 'a,"b\nc', [['a', '"b'], ['c']]],
  ['text after quotes', '"a"b,c\nd', [['"a"b', 'c'], ['d']]],
  ['a comma at the end', 'a,', [['a', '']]],
])('reads %s', (_what, csv, rows) => {
  expect(rowsOf(csv)).toEqual(rows)
})

it('shows the first hundred rows and counts all', () => {
  const csv = ['h1,h2,h3', ...Array.from({ length: 150 }, (_, n) => `${n},x`)].join('\n')
  const [sheet] = sheetsOf('A.CSV', Buffer.from(csv)).sheets
  expect(sheet).toMatchObject({ name: 'Sheet1', headers: ['h1', 'h2', 'h3'], total_rows: 151, total_columns: 3 })
  expect(sheet?.rows).toHaveLength(100)
})

it('reads a long line of open quotes in no time', () => {
  const csv = '"'.repeat(200_001)
  const started = performance.now()
  expect(rowsOf(csv).flat()).toHaveLength(1)
  expect(performance.now() - started).toBeLessThan(1000)
})

it('says of other files that they cannot be shown', () => {
  expect(sheetsOf('a.pdf', Buffer.from('x'))).toMatchObject({ sheet_names: [], sheets: [{ name: 'Content' }] })
  expect(sheetsOf('a.csv', Buffer.from(''))).toMatchObject({ sheets: [{ headers: [], total_rows: 0 }] })
})

it('knows kinds by their endings', () => {
  const names = ['a.xlsx', 'a.CSV', 'a.doc', 'a.pdf', 'a.exe', 'a']
  expect(names.map(fileType)).toEqual(['spreadsheet', 'csv', 'document', 'pdf', 'other', 'other'])
  expect(['a.csv', 'a.html'].map(mediaType)).toEqual(['text/csv; charset=utf-8', 'application/octet-stream'])
})
