// Versions as clients bring them: bytes or text, and what cannot be read.
import { expect, it } from 'vitest'
import type { VersioningSettings } from './settings.ts'
import { readVersion } from './version.ts'

const SETTINGS = { maxFileSizeMb: 0.001 } as VersioningSettings
const BODY = { name: 'n', filename: 'f.csv', file_type: 'CSV' }

it.each([
  ['bytes', [...Buffer.from('ä,b\n')]],
  ['text', 'ä,b\n'],
])('a file as %s', (_what, file_data) => {
  const draft = readVersion({ ...BODY, file_data }, SETTINGS)
  const file = { file_size: 5, file_type: 'csv', original_filename: 'f.csv', grid: [['ä', 'b']] }
  expect(draft).toMatchObject({ ...file, is_branch: false, parent_version_id: null, metadata: {} })
  expect(draft.file_hash).toMatch(/^[0-9a-f]{64}$/)
})

it.each<[string, object, number, string]>([
  ['no file', {}, 422, ''],
  ['bytes that are none', { file_data: [256] }, 422, ''],
  ['a file too large', { file_data: 'x'.repeat(2000) }, 400, 'file_processing_error'],
  ['a file that is no text', { file_data: [0xff] }, 400, 'file_processing_error'],
  ['a NUL', { file_data: 'a\0' }, 400, 'file_processing_error'],
  ['an unknown type', { file_data: 'a', file_type: 'xlsx' }, 400, 'file_processing_error'],
  ['an empty name', { file_data: 'a', name: '' }, 400, 'validation_error'],
])('%s is refused', (_what, more, status, code) => {
  expect(() => readVersion({ ...BODY, ...more }, SETTINGS)).toThrow(expect.objectContaining({ status, code }))
})
