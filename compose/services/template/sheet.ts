// Shows the content of an uploaded file as sheets of rows, as far as it can be read.

/** One sheet; `rows` are the first ones only, the totals are those of the whole. */
export interface Sheet {
  readonly name: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly total_rows: number
  readonly total_columns: number
}

/** What a file holds. */
export interface Sheets {
  readonly sheet_names: readonly string[]
  readonly sheets: readonly Sheet[]
}

/** What a template without a file holds. */
export const NO_SHEETS: Sheets = { sheet_names: [], sheets: [] }

/** Rows shown after the headers. */
const SHOWN_ROWS = 100

const UNREADABLE: Sheet = {
  name: 'Content',
  headers: ['Content'],
  rows: [['File type not supported for preview']],
  total_rows: 1,
  total_columns: 1,
}

/** The documented kind of a file, by the ending of its name. */
export function fileType(name: string): string {
  const ending = endingOf(name)
  if (['xlsx', 'xls'].includes(ending)) return 'spreadsheet'
  if (['docx', 'doc'].includes(ending)) return 'document'
  return ['csv', 'pdf'].includes(ending) ? ending : 'other'
}

/** The media type of a file, by the ending of its name, never by what a client said of it. */
export function mediaType(name: string): string {
  return endingOf(name) === 'csv' ? 'text/csv; charset=utf-8' : 'application/octet-stream'
}

function endingOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Reads a file; kinds other than CSV say that they cannot be shown. */
export function sheetsOf(name: string, content: Buffer): Sheets {
  if (endingOf(name) !== 'csv') return { sheet_names: [], sheets: [UNREADABLE] }
  const all = readCsv(content.toString('utf8'))
  const [headers = [], ...rows] = all
  const total_columns = all.reduce((widest, row) => Math.max(widest, row.length), 0)
  const sheet = { name: 'Sheet1', headers, rows: rows.slice(0, SHOWN_ROWS), total_rows: all.length, total_columns }
  return { sheet_names: [sheet.name], sheets: [sheet] }
}

/** One cell and what ends it: quoted (with doubled quotes inside) or, failing that, as it stands; one of them fits. */
const CELL = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/y

function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length) {
    const [, quoted, plain = '', end] = CELL.exec(text) ?? []
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  // A comma at the very end is followed by one more, empty cell.
  if (row.length > 0) rows.push([...row, ''])
  return rows
}
