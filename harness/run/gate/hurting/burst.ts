// One user who asks too much at once: who is turned away, and whether they are told when to come back.
import type { CheckOf } from '../../../model/gate-check.ts'
import type { FactValue } from '../../../model/gate-evidence.ts'
import type { Address } from '../../../model/stack.ts'
import { callOnce } from './call.ts'
import type { HurtingScene } from './hurting-scene.ts'

const TOO_MANY = 429

export type Headers = Readonly<Record<string, string>>
type Burst = NonNullable<CheckOf<'limits'>['burst']>
type Seen = NonNullable<FactValue<'limits'>['burst']>

export interface Door {
  readonly address: Address
  /** Of one user who was let in. */
  readonly headers: Headers
}

export async function burstAt(door: Door, { path, calls }: Burst, { clock, signal }: HurtingScene): Promise<Seen> {
  const called = await Promise.all(Array.from({ length: calls }, () => callOnce({ ...door, path, clock, signal })))
  const away = called.filter(({ status }) => status === TOO_MANY)
  return {
    sent: called.filter(({ end }) => end !== 'refused').length,
    turnedAway: away.length,
    unanswered: called.filter(({ end }) => end === 'broken' || end === 'silent').length,
    toldWhen: away.filter(({ headers }) => headers['retry-after'] !== undefined).length,
  }
}
