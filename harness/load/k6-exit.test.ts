// Nobody remembers what 107 means.
import { expect, test } from 'vitest'
import { meaningOf } from './k6-exit.ts'

test.each([
  [{ code: 105, signal: null }, 'ended by the harness'],
  [{ code: 107, signal: null }, 'the scenario threw'],
  [{ code: null, signal: 'SIGKILL' as const }, 'killed by SIGKILL'],
  [{ code: null, signal: null }, 'ended without anybody seeing how'],
  [{ code: 42, signal: null }, 'k6 ended with exit code 42, which it does not document'],
])('%j is said in words', (exit, words) => {
  expect(meaningOf(exit)).toBe(words)
})
