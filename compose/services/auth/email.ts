// What an e-mail address looks like, for every route that takes one.
import type { TextRule } from '../kit/fields.ts'

/** The rule for e-mail addresses. */
export const EMAIL: TextRule = {
  max: 255,
  pattern: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/,
  message: 'Invalid email format',
}
