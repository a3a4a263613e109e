// What an operation promises its user, and the judgement of an answer against it. Pure: needs nothing of k6.

export type Scalar = string | number | boolean | null
/** A value the field must have, or a named test it must pass. */
export type Wanted = Readonly<Record<string, Scalar | ((value: unknown) => boolean)>>

export type Expectation =
  | { readonly kind: 'granted'; readonly wanted: Wanted }
  | { readonly kind: 'refused'; readonly status: number; readonly wanted?: Wanted }
  | { readonly kind: 'contested'; readonly wanted: Wanted; readonly status: number; readonly because: Wanted }
  | { readonly kind: 'unless-busy'; readonly otherwise: Expectation }

export interface Answer {
  /** 0 when no answer came. */
  readonly status: number
  /** The parsed JSON; undefined when there was none. */
  readonly body: unknown
  /** Why no answer came; empty otherwise. */
  readonly error: string
}

/** How the history classes an outcome: the system said yes, said no, or nobody knows. */
export type OutcomeType = 'acknowledged' | 'failed' | 'unknown'

export interface Judgement {
  readonly type: OutcomeType
  readonly good: boolean
  readonly why?: string
}

/** The system must do it: any 2xx whose body has these fields, written as paths such as `data.id`. */
export function granted(wanted: Wanted): Expectation {
  return { kind: 'granted', wanted }
}

/** The system must say no, with this status and these fields; without them the body may be anything, also nothing. */
export function refused(status: number, wanted?: Wanted): Expectation {
  return { kind: 'refused', status, wanted }
}

/** A system that is asked too much may also say so: 429, or 503 with the time after which it may be asked again. */
export function unlessBusy(otherwise: Expectation): Expectation {
  return { kind: 'unless-busy', otherwise }
}

/** Several want what one can have: done with the fields `wanted`, or refused with this status and those of `because`. */
export function contested(wanted: Wanted, status: number, because: Wanted): Expectation {
  return { kind: 'contested', wanted, status, because }
}

export function judge(expectation: Expectation, answer: Answer): Judgement {
  const { status } = answer
  if (expectation.kind === 'unless-busy') return judgeBusy(answer) ?? judge(expectation.otherwise, answer)
  if (status >= 200 && status < 300) return judgeYes(expectation, answer)
  // A definite no is any 4xx but 408, which a proxy also says about requests that went through.
  if (status < 400 || status >= 500 || status === 408) return bad('unknown', answer.error || `status ${status}`)
  if (expectation.kind === 'granted') return bad('failed', `refused with ${status} ${excerpt(answer.body)}`)
  if (status !== expectation.status) return bad('failed', `status ${status}, expected ${expectation.status}`)
  const wanted = expectation.kind === 'contested' ? expectation.because : expectation.wanted
  const why = wanted && mismatch(wanted, answer.body)
  return why === undefined ? { type: 'failed', good: true } : bad('failed', why)
}

/** The judgement of an answer that says the system is busy; undefined for every other. */
function judgeBusy({ status, body }: Answer): Judgement | undefined {
  if (typeof at(body, 'retry_after') !== 'number') return undefined
  if (status === 429) return { type: 'failed', good: true }
  // Good for whoever asked too much; but who stood in the way of a 503, and when, nobody knows.
  return status === 503 ? { type: 'unknown', good: true } : undefined
}

function judgeYes(expectation: Exclude<Expectation, { kind: 'unless-busy' }>, { status, body }: Answer): Judgement {
  if (expectation.kind === 'refused') {
    return bad('acknowledged', `accepted with ${status}, expected ${expectation.status}`)
  }
  // A yes with the wrong body promises nothing: what it wrote, if anything, is unknown.
  const why = mismatch(expectation.wanted, body)
  return why === undefined ? { type: 'acknowledged', good: true } : bad('unknown', why)
}

function bad(type: OutcomeType, why: string): Judgement {
  return { type, good: false, why }
}

/** The first field that is not as wanted, in words; undefined when all are. */
export function mismatch(wanted: Wanted, body: unknown): string | undefined {
  if (body === undefined) return 'the body is not JSON'
  for (const [path, expected] of Object.entries(wanted)) {
    const value = at(body, path)
    const holds = typeof expected === 'function' ? expected(value) : value === expected
    if (holds) continue
    const name = typeof expected === 'function' ? expected.name : excerpt(expected)
    return `${path} is ${excerpt(value)}, expected ${name}`
  }
  return undefined
}

/** The value at a path such as `data.samples.0.id`; undefined where the path ends early. */
export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), body)
}

/** The text at a path; empty when there is none. */
export function textAt(body: unknown, path: string): string {
  const value = at(body, path)
  return typeof value === 'string' ? value : ''
}

/** The list at a path; empty when there is none. */
export function listAt(body: unknown, path: string): readonly unknown[] {
  const value = at(body, path)
  return Array.isArray(value) ? value : []
}

export function aUuid(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

export function aText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0
}

/** A number of things, or a share of them. */
export function aCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0
}

export function aTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

export function aFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function excerpt(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 120)
}
