// Requests a scenario needs before its load begins: one attempt each, and the run is called off when one fails.
import exec from 'k6/execution'
import http from 'k6/http'
import { judge } from './expectation.ts'
import { bodyOf, paramsOf, parse } from './operation.ts'
import type { Ask } from './operation.ts'
import { newTrace } from './trace-context.ts'

/** The body of the answer; calls the run off when it is not what the operation promises. Leaves no history. */
export function prepare(ask: Ask): unknown {
  const { status, body, error } = http.request(ask.method, ask.url, bodyOf(ask), paramsOf(ask, newTrace().traceparent))
  const answer = { status, body: parse(body, ask.read), error }
  const { good, why } = judge(ask.expect, answer)
  if (!good) exec.test.abort(`the load was called off: ${ask.op} at ${ask.url} before it began: ${why}`)
  return answer.body
}

