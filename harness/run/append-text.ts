// Adds to a file of somebody else, such as the summary of a job: what cannot be written is told and stops nothing.
import { appendFileSync } from 'node:fs'
import { messageOf } from '../errors.ts'

/** Why it could not be written; undefined when it was. */
export function appendText(file: string, text: string): string | undefined {
  try {
    appendFileSync(file, text)
    return undefined
  } catch (thrown) {
    return messageOf(thrown)
  }
}
