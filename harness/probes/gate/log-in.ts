// Becomes a user of the system in the way that its compose file describes.
import { randomUUID } from 'node:crypto'
import { HarnessError } from '../../errors.ts'
import type { Login } from '../../model/login.ts'
import type { Answer } from '../../model/gate-evidence.ts'
import { callService } from './call.ts'
import type { GateScene } from './gate-probe.ts'

export interface LogIn {
  /** The token of a user whom nobody knew before, and who may do what everybody may. */
  fresh(): Promise<string>
  /** That of somebody who may do everything; undefined where the compose file names nobody. */
  privileged(): Promise<string | undefined>
  /** What signs tokens. */
  secret(): string
}

/** Throws PROBE_UNREACHABLE where the stack says nothing of users, or they are not let in. */
export function logInOf(scene: GateScene): LogIn {
  const { login } = scene.rig.stack.harness
  if (login === undefined) throw new HarnessError('PROBE_UNREACHABLE', 'the compose file does not say how somebody logs in (x-harness.login)')
  return {
    fresh: async () => {
      const user = `${scene.run}-gate-${randomUUID().slice(0, 8)}`
      const { status = 0 } = await call(scene, login, { ...login.register, user })
      if (status >= 400 || status === 0) throw new HarnessError('PROBE_UNREACHABLE', `nobody can register: POST ${login.register.path} of ${login.service} answered ${status || 'nothing'}`)
      return tokenIn(await call(scene, login, { ...login.login, user }), login)
    },
    privileged: async () => login.privileged && tokenIn(await call(scene, login, { ...login.privileged, user: '' }), login),
    secret: () => {
      const secret = scene.jwtSecret ?? (login.secret && scene.rig.resolve(login.secret))
      if (!secret) throw new HarnessError('PROBE_UNREACHABLE', 'nobody knows what signs the tokens of this system (JWT_SECRET, x-harness.login.secret)')
      return secret
    },
  }
}

type Request = Login['register'] & { readonly user: string }

function call(scene: GateScene, { service }: Login, { path, body, user }: Request): Promise<Answer> {
  return callService(scene, { service, path, method: 'POST', json: filled(body, (text) => scene.rig.resolve(text.replaceAll('${USER}', user))) })
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => filled(one, fill))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, fill)]))
}

function tokenIn({ status, body, error }: Answer, { token, service, login }: Login): string {
  const found = token.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], body)
  if (typeof found === 'string' && found !== '') return found
  throw new HarnessError('PROBE_UNREACHABLE', `nobody is let in: POST ${login.path} of ${service} answered ${status ?? error ?? 'nothing'}, without ${token}`)
}
