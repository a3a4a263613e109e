// What another process must know of a stack to show it, use it or end it: stack.json in the run's directory.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const common = {
  run: z.string(),
  files: z.array(z.string()),
  acceleration: z.number(),
  /** Set once nobody drives the stack any more but it is meant to stay. */
  keptUp: z.boolean(),
  startedAt: z.number(),
}

const localSchema = z.strictObject({
  ...common,
  runtime: z.literal('local'),
  subnet: z.string(),
  data: z.string(),
  pids: z.record(z.string(), z.strictObject({ pid: z.number(), start: z.string() })),
})

const containersSchema = z.strictObject({
  ...common,
  runtime: z.literal('containers'),
  /** The network of the stack; containers and volumes are found by the label of the run. */
  network: z.string(),
  /** Image reference by service, as it was started. */
  images: z.record(z.string(), z.string()),
})

const stateSchema = z.discriminatedUnion('runtime', [localSchema, containersSchema])
export type StackState = z.infer<typeof stateSchema>
export type LocalState = z.infer<typeof localSchema>
export type ContainersState = z.infer<typeof containersSchema>

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
