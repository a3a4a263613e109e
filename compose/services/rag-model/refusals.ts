// The model back-end's refusals, in the form that servers of language models use.
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

const STATUS = {
  invalid_request: 400,
  authentication_error: 401,
  model_not_found: 404,
  context_length_exceeded: 413,
  internal_error: 500,
} as const

/** An error code of the model back-end. */
export type RagModelCode = keyof typeof STATUS

/** A refusal with its status. */
export function refuse(code: RagModelCode, message: string): Refusal {
  return new Refusal(STATUS[code], code, message)
}

/** How the model back-end words its refusals. */
export const ragModelRefusals: RefusalStyle = {
  fromError: () => refuse('internal_error', 'An internal error occurred'),
  body: ({ plain, code, message }) => (plain ? message : { error: { code, message } }),
}
