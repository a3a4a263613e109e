// Asks the other services: as a service, on behalf of the saga's user, and always under the saga's id.
import type { Defect } from '../kit/defects.ts'
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { call, HttpCallError, type HttpAnswer } from '../kit/http-call.ts'
import { StepFailure } from './failure.ts'
import type { Saga } from './saga.ts'
import type { Ask, PeerAnswer } from './workflow.ts'

/** Where the services are, and how this one proves itself to them. */
export interface PeerSettings {
  readonly sampleUrl: string
  readonly storageUrl: string
  readonly notificationUrl: string
  readonly serviceKey: string
  readonly defects: ReadonlySet<Defect>
}

/** Makes the `ask` of one attempt; `until` (ms since the epoch) is the end of its time. */
export type Peers = (saga: Pick<Saga, 'id' | 'user_id'>, until: number) => Ask

/** Answers that leave open whether something was done, or that a later attempt may not get. */
const PASSING = new Set([408, 425, 429])

/** Opens the way to the other services. */
export function createPeers(settings: PeerSettings): Peers {
  const urls = { sample: settings.sampleUrl, storage: settings.storageUrl, notification: settings.notificationUrl }
  const trustsAll = settings.defects.has('saga-trusts-any-answer')
  return (saga, until) => async ({ peer, method, path, body }) => {
    const answer = await reach(() =>
      call({
        peer,
        method,
        url: urls[peer] + path,
        deadline: Math.max(1, until - Date.now()),
        headers: headersFor(saga, settings.serviceKey, body !== undefined),
        body: body && JSON.stringify(body),
        spanName: `saga ${method} ${peer}`,
        attributes: { 'saga.id': saga.id },
      }),
    )
    if (trustsAll) return { status: answer.status, ok: true, body: objectIn(answer) }
    return definite(peer, answer)
  }
}

/** A service key rather than the user's token: it is not a secret to store, and does not expire with a long saga. */
function headersFor({ id, user_id }: Pick<Saga, 'id' | 'user_id'>, serviceKey: string, json: boolean) {
  return {
    ...(json ? { 'content-type': 'application/json' } : {}),
    authorization: `Service ${serviceKey}`,
    'x-user-id': user_id,
    'x-transaction-id': id,
    'x-request-id': id,
  }
}

async function reach(work: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof HttpCallError)) throw error
    const effect = error.failure === 'connect' ? 'none' : 'unknown'
    throw new StepFailure(error.message, { effect, retry: true, cause: error })
  }
}

function definite(peer: string, answer: HttpAnswer): PeerAnswer {
  const { status } = answer
  if (status >= 500) throw new StepFailure(`${peer} answered ${status}`, { effect: 'unknown', retry: true })
  if (PASSING.has(status)) throw new StepFailure(`${peer} answered ${status}`, { effect: 'none', retry: true })
  return { status, ok: status >= 200 && status < 300, body: objectIn(answer) }
}

function objectIn({ body }: HttpAnswer): JsonObject {
  try {
    return jsonObject(JSON.parse(body.toString('utf8')))
  } catch {
    return {}
  }
}
