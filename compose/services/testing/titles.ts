// The titles of all contract tests as vitest names them, without running one.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { claimsOf, type Claim } from './route-claims.ts'

const ROOT = join(import.meta.dirname, '../../..')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
/** Each file is read for its tests; what one of them leaves behind hurts no other, as nothing runs. */
const LIST = ['list', '--project', 'services', '--json', '--no-static-parse', '--no-isolate', '--pool=threads']

/** What all of them claim. */
export async function claimedEverywhere(): Promise<readonly Claim[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [VITEST, ...LIST], { cwd: ROOT, env: { PATH: process.env.PATH }, maxBuffer: 2 ** 26 })
  const tests = JSON.parse(stdout.slice(stdout.indexOf('['))) as { name: string; file: string }[]
  return tests.flatMap(({ name, file }) => claimsOf(name.split(' > ').at(-1) ?? '', file))
}
