// What another process must know of a local stack to show it, use it or end it: stack.json in the run's directory.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const stateSchema = z.strictObject({
  run: z.string(),
  runtime: z.literal('local'),
  files: z.array(z.string()),
  subnet: z.string(),
  data: z.string(),
  acceleration: z.number(),
  /** Set once nobody drives the stack any more but it is meant to stay. */
  keptUp: z.boolean(),
  pids: z.record(z.string(), z.strictObject({ pid: z.number(), start: z.string() })),
  startedAt: z.number(),
})
export type StackState = z.infer<typeof stateSchema>

/** Replaces the file at once, so that a reader never sees half of it. */
export function writeState(directory: string, state: StackState): void {
  const file = join(directory, 'stack.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** Undefined when the run has no stack, or none that can be read. */
export function readState(directory: string): StackState | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(join(directory, 'stack.json'), 'utf8')))
  } catch {
    return undefined
  }
}
