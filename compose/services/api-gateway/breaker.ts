// A circuit breaker: stops calling a service that does not answer, and tries it again carefully. It has no clock.

/** When a breaker opens and how it closes again; times in ms. */
export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly consecutiveFailures: number
  /** How many latest calls the rates are taken over, and from how many on. */
  readonly window: number
  readonly minimumCalls: number
  /** Opens above these shares, 0 to 1. */
  readonly failureRate: number
  readonly slowRate: number
  /** A call that took longer than this is slow. */
  readonly slowCall: number
  /** How long it stays open; doubled per ten failures in a row, at most tenfold. */
  readonly open: number
  /** Calls let through when half open, and successes that close it. */
  readonly trials: number
}

/** Where a breaker stands. */
export type BreakerState = 'closed' | 'half-open' | 'open'

/** A call let through; its end must be told once. */
export interface Permit {
  /** `failed` means no answer came; an answer of any status is a success. */
  done(failed: boolean, now: number): void
}

/** One service's breaker. */
export interface Breaker {
  state(now: number): BreakerState
  /** A permit, or undefined when the call must not be made. */
  enter(now: number): Permit | undefined
  /** How long (ms) until the next call may be tried. */
  retryAfter(now: number): number
}

interface Outcome {
  readonly failed: boolean
  readonly slow: boolean
}

interface Circuit {
  state: BreakerState
  openUntil: number
  failuresInRow: number
  trialsStarted: number
  trialsDone: number
  outcomes: Outcome[]
  /** Changes with every change of state, so that late ends of earlier calls do not count. */
  epoch: number
}

/** Creates a closed breaker. */
export function createBreaker(rules: BreakerRules): Breaker {
  const start = { openUntil: 0, failuresInRow: 0, trialsStarted: 0, trialsDone: 0, epoch: 0 }
  const circuit: Circuit = { ...start, state: 'closed', outcomes: [] }
  const state = (now: number): BreakerState => {
    if (circuit.state === 'open' && now >= circuit.openUntil) turn(circuit, 'half-open')
    return circuit.state
  }
  return {
    state,
    retryAfter: (now) => (state(now) === 'open' ? circuit.openUntil - now : 0),
    enter: (now) => {
      if (state(now) === 'open') return undefined
      if (circuit.state === 'half-open') {
        if (circuit.trialsStarted >= rules.trials) return undefined
        circuit.trialsStarted += 1
      }
      const { epoch } = circuit
      return {
        done: (failed, end) => {
          if (epoch === circuit.epoch) settle(circuit, rules, { failed, slow: end - now > rules.slowCall, end })
        },
      }
    },
  }
}

function turn(circuit: Circuit, state: BreakerState): void {
  Object.assign(circuit, { state, trialsStarted: 0, trialsDone: 0, outcomes: [] })
  circuit.epoch += 1
}

function settle(circuit: Circuit, rules: BreakerRules, call: Outcome & { readonly end: number }): void {
  circuit.failuresInRow = call.failed ? circuit.failuresInRow + 1 : 0
  if (circuit.state === 'half-open') return settleTrial(circuit, rules, call)
  circuit.outcomes = [...circuit.outcomes, { failed: call.failed, slow: call.slow }].slice(-rules.window)
  if (mustOpen(circuit, rules)) open(circuit, rules, call.end)
}

function settleTrial(circuit: Circuit, rules: BreakerRules, call: { failed: boolean; end: number }): void {
  if (call.failed) return open(circuit, rules, call.end)
  circuit.trialsDone += 1
  if (circuit.trialsDone >= rules.trials) turn(circuit, 'closed')
}

function mustOpen({ failuresInRow, outcomes }: Circuit, rules: BreakerRules): boolean {
  if (failuresInRow >= rules.consecutiveFailures) return true
  if (outcomes.length < rules.minimumCalls) return false
  const share = (which: 'failed' | 'slow'): number => outcomes.filter((one) => one[which]).length / outcomes.length
  return share('failed') > rules.failureRate || share('slow') > rules.slowRate
}

function open(circuit: Circuit, rules: BreakerRules, now: number): void {
  const factor = Math.min(2 ** Math.floor(circuit.failuresInRow / 10), 10)
  turn(circuit, 'open')
  circuit.openUntil = now + rules.open * factor
}
