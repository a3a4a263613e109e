// What was kept of runs: written whole, read back the same, and a file that is none is named.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { firedIn, historyOfRun } from '../checks/testing/histories.ts'
import { historyDirectory, listHistory, readHistories, readHistory, writeHistory } from './history-files.ts'

const history = historyOfRun([firedIn(20)], { run: '20260101-120000-aaaaaa' })

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'history-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
})

/** A file of the history with that text. */
function put(text: string): string {
  mkdirSync(historyDirectory(root), { recursive: true })
  const path = join(historyDirectory(root), '20260101-120000-aaaaaa.json')
  writeFileSync(path, text)
  return path
}

test('it comes back as it was written, and leaves nothing beside it', () => {
  expect(listHistory(root)).toEqual([])
  writeHistory(root, history)
  writeHistory(root, history)
  const [file] = listHistory(root)
  expect(file?.run).toBe(history.run)
  expect(readHistory(file?.path ?? '')).toEqual(history)
  expect(readdirSync(historyDirectory(root))).toHaveLength(1)
})

test('fields that a newer harness may add are passed over', () => {
  expect(readHistory(put(JSON.stringify({ ...history, colour: 'blue' })))).toEqual(history)
})

test.each([
  ['torn', '{"version":1,"run"', /aaaaaa\.json: .*JSON/],
  ['of another version', JSON.stringify({ ...history, version: 2 }), /aaaaaa\.json: version: /],
  ['without what it must have', JSON.stringify({ ...history, acceleration: undefined }), /aaaaaa\.json: acceleration: /],
  ['not of this kind at all', '[]', /aaaaaa\.json: the file: /],
])('a file that is %s is named, with what is wrong', (_, text, message) => {
  expect(() => readHistory(put(text))).toThrow(message)
})

test('a file that is not there is named', () => {
  expect(() => readHistory(join(root, 'nowhere.json'))).toThrow('nowhere.json')
})

test('one bad file is no reason to lose the rest', () => {
  put('{"version":1,"run"')
  writeHistory(root, { ...history, run: '20260102-120000-bbbbbb' })
  expect(readHistories(root)).toMatchObject({ runs: [{ run: '20260102-120000-bbbbbb' }], unread: ['20260101-120000-aaaaaa'] })
})

test('what an earlier harness kept can be read: counts it did not know are none', () => {
  const text = JSON.stringify(history).replaceAll(',"early":0,"flapped":0', '')
  expect(text).not.toBe(JSON.stringify(history))
  expect(readHistory(put(text))).toEqual(history)
})
