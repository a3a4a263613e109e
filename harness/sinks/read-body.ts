// Reads what was posted, and says the first thing that is wrong with it.
import type { z } from 'zod'
import { HarnessError } from '../errors.ts'

/** `what` it should be begins the sentence. */
export function readBody<S extends z.ZodType>(what: string, schema: S, text: string): z.output<S> {
  const read = schema.safeParse(json(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = issue?.path.join('.') || 'body'
  throw new HarnessError('PROBE_UNREACHABLE', `not ${what}: ${where}: ${issue?.message}`)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
