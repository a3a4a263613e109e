// A gate is planned so that one stack serves all: each drill once, looks by stage, what is left out with its reason.
import { expect, test } from 'vitest'
import { drillSchema } from '../model/drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { phaseSchema } from '../model/phase.ts'
import type { Phase } from '../model/phase.ts'
import { planGate } from './gate-plan.ts'

type Given = Partial<Phase['criteria'][number]> & { readonly id: string }

const aDrill = (name: string, ...tags: string[]): LoadedDrill => ({
  ...drillSchema.parse({ title: 'Is the shop quiet?', tags, load: { scenario: 'buy', rate: '20/s', floor: '10/s' } }),
  name,
  file: `${name}.ts`,
})
const drills = [aDrill('crash', 'smoke'), aDrill('outage', 'smoke'), aDrill('day')]

function plan(criteria: readonly Given[], wish: Partial<Parameters<typeof planGate>[1]> = {}) {
  const whole = criteria.map((criterion) => ({ claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking', ...criterion }))
  const phase = { ...phaseSchema.parse({ name: 'phase-1', title: 'Is the shop open?', criteria: whole }), file: 'phase-1.ts' }
  return planGate(phase, { profile: 'nightly', only: [], skip: {}, drills, ...wish })
}

const smoke: Given = { id: 'a', check: { kind: 'drill', tag: 'smoke' } }
const crash: Given = { id: 'b', check: { kind: 'drill', drills: ['crash'] } }
const day: Given = { id: 'c', profile: 'fidelity', check: { kind: 'load', drill: 'day' } }
const health: Given = { id: 'd', check: { kind: 'endpoint', services: ['web'], path: '/health', when: ['idle', 'without'], without: 'db' } }
const taste: Given = { id: 'e', weight: 'advisory', undecidable: 'A taste has no figure.' }

const named = (list: readonly { readonly id?: string; readonly name?: string }[]) => list.map(({ id, name }) => id ?? name)

test('each drill once, a tag by the drills that carry it', () => {
  const { drills: run, phase } = plan([smoke, crash, taste])
  expect(named(run)).toEqual(['crash', 'outage'])
  expect(phase.criteria[0]?.check).toEqual({ kind: 'drill', drills: ['crash', 'outage'] })
})

test('a drill is run only where the profile has the time for it', () => {
  expect(named(plan([day]).drills)).toEqual([])
  expect(named(plan([day], { profile: 'fidelity' }).drills)).toEqual(['day'])
})

test('looks by stage, one criterion in as many as it asks for', () => {
  const { looks } = plan([smoke, health, { id: 'f', check: { kind: 'series', query: 'up' } }])
  expect(Object.entries(looks).map(([stage, own]) => [stage, named(own)])).toEqual([['idle', ['d']], ['drilled', []], ['load', ['f']], ['hurting', []], ['away', ['d']]])
})

test('only what was asked for; the rest is skipped, and says why', () => {
  const { drills: run, skipped, looks } = plan([smoke, crash, health], { only: ['b'], skip: { d: 'no time' } })
  expect({ run: named(run), skipped, idle: looks.idle }).toEqual({ run: ['crash'], skipped: { a: 'only b was asked for', d: 'no time' }, idle: [] })
})
