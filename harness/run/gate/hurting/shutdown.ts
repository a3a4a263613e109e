// Whether services that are told to stop finish what they have begun: each under requests that are slow enough to be in the middle of it.
import { HarnessError } from '../../../errors.ts'
import { parseDuration } from '../../../model/duration.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { observe } from '../../../probes/probe.ts'
import { readyAddress } from '../../../stack/readiness.ts'
import { serviceNamed } from '../../../stack/stack-places.ts'
import { exceptDeadline, poll } from '../../../time/poll.ts'
import type { Called } from './call.ts'
import type { HurtingLook, HurtingScene } from './hurting-scene.ts'
import { keepAsking } from './keep-asking.ts'
import { withSlowEdges } from './slowed.ts'
import { willBeRestarted } from './to-be-restarted.ts'
import { notWholeAgain } from './whole-again.ts'

const USERS = 8
/** So long under way, a request has been taken for sure: it does not wait for the connection any more. */
const TAKEN_MS = 100
const PATIENCE_MS = 20_000
/** Waited for beyond what is allowed, so that one who is late is told from one who never ends. */
const BEYOND_MS = 10_000

type Value = FactValue<'shutdown'>[number]

export const shutdown: HurtingLook<'shutdown'> = (check, scene) =>
  observe<readonly Value[]>(scene.signal, [], async () => {
    const value: Value[] = []
    for (const service of check.services) {
      value.push(await withSlowEdges(service, scene, () => stopAsked(service, check, scene)))
      const missing = await notWholeAgain(scene)
      if (missing !== undefined) return { value, missing }
    }
    return { value }
  })

async function stopAsked(service: string, { within = '30s' }: CheckOf<'shutdown'>, scene: HurtingScene): Promise<Value> {
  const { rig, clock, signal } = scene
  const spec = serviceNamed(rig.stack, service)
  const place = readyAddress(spec, (port) => rig.address(service, port))
  if (place === undefined) throw new HarnessError('CONTENT_INVALID', `${service} has nothing that could be asked while it stops`)
  const asking = keepAsking({ ...place, clock, signal, patienceMs: PATIENCE_MS }, USERS)
  try {
    const wait = { clock, signal, within: PATIENCE_MS, every: 10, what: `requests to be under way in ${service}` }
    await poll(wait, async () => asking.underWay(TAKEN_MS) >= USERS / 2).catch(exceptDeadline)
    willBeRestarted(service, scene)
    const told = performance.now()
    const { ended, exitCode, ms } = await rig.terminate(service, parseDuration(within) + BEYOND_MS)
    if (ended && exitCode === undefined) throw new HarnessError('PROBE_UNREACHABLE', `how ${service} ended is told only to whoever started it`)
    return { service, ms, ...(exitCode === undefined ? {} : { exitCode }), ...fateOf(await asking.end(), told) }
  } finally {
    await asking.end().catch(() => undefined)
  }
}

/** What became of the requests that were under way when it was told. One that came later may well find the door closed. */
export function fateOf(calls: readonly Called[], told: number): Pick<Value, 'served' | 'lost'> {
  const caught = calls.filter(({ began, ms }) => began <= told - TAKEN_MS && began + ms > told)
  const served = caught.filter(({ end }) => end === 'answered').length
  return { served, lost: caught.length - served }
}
