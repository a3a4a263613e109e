// Exported sheets: the three forms, and names that try to be something else.
import { expect, it } from 'vitest'
import { exportSheet } from './sheet-export.ts'
import type { SheetRow } from './sheet-row.ts'

const SAMPLE = {
  sample_id: 's1',
  sample_name: 'one, "two"',
  sample_plate: null,
  sample_well: 'A1',
  index1: 'ACGT',
  index2: null,
  project: '=cmd()',
  description: null,
}
const SHEET = { name: 'Plate 7', samples_data: [SAMPLE] } as unknown as SheetRow
const TABLE = `Sample_ID,Sample_Name,Sample_Plate,Sample_Well,index,index2,Sample_Project,Description
s1,"one, ""two""",,A1,ACGT,,'=cmd(),
`

it('csv is the table alone', () => {
  expect(exportSheet(SHEET, 'csv')).toBe(TABLE)
})

it('illumina has sections', () => {
  expect(exportSheet(SHEET, 'illumina')).toBe(`[Header]\nExperiment Name,Plate 7\n\n[Data]\n${TABLE}`)
})

it('json is what was stored', () => {
  expect(JSON.parse(exportSheet(SHEET, 'json'))).toEqual([SAMPLE])
})
