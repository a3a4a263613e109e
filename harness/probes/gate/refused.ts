// What those get who have no business there, and what the same call gets that shows what it should.
import type { Answer, FactValue } from '../../model/gate-evidence.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { observe } from '../probe.ts'
import { callService } from './call.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { logInOf } from './log-in.ts'
import { expired, tampered } from './spoilt-token.ts'

type Check = CheckOf<'refused'>
type Call = Check['calls'][number]

/** What a caller shows, and what it should: undefined shows nothing. */
interface Shown {
  readonly token?: string | undefined
  readonly honest?: string | undefined
}

/** Not covered where no token could be made to show. */
export const refused: GateProbe<'refused'> = (check, scene) =>
  observe(scene.signal, [], async () => {
    const { token, honest } = await SHOWN[check.credentials](scene, check)
    const value: FactValue<'refused'>[number][] = []
    for (const call of check.calls) {
      const { body: _, ...answer } = await make(scene, call, token)
      const status = honest === undefined || call.method !== 'GET' ? undefined : (await make(scene, call, honest)).status
      value.push({ ...answer, method: call.method, path: call.path, ...(status === undefined ? {} : { honest: status }) })
    }
    return { value }
  })

const SHOWN: Readonly<Record<Check['credentials'], (scene: GateScene, check: Check) => Promise<Shown>>> = {
  // what only changes something is not tried with good credentials, so that nobody has to be there for it
  none: async (scene, { calls }) => (calls.some(({ method }) => method === 'GET') && knowsUsers(scene) ? { honest: await logInOf(scene).fresh() } : {}),
  tampered: async (scene) => {
    const honest = await logInOf(scene).fresh()
    return { token: tampered(honest), honest }
  },
  expired: async (scene) => {
    const honest = await logInOf(scene).fresh()
    return { token: await expired(honest, logInOf(scene).secret()), honest }
  },
  guest: async (scene) => ({ token: await logInOf(scene).fresh(), honest: await logInOf(scene).privileged() }),
}

function knowsUsers({ rig }: GateScene): boolean {
  return rig.stack.harness.login !== undefined
}

function make(scene: GateScene, { service, method, path, body }: Call, token: string | undefined): Promise<Answer> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return callService(scene, { service, method, path, headers, ...(body === undefined ? {} : { json: body }) })
}
