// Whether a service protects itself and others: from one who asks too much, and from waiting for what is away.
import { HarnessError } from '../../../errors.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { logInOf } from '../../../probes/gate/log-in.ts'
import { observe } from '../../../probes/probe.ts'
import { serviceNamed } from '../../../stack/stack-places.ts'
import { breakerAt } from './breaker.ts'
import { burstAt } from './burst.ts'
import type { Door } from './burst.ts'
import type { HurtingLook, HurtingScene } from './hurting-scene.ts'
import { notWholeAgain } from './whole-again.ts'

/** The breaker first: who has asked too much may be shut out for a while. */
export const limits: HurtingLook<'limits'> = ({ service, burst, breaker }, scene) =>
  observe<FactValue<'limits'>>(scene.signal, {}, async () => {
    const door = await doorOf(service, scene)
    const tried = breaker && { breaker: await breakerAt(door, breaker, scene) }
    const asked = burst && { burst: await burstAt(door, burst, scene) }
    return { value: { ...asked, ...tried }, missing: await notWholeAgain(scene) }
  })

async function doorOf(service: string, scene: HurtingScene): Promise<Door> {
  const [port] = serviceNamed(scene.rig.stack, service).ports
  if (port === undefined) throw new HarnessError('CONTENT_INVALID', `${service} has no port that could be asked`)
  const token = await logInOf(scene).fresh()
  return { address: scene.rig.address(service, port), headers: { authorization: `Bearer ${token}` } }
}
