// What is told while a gate goes on: each criterion once all of it was seen, with the time left; and when enough is known.
import { expect, test } from 'vitest'
import type { GatePlan } from '../drill/gate-plan.ts'
import { planGate } from '../drill/gate-plan.ts'
import type { Entry, Happening } from '../model/entry.ts'
import type { GateLook } from '../model/gate-evidence.ts'
import { phaseSchema } from '../model/phase.ts'
import type { CommandWorld } from './command-world.ts'
import { watchGate } from './gate-watch.ts'

const told = { claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking' as const }
const phase = {
  ...phaseSchema.parse({
    name: 'phase-1',
    title: 'Is the shop open?',
    criteria: [
      { id: 'opens', ...told, check: { kind: 'deployed', services: ['web'] } },
      { id: 'shines', ...told, weight: 'advisory', check: { kind: 'deployed', services: ['lamp'] } },
      { id: 'answers', ...told, check: { kind: 'endpoint', services: ['web'], path: '/', when: ['idle', 'load'] } },
    ],
  }),
  file: 'phase-1.ts',
}
const plan: GatePlan = planGate(phase, { profile: 'smoke', only: [], skip: {}, drills: [] })
const steps = [{ what: 'stack', ms: 20_000 }, ...[1, 2, 3, 4].map(() => ({ what: 'look', ms: 1_000 }) as const), { what: 'end', ms: 5_000 }] as const

function watching(failFast: boolean) {
  const lines: string[] = []
  const world = { root: '/', tell: (line: string) => void lines.push(line) } as unknown as CommandWorld
  const { onEntry, enough } = watchGate(world, { plans: [plan], steps, failFast })
  let seq = 0
  const happens = (happening: Happening) => onEntry({ ...happening, v: 1, seq: (seq += 1), at: seq } as Entry)
  const look = (criterion: string, kind: string, value: unknown) => happens({ type: 'gate-look', phase: 'phase-1', look: { criterion, kind, covered: true, value } as unknown as GateLook })
  return { lines, enough, happens, look }
}

const running = (service: string, state: string) => [{ service, state }]
const answer = (when: string) => [{ service: 'web', when, status: 200, ms: 1, body: {} }]

test('a criterion is told once all of it was seen, with the time left', () => {
  const { lines, happens, look } = watching(false)
  happens({ type: 'stack-ready', ms: 1 })
  look('opens', 'deployed', running('web', 'running'))
  look('answers', 'endpoint', answer('idle'))
  look('answers', 'endpoint', answer('load'))
  const own = lines.filter((line) => line.includes('left)'))
  expect(own).toHaveLength(2)
  expect(own[0]).toMatch(/^ +pass +opens: .*\(about 8 s left\)$/)
  expect(own[1]).toMatch(/answers: .*\(about 6 s left\)$/)
})

test('enough is known when something that decides has failed, and nobody wanted all', async () => {
  const { enough, look } = watching(true)
  look('shines', 'deployed', running('lamp', 'stopped'))
  expect(await enough()).toBe(false)
  look('opens', 'deployed', running('web', 'stopped'))
  expect(await enough()).toBe(true)
})

test('without --fail-fast it goes on', async () => {
  const { enough, look } = watching(false)
  look('opens', 'deployed', running('web', 'stopped'))
  expect(await enough()).toBe(false)
})
