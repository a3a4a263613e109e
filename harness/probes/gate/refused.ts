// What those get who have no business there, and what the same call gets that shows what it should.
import type { Answer, FactValue } from '../../model/gate-evidence.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { attempt, observe } from '../probe.ts'
import { callService } from './call.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { logInOf } from './log-in.ts'
import { expired, madeUp, tampered } from './spoilt-token.ts'

type Check = CheckOf<'refused'>
type Call = Check['calls'][number]

/** What a caller shows, and what it should: undefined shows nothing. */
interface Shown {
  readonly token?: string | undefined
  readonly honest?: string | undefined
  /** Why nobody could show what they should. */
  readonly nobody?: string
}

/** Not covered where there is nothing to show. A door that is open to somebody with a made-up token is open, even where nobody can log in. */
export const refused: GateProbe<'refused'> = (check, scene) =>
  observe(scene.signal, [], async () => {
    const { token, honest, nobody } = await SHOWN[check.credentials](scene, check)
    const value: FactValue<'refused'>[number][] = []
    for (const call of check.calls) {
      const { body: _, ...answer } = await make(scene, call, token)
      // what changes something is not tried with good credentials
      const status = honest === undefined || call.method !== 'GET' ? undefined : (await make(scene, call, honest)).status
      value.push({ ...answer, method: call.method, path: call.path, ...(status === undefined ? {} : { honest: status }), ...(nobody === undefined ? {} : { nobody }) })
    }
    return { value }
  })

const SHOWN: Readonly<Record<Check['credentials'], (scene: GateScene, check: Check) => Promise<Shown>>> = {
  none: async (scene, { calls }) => (calls.some(({ method }) => method === 'GET') && knowsUsers(scene) ? unlessNobody(scene, async (honest) => ({ honest })) : {}),
  tampered: (scene) => unlessNobody(scene, async (honest) => ({ token: tampered(honest), honest }), async () => ({ token: tampered(await madeUp('nobody-knows-what-signs-tokens-here', 1)) })),
  expired: (scene) => {
    const secret = logInOf(scene).secret()
    return unlessNobody(scene, async (honest) => ({ token: await expired(honest, secret), honest }), async () => ({ token: await madeUp(secret, -1) }))
  },
  guest: async (scene) => ({ token: await logInOf(scene).fresh(), honest: await logInOf(scene).privileged() }),
}

/** As a user whom nobody knew before; `instead` where there is no way to become one. */
async function unlessNobody(scene: GateScene, shown: (honest: string) => Promise<Shown>, instead: () => Promise<Shown> = async () => ({})): Promise<Shown> {
  const { value: honest, missing } = await attempt(scene.signal, '', async () => ({ value: await logInOf(scene).fresh() }))
  return missing === undefined ? shown(honest) : { ...(await instead()), nobody: missing }
}

function knowsUsers({ rig }: GateScene): boolean {
  return rig.stack.harness.login !== undefined
}

function make(scene: GateScene, { service, method, path, body }: Call, token: string | undefined): Promise<Answer> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return callService(scene, { service, method, path, headers, ...(body === undefined ? {} : { json: body }) })
}
