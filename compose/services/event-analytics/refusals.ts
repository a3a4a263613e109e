// The refusals of event analytics, which has no routes of its own to refuse on.
import { Refusal, type RefusalStyle } from '../kit/refusal.ts'

/** One field, error, as the event service has it. */
export const analyticsRefusals: RefusalStyle = {
  fromError: () => new Refusal(500, 'internal_error', 'An internal error occurred'),
  body: ({ plain, message }) => (plain ? message : { error: message }),
}
