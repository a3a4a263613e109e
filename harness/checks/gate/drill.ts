// Did the drills pass that put this claim to the test, or those of their criteria that say something of it?
import type { CheckOf } from '../../model/gate-check.ts'
import type { GateDrill } from '../../model/gate-evidence.ts'
import { worst } from '../../model/verdict.ts'
import { inconclusive, pass } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { count, sayList } from '../wording.ts'
import type { GateJudge } from './look.ts'

type Check = CheckOf<'drill'>

export const drill: GateJudge<'drill'> = {
  describe: (check) => `${sayWhich(check)}: ${check.criterion === undefined ? 'every criterion' : `what they find of ${check.criterion}`} passes`,
  judge(check, { drills }) {
    const lost = (check.drills ?? []).filter((name) => !drills.some((one) => one.name === name))
    const chosen = drills.filter(({ name, tags }) => check.drills?.includes(name) ?? tags.includes(check.tag ?? ''))
    if (chosen.length === 0 && lost.length === 0) return inconclusive(`no drill with the tag ${check.tag} was run`)
    const outcomes = [...chosen.map((one) => outcomeOf(one, check)), ...lost.map((name) => inconclusive(`${name} was not run`))]
    const verdict = worst(outcomes.map((one) => one.verdict))
    const telling = outcomes.filter((one) => one.verdict === verdict)
    const lines = telling.flatMap((one) => one.lines)
    if (verdict === 'pass') return pass(`${count(chosen.length, 'drill')} passed: ${sayList(chosen.map(({ id }) => id))}`, { lines })
    return { verdict, because: sayList(telling.map(({ because }) => because), 3), times: [], lines }
  },
}

function sayWhich({ drills, tag }: Check): string {
  return drills === undefined ? `drills tagged ${tag}` : `the ${drills.length === 1 ? 'drill' : 'drills'} ${drills.join(', ')}`
}

/** A drill that broke off has no findings worth reading one by one. */
function outcomeOf({ id, verdict, because, findings }: GateDrill, { criterion }: Check): Outcome {
  const own = criterion === undefined ? findings : findings.filter((finding) => finding.criterion.kind === criterion)
  if (own.length === 0 && criterion !== undefined) return inconclusive(findings.length === 0 ? `${id}: ${because}` : `${id} says nothing of ${criterion}`)
  const all = criterion === undefined ? verdict : worst(own.map((finding) => finding.verdict))
  const telling = own.filter((finding) => finding.verdict === all)
  const why = criterion === undefined ? because : (telling[0]?.because ?? because)
  return { verdict: all, because: `${id}: ${why}`, times: [], lines: telling.flatMap(({ lines }) => lines) }
}
