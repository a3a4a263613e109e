// How long each service takes to be of use again after it was killed: one after the other, for together they would wait for each other.
import { HarnessError, messageOf } from '../../../errors.ts'
import { parseDuration } from '../../../model/duration.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { observe } from '../../../probes/probe.ts'
import { serviceNamed } from '../../../stack/stack-places.ts'
import { poll, withDeadline } from '../../../time/poll.ts'
import { withoutService } from './away.ts'
import type { HurtingLook, HurtingScene } from './hurting-scene.ts'
import { isOfUse } from './ready-again.ts'
import { notWholeAgain } from './whole-again.ts'

/** Waited for beyond what is allowed, so that one who is late is told from one who never comes. */
const BEYOND_MS = 15_000

type Value = FactValue<'recovery'>

export const recovery: HurtingLook<'recovery'> = (check, scene) =>
  observe<Value>(scene.signal, [], async () => {
    const value: Value[number][] = []
    for (const service of check.services) value.push(await recoveryOf(service, check, scene))
    return { value, missing: await notWholeAgain(scene) }
  })

async function recoveryOf(service: string, check: CheckOf<'recovery'>, scene: HurtingScene): Promise<Value[number]> {
  const seen: { died: boolean; readyMs?: number } = { died: false }
  try {
    await withoutService(service, scene, async () => {
      // only what was proved to be gone comes here
      seen.died = true
      seen.readyMs = await restarted(service, check, scene)
    })
  } catch (thrown) {
    scene.signal.throwIfAborted()
    if (!isAnswer(thrown)) throw new HarnessError('PROBE_UNREACHABLE', `${service}: ${messageOf(thrown)}`)
  }
  return { service, ...seen }
}

/** Not proved to be gone, or not back: both are what was to be found out. */
function isAnswer(thrown: unknown): boolean {
  return thrown instanceof HarnessError && ['FAULT_NOT_PROVED', 'DEADLINE', 'STACK_NOT_READY', 'SERVICE_DIED'].includes(thrown.code)
}

/** Milliseconds from the start until it is of use. */
async function restarted(service: string, { within }: CheckOf<'recovery'>, scene: HurtingScene): Promise<number> {
  const { rig, clock, signal } = scene
  const began = clock.now()
  const wait = { clock, signal, within: parseDuration(within) + BEYOND_MS, what: `${service} to be back` }
  await withDeadline(wait, async (limit) => {
    await rig.restart(service, limit)
    await poll({ ...wait, every: 25, signal: limit }, () => isOfUse(serviceNamed(rig.stack, service), { ...scene, signal: limit }))
  })
  return clock.now() - began
}
