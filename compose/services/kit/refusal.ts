// The answer "no", thrown by handlers: one class, each service gives it the body its documents promise.

/** A definite refusal; `plain` ones are rejections of the request's form and are answered as plain text. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly plain: boolean

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.plain = code === ''
  }
}

/** A rejection of the request's form (bad JSON, bad id in the path, missing field). */
export function malformed(status: number, message: string): Refusal {
  return new Refusal(status, '', message)
}

/** How a service words its refusals. */
export interface RefusalStyle {
  /** Turns any other error into a refusal. */
  fromError(error: Error): Refusal
  /** The body of a refusal; a string is sent as plain text. */
  body(refusal: Refusal): object | string
}
