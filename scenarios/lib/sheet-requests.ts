// What a laboratory asks of the sequencing service about sample sheets, and what it promises to answer.
import { get, post, put } from './desk.ts'
import type { Desk } from './desk.ts'
import { aUuid, granted, refused } from './expectation.ts'
import type { Ask } from './operation.ts'

/** The instrument all of the load is for. */
export const PLATFORM = 'illumina_novaseq'

const SHEETS = '/api/sequencing/sample-sheets'
const INDEXES = ['ACGTACGT', 'TTGTACGA', 'GGCATCAA'] as const

/** So many samples are on a sheet. */
export const LINES = INDEXES.length

interface Line {
  readonly sample_id: string
  readonly sample_name: string
  readonly sample_well: string
  readonly index1: string
  readonly project: string
}

function linesOf(key: string): readonly Line[] {
  return INDEXES.map((index1, at) => {
    return { sample_id: `${key}-${at}`, sample_name: `${key} ${at}`, sample_well: `A${at + 1}`, index1, project: key }
  })
}

export function createSheet(desk: Desk, key: string): Ask {
  const body = { name: `sheet ${key}`, platform_id: PLATFORM, samples: linesOf(key) }
  const same = { 'data.name': body.name, 'data.status': 'draft', 'data.sample_count': LINES }
  const expect = granted({ success: true, 'data.id': aUuid, ...same })
  return { op: 'sequencing.create-sheet', ...post(desk, SHEETS, body), expect, write: rowOf(body.name) }
}

/** A sheet that names one sample twice. */
export function createTwins(desk: Desk, key: string): Ask {
  const lines = linesOf(key)
  const [first] = lines
  const body = { name: `twins ${key}`, platform_id: PLATFORM, samples: [...lines, first] }
  const expect = refused(400, { 'error.message': `Duplicate sample ID: ${first?.sample_id}` })
  return { op: 'sequencing.create-twins', ...post(desk, SHEETS, body), expect, write: rowOf(body.name) }
}

export function validateSheet(desk: Desk, id: string): Ask {
  const verdict = { 'data.summary.is_valid': true, 'data.summary.new_status': 'validated' }
  const expect = granted({ success: true, ...verdict })
  return { op: 'sequencing.validate-sheet', ...post(desk, `${SHEETS}/${id}/validate`), expect }
}

/** A sheet that a job in the queue relies on must stay as it is. */
export function changeInUse(desk: Desk, id: string): Ask {
  const expect = refused(409, { 'error.message': 'Sample sheet in use by 1 active jobs' })
  return { op: 'sequencing.change-sheet-in-use', ...put(desk, `${SHEETS}/${id}`, { name: 'another' }), expect }
}

/** As the instrument reads it: its first sample is in there. */
export function exportSheet(desk: Desk, id: string, key: string): Ask {
  const content = function namesTheSamples(value: unknown): boolean {
    return linesOf(key).every(({ sample_id }) => String(value).includes(sample_id))
  }
  const expect = granted({ success: true, 'data.format': 'illumina', 'data.content': content })
  return { op: 'sequencing.export-sheet', ...get(desk, `${SHEETS}/${id}/export?format=illumina`), expect }
}

function rowOf(name: string) {
  return { store: 'sample-sheets', key: name }
}
