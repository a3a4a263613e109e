// The reports there are, and where the rows of each come from.
import type { SourceSettings } from './settings.ts'
import type { Cell, Row } from './table.ts'

/** A service that is asked for rows; `rows` finds them in its answer. */
export interface Source {
  readonly peer: string
  readonly url: (settings: SourceSettings) => string
  rows(body: unknown): unknown
}

/** A kind of report; without a source it is made of the rows that were submitted. */
export interface ReportType {
  readonly name: string
  readonly description: string
  readonly category: string
  readonly source?: Source
}

/** All kinds of reports, by the name they are asked for. */
export const REPORT_TYPES: Readonly<Record<string, ReportType>> = {
  sample_summary: {
    name: 'Sample Summary Report',
    description: 'The newest thousand samples, by type and status',
    category: 'samples',
    source: {
      peer: 'sample',
      url: ({ sampleUrl }) => `${sampleUrl}/samples?page_size=1000`,
      rows: (body) => member(member(body, 'data'), 'samples'),
    },
  },
  storage_utilization: {
    name: 'Storage Utilization Report',
    description: 'Capacity and use of every storage location',
    category: 'storage',
    source: {
      peer: 'storage',
      url: ({ storageUrl }) => `${storageUrl}/storage/capacity/summary`,
      rows: (body) => member(body, 'data'),
    },
  },
  quality_trends: {
    name: 'Quality Trends Report',
    description: 'Quality metrics of library preparations by day',
    category: 'quality',
    source: {
      peer: 'qaqc',
      url: ({ qaqcUrl }) => `${qaqcUrl}/api/v1/qc/metrics/trends`,
      rows: (body) => body,
    },
  },
  custom: { name: 'Custom Report', description: 'Made of the rows that are submitted with it', category: 'custom' },
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** Reads a list of rows; undefined when it is none. What is no single value inside a row is left out. */
export function rowsOf(value: unknown): Row[] | undefined {
  if (!Array.isArray(value)) return undefined
  const rows = value.map((row: unknown) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined
    return Object.fromEntries(Object.entries(row).filter((entry): entry is [string, Cell] => isCell(entry[1])))
  })
  return rows.every((row) => row !== undefined) ? rows : undefined
}

function isCell(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
