// Is one who asks too much turned away, and is nobody left waiting for what is known to be away?
import { humanDuration, parseDuration } from '../../model/duration.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import type { FactValue } from '../../model/gate-evidence.ts'
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

type Check = CheckOf<'limits'>
type Value = FactValue<'limits'>
interface Told {
  readonly wrong: readonly string[]
  readonly unknown: readonly string[]
  readonly good: string
}

const NOTHING: Told = { wrong: [], unknown: [], good: '' }

export const limits: GateJudge<'limits'> = {
  describe({ service, burst, breaker }) {
    const first = burst && `${burst.calls} calls at once to ${burst.path}: some are turned away with 429 and told when to come back`
    const second = breaker && `without ${breaker.without}: calls to it are refused within ${breaker.within}, and go through again once it is back`
    return `${service}, ${[first, second].filter(Boolean).join('; ')}`
  },
  judge: byLooks('limits', (check, value) => {
    const [burst, breaker] = [burstOf(check, value), breakerOf(check, value)]
    return tally({ wrong: [...burst.wrong, ...breaker.wrong], unknown: [...burst.unknown, ...breaker.unknown], good: [burst.good, breaker.good].filter(Boolean).join('; ') })
  }),
}

function burstOf({ burst: wanted }: Check, { burst }: Value): Told {
  if (wanted === undefined) return NOTHING
  if (burst === undefined || burst.sent < wanted.calls) return { ...NOTHING, unknown: [`only ${count(burst?.sent ?? 0, 'call')} of the burst went out`] }
  const wrong = [
    burst.unanswered > 0 && `${count(burst.unanswered, 'call')} of the burst got no answer`,
    burst.turnedAway === 0 && `none of ${burst.sent} calls was turned away`,
    burst.toldWhen < burst.turnedAway && `${burst.turnedAway - burst.toldWhen} of those turned away were not told when to come back`,
  ]
  return { wrong: wrong.filter((one) => one !== false), unknown: [], good: `${burst.turnedAway} of ${burst.sent} calls turned away` }
}

function breakerOf({ breaker: wanted }: Check, { breaker }: Value): Told {
  if (wanted === undefined) return NOTHING
  if (breaker === undefined || breaker.calls === 0) return { ...NOTHING, unknown: ['the breaker was not tried'] }
  const wrong = [
    breaker.refused === 0 && `none of ${breaker.calls} calls was refused while ${wanted.without} was away`,
    breaker.refused > 0 && breaker.refusedMs > parseDuration(wanted.within) && `a refusal took ${humanDuration(breaker.refusedMs)}`,
    !breaker.recovered && `no call went through once ${wanted.without} was back`,
  ]
  return { wrong: wrong.filter((one) => one !== false), unknown: [], good: `${breaker.refused} of ${breaker.calls} calls refused, each within ${humanDuration(breaker.refusedMs)}` }
}
