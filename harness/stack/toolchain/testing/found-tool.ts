// Where live tests find a tool: where the harness would. Nothing is made here; `npm test` has made it all before.
import { resolve } from 'node:path'
import { systemClock } from '../../../time/clock.ts'
import { inspectTools } from '../inspect.ts'

const root = resolve(import.meta.dirname, '../../../..')

/** Path of a binary; undefined when there is none, and then live tests are skipped and say so. */
export async function foundTool(binary: string): Promise<string | undefined> {
  const found = await inspectTools({ root, env: process.env, clock: systemClock, names: [binary] })
  return found.find((tool) => tool.binary === binary)?.path
}
