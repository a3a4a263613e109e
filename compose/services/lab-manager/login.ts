// Logs users in as the lab manager always did: the auth service decides, the answer has the lab manager's own form.
import type { FastifyInstance } from 'fastify'
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { giveBack } from '../kit/forwarding.ts'
import type { HttpAnswer } from '../kit/http-call.ts'
import { ask } from './pass-on.ts'
import { refuse } from './refusals.ts'
import type { LabManagerSettings } from './settings.ts'

/** POST /api/auth/login; a refusal is auth's own. */
export function loginRoutes(app: FastifyInstance, settings: LabManagerSettings): void {
  app.post('/api/auth/login', async (request, reply) => {
    const answer = await ask(settings, 'auth', { request, path: '/auth/login' })
    if (answer.status !== 200) return giveBack(reply, answer)
    const { user_id: id, email, role, access_token: token, expires_at } = dataOf(answer)
    return { success: true, data: { user: { id, email, role }, token, expires_at } }
  })
}

function dataOf({ body }: HttpAnswer): JsonObject {
  try {
    const { data } = jsonObject(JSON.parse(body.toString('utf8')))
    return jsonObject(data)
  } catch {
    throw refuse('REQUEST_FAILED', 'auth gave an answer that cannot be read')
  }
}
