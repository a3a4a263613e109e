// What the harness tells a disturbance: its options, refused at once when they make no sense, and how to come to the system.
import { z } from 'zod'

type Environment = Readonly<Record<string, string | undefined>>

/** A part of something, such as 0.9 of it. */
export const share = z.number().gt(0).max(1)

/** What a drill says under `with`. Ends the process with 2, naming every option that is wrong, before anything is hurt. */
export function optionsOf<S extends z.ZodType>(schema: S, env: Environment = process.env): z.output<S> {
  const read = schema.safeParse(JSON.parse(env.HARNESS_WITH ?? '{}'))
  if (read.success) return read.data
  process.stderr.write(`with: ${z.prettifyError(read.error)}\n`)
  return process.exit(2)
}

/** A variable under x-harness.disturbances of the compose file, or one that the harness sets itself. */
export function told(name: string, env: Environment = process.env): string {
  const value = env[name]
  if (value !== undefined && value !== '') return value
  process.stderr.write(`${name} is not set: give it under x-harness.disturbances of the compose file\n`)
  return process.exit(2)
}

/** How long the fault holds, in real milliseconds. */
export function heldMs(env: Environment = process.env): number {
  return Number(told('HARNESS_FOR_MS', env))
}

/** Six letters or digits of its own, so that nothing it makes is taken for anything else. */
export function ownName(): string {
  return Math.random().toString(36).slice(2, 8).padEnd(6, '0')
}
