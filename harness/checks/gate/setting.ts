// Is a value in force that was promised, such as how long data is kept?
import { bytesOf } from '../../model/bytes.ts'
import { parseDuration } from '../../model/duration.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { fail, inconclusive, pass } from '../outcome.ts'
import { byLooks } from './look.ts'
import type { GateJudge } from './look.ts'

type Check = CheckOf<'setting'>
type Amount = string | number | boolean

const SOURCES = { flags: 'the flags of', file: 'the configuration of', environment: 'the environment of', server: 'what is in force in' } as const

export const setting: GateJudge<'setting'> = {
  describe: (check) => `${check.name} in ${SOURCES[check.from]} ${check.service} is ${wanted(check)}`,
  judge: byLooks('setting', (check, { value, where }) => {
    if (value === undefined) return fail(`${where} has no ${check.name}`)
    const said = `${check.name} is ${value} (${where})`
    const held = holds(value, check)
    if (held === undefined) return inconclusive(`${said}, which cannot be compared with ${wanted(check)}`)
    return held ? pass(said) : fail(`${said}, wanted ${wanted(check)}`)
  }),
}

function wanted({ is, atLeast, atMost }: Check): string {
  const parts = [is !== undefined && String(is), atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`]
  return parts.filter((part) => part !== false).join(' and ')
}

/** Undefined when an amount cannot be compared with its bound. */
function holds(value: Amount, { is, atLeast, atMost }: Check): boolean | undefined {
  const bounds = [
    is === undefined ? true : String(is) === String(value),
    atLeast === undefined ? true : compare(value, atLeast, (own, bound) => own >= bound),
    atMost === undefined ? true : compare(value, atMost, (own, bound) => own <= bound),
  ]
  return bounds.includes(undefined) ? undefined : bounds.every(Boolean)
}

const READERS: readonly ((text: string) => number | undefined)[] = [(text) => numberOf(Number(text)), durationOf, bytesOf]

/** Both are read in the same way, by the first one that can read both. */
function compare(value: Amount, bound: Amount, holding: (own: number, bound: number) => boolean): boolean | undefined {
  for (const read of READERS) {
    const [own, limit] = [read(String(value)), read(String(bound))]
    if (own !== undefined && limit !== undefined) return holding(own, limit)
  }
  return undefined
}

function numberOf(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}

function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text)
  } catch {
    return undefined
  }
}
