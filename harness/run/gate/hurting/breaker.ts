// Calls that lead to a service which is away: tried at first, then refused at once, and let through again when it is back.
import { HarnessError } from '../../../errors.ts'
import type { CheckOf } from '../../../model/gate-check.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import { exceptDeadline, poll } from '../../../time/poll.ts'
import { withoutService } from './away.ts'
import type { Door } from './burst.ts'
import { callOnce } from './call.ts'
import type { Called } from './call.ts'
import type { HurtingScene } from './hurting-scene.ts'

/** More than any breaker wants to see fail in a row before it opens, and some to be refused. */
const CALLS = 60
const BEFORE = 3
const PAUSE_MS = 50
/** A breaker stays open for a while, and for longer the longer nothing answered. Real time. */
const RECOVERED_WITHIN_MS = 120_000

type Breaker = NonNullable<CheckOf<'limits'>['breaker']>
type Seen = NonNullable<FactValue<'limits'>['breaker']>

export async function breakerAt(door: Door, { without, path }: Breaker, scene: HurtingScene): Promise<Seen> {
  const { clock, signal } = scene
  const call = () => callOnce({ ...door, path, clock, signal })
  const before = (await several(BEFORE, call, scene)).find((one) => !wentThrough(one))
  if (before !== undefined) throw new HarnessError('BASELINE_NOT_STEADY', `${path} answered ${before.status ?? before.end} while ${without} was there`)
  const called = await withoutService(without, scene, () => several(CALLS, call, scene))
  const refused = called.filter(isRefusal)
  const wait = { clock, signal, within: RECOVERED_WITHIN_MS, every: 250, what: `${path} to go through again` }
  const recovered = await poll(wait, async () => wentThrough(await call())).catch(exceptDeadline)
  return { calls: called.length, refused: refused.length, refusedMs: Math.max(0, ...refused.map(({ ms }) => Math.round(ms))), recovered: recovered === true }
}

async function several(count: number, call: () => Promise<Called>, { clock, signal }: HurtingScene): Promise<readonly Called[]> {
  const called: Called[] = []
  while (called.length < count) {
    called.push(await call())
    await clock.sleep(PAUSE_MS, signal)
  }
  return called
}

/** Who has tried in vain has nothing to say of when to come back; who refuses to try does. */
function isRefusal({ status, headers }: Called): boolean {
  return status === 503 && headers['retry-after'] !== undefined
}

/** Whatever the service itself said. */
function wentThrough({ status }: Called): boolean {
  return status !== undefined && status < 500
}
