// Has every alert rule been shown to do what it is for?
import { rulesBelow } from '../../model/alert-coverage.ts'
import type { Level } from '../../model/alert-coverage.ts'
import { inconclusive } from '../outcome.ts'
import { count } from '../wording.ts'
import { byLooks, tally } from './look.ts'
import type { GateJudge } from './look.ts'

const MEANING: Readonly<Record<Level, string>> = {
  tested: 'has a unit test in which it fires, or fired in a run',
  fired: 'fired in a run',
  proven: 'was raised by a fault, delivered, and ended in time',
}

export const alertCoverage: GateJudge<'alert-coverage'> = {
  describe: ({ level }) => `every alert rule ${MEANING[level]}, or is exempt with a reason`,
  judge: byLooks('alert-coverage', ({ level }, value) => {
    if (value.length === 0) return inconclusive('there is no alert rule')
    const below = rulesBelow({ rules: value }, level)
    return tally({ wrong: below.map(({ alert, state }) => `${alert} is ${state}`), good: `${count(value.length, 'rule')}, each ${level} or exempt` })
  }),
}
