// The order of a gate: idle looks, drills, looks after them; and that it ends early only where enough is known.
import { expect, test } from 'vitest'
import { planGate } from '../../drill/gate-plan.ts'
import { MINI_STACK } from '../../drill/testing/mini-stack.ts'
import type { Happening } from '../../model/entry.ts'
import { phaseSchema } from '../../model/phase.ts'
import { systemClock } from '../../time/clock.ts'
import type { Session } from '../session.ts'
import { lookBack } from './everyday.ts'
import { openGates, runGate } from './run-gate.ts'

const told = { claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking' as const }
const phase = {
  ...phaseSchema.parse({
    name: 'phase-1',
    title: 'Is the shop open?',
    criteria: [
      { id: 'covered', ...told, check: { kind: 'alert-coverage', level: 'tested' } },
      { id: 'started', ...told, check: { kind: 'start-time', within: '5m' } },
      { id: 'counted', ...told, check: { kind: 'series', query: 'up' } },
    ],
  }),
  file: 'phase-1.ts',
}
const plan = planGate(phase, { profile: 'smoke', only: [], skip: {}, drills: [] })

async function gateThat(enough: () => boolean) {
  const journal: Happening[] = []
  const order: string[] = []
  const append = (one: Happening) => {
    journal.push(one)
    if (one.type === 'gate-look') order.push(`${one.look.criterion}${one.look.covered ? '' : ` not seen: ${one.look.missing}`}`)
  }
  const rig = { runtime: 'local', stack: MINI_STACK, resolve: String }
  const session = { rig, run: 'r', acceleration: 40, world: { clock: systemClock, env: {}, onLeft: () => undefined } } as unknown as Session
  const gate = { plans: [plan], scrapeMs: 15_000, coverage: async () => [], enough: async () => enough() }
  openGates(gate, append)
  const drills = async () => void order.push('drills')
  await runGate({ gate, session, append, signal: new AbortController().signal, startTime: { value: { ms: 1, command: 'x', services: 1 }, covered: true }, drills })
  return { journal, order }
}

test('idle, drills, what they showed, then load; a load that cannot be had is told, and the gate goes on', async () => {
  const { journal, order } = await gateThat(() => false)
  expect(journal[0]).toMatchObject({ type: 'gate-opened', profile: 'smoke', phase: { name: 'phase-1' } })
  expect(order.slice(0, 3)).toEqual(['started', 'drills', 'covered'])
  expect(order[3]).toMatch(/^counted not seen: .*load/)
})

test('once enough is known nothing is begun, and each look says why', async () => {
  const { order } = await gateThat(() => true)
  const why = 'not seen: not looked at: a criterion that decides had failed by then, and --fail-fast stops there'
  expect(order).toEqual([`started ${why}`, `covered ${why}`, `counted ${why}`])
})

test('the load is on as long as the queries look back, five minutes at least', () => {
  const asking = (query: string) => ({ check: { kind: 'series' as const, query } })
  expect(lookBack([])).toBe(300_000)
  expect(lookBack([asking('rate(x[1m])')])).toBe(300_000)
  expect(lookBack([asking('max_over_time(rate(x[1m])[15m:1m]) offset 2m')])).toBe(900_000)
})
