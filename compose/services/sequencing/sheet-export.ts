// Writes a sample sheet as the instruments read it.
import type { SheetRow, SheetSample } from './sheet-row.ts'

/** The forms a sheet can be exported in. */
export const EXPORT_FORMATS = ['csv', 'illumina', 'json'] as const

/** One of them. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const COLUMNS: readonly (readonly [title: string, field: keyof SheetSample])[] = [
  ['Sample_ID', 'sample_id'],
  ['Sample_Name', 'sample_name'],
  ['Sample_Plate', 'sample_plate'],
  ['Sample_Well', 'sample_well'],
  ['index', 'index1'],
  ['index2', 'index2'],
  ['Sample_Project', 'project'],
  ['Description', 'description'],
]

/** The content of the exported file. */
export function exportSheet(sheet: SheetRow, format: ExportFormat): string {
  if (format === 'json') return JSON.stringify(sheet.samples_data, null, 2)
  const table = tableOf(sheet.samples_data)
  return format === 'csv' ? table : `[Header]\nExperiment Name,${cell(sheet.name)}\n\n[Data]\n${table}`
}

function tableOf(samples: readonly SheetSample[]): string {
  const lines = samples.map((sample) => COLUMNS.map(([, field]) => cell(sample[field] ?? '')).join(','))
  return [COLUMNS.map(([title]) => title).join(','), ...lines, ''].join('\n')
}

/** Quoted where it must be; a spreadsheet must not take a name for a formula. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
