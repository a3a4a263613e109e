// How somebody becomes a user of the system, and shows it: what the engine must be told, for it knows no system.
import { z } from 'zod'

const path = z.string().regex(/^\//, 'a path that begins with a slash')
const call = z.strictObject({
  path,
  body: z.record(z.string(), z.unknown()).describe('sent by POST as JSON; ${USER} is a name that nobody else has, the rest as in Compose'),
})

export const loginSchema = z.strictObject({
  service: z.string().describe('the service that registers users and lets them in'),
  register: call,
  login: call,
  token: z.string().describe('where in the answer to login the token stands; dots lead inwards'),
  secret: z.string().optional().describe('what signs the tokens, with ${VAR:-default} as in Compose; without it none can be made that ran out'),
  privileged: call.optional().describe('the login of somebody who may do everything, to see what those get who may'),
})
export type Login = z.infer<typeof loginSchema>
