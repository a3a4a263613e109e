// A phase's verdict: of its blocking criteria, each by facts of its own; three reasons first; what was not judged is never a pass.
import { describe, expect, test } from 'vitest'
import { phaseSchema } from '../../model/phase.ts'
import type { GateCriterion, LoadedPhase, Phase } from '../../model/phase.ts'
import type { GateEvidence, GateFact } from '../../model/gate-evidence.ts'
import { aFact } from '../testing/gate.ts'
import { gateJudges } from './index.ts'
import { judgeGate } from './judge-gate.ts'

type Given = Partial<Phase['criteria'][number]> & { readonly id: string }

function aPhase(...criteria: readonly Given[]): LoadedPhase {
  const made = criteria.map((criterion) => {
    const check = criterion.undecidable === undefined ? { kind: 'deployed' as const, services: ['web'] } : undefined
    return { claim: 'The shop is open.', source: 'report', question: 'Is it open?', weight: 'blocking' as const, check, ...criterion }
  })
  return { ...phaseSchema.parse({ name: 'phase-1', title: 'Is the shop open?', criteria: made }), file: 'phase-1.ts' }
}

const found = (criterion: string, state: string): GateFact => aFact('deployed', [{ service: 'web', state }], { criterion }) as GateFact
const seen = (facts: readonly GateFact[], changes: Partial<GateEvidence> = {}): GateEvidence => ({ drills: [], facts, profile: 'nightly', ...changes })
const advisory = (id: string): Given => ({ id, weight: 'advisory' })

describe('the verdict', () => {
  test('all blocking ones pass: ready, whatever the advisory ones say', () => {
    const { verdict, because, reasons } = judgeGate(aPhase({ id: 'a' }, advisory('b')), seen([found('a', 'running'), found('b', 'stopped')]))
    expect({ verdict, because, reasons }).toEqual({ verdict: 'pass', because: '1 of 1 blocking criteria passed, 1 advisory failed', reasons: [] })
  })

  test('a criterion is judged by its own facts alone', () => {
    const { findings } = judgeGate(aPhase({ id: 'a' }, { id: 'b' }), seen([found('a', 'running')]))
    expect(findings.map(({ verdict, because }) => [verdict, because])).toEqual([['pass', 'running: web'], ['inconclusive', 'nobody looked']])
  })

  test('failures are the reasons before what is not proved, three at most, in the order of the phase', () => {
    const phase = aPhase({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }, advisory('e'))
    const { verdict, because, reasons } = judgeGate(phase, seen([found('b', 'stopped'), found('d', 'stopped'), found('e', 'stopped')]))
    expect(reasons.map(({ criterion }: { criterion: GateCriterion }) => criterion.id)).toEqual(['b', 'd', 'a'])
    expect({ verdict, because }).toEqual({ verdict: 'fail', because: '2 of 4 blocking criteria failed, 2 not proved, 1 advisory failed' })
  })

  test('nothing that blocks makes nothing ready', () => {
    expect(judgeGate(aPhase(advisory('a')), seen([found('a', 'running')])).verdict).toBe('inconclusive')
  })
})

describe('what is not judged', () => {
  test('skipping a blocking criterion never makes a phase ready', () => {
    const { verdict, findings } = judgeGate(aPhase({ id: 'a' }, { id: 'b' }), seen([found('a', 'running'), found('b', 'running')], { skipped: { b: 'no time' } }))
    expect(verdict).toBe('inconclusive')
    expect(findings[1]).toMatchObject({ how: 'skipped', verdict: 'inconclusive', because: 'left out: no time' })
  })

  test('one that a profile has no time for is shown, and says nothing either way', () => {
    const { verdict, because, findings } = judgeGate(aPhase({ id: 'a' }, { id: 'b', profile: 'nightly' }), seen([found('a', 'running')], { profile: 'smoke' }))
    expect({ verdict, because }).toEqual({ verdict: 'pass', because: '1 of 1 blocking criteria passed, 1 left to a longer profile' })
    expect(findings[1]).toMatchObject({ how: 'another-profile', because: 'decided in the nightly profile' })
  })

  test('one that no machine can decide says why', () => {
    const { findings } = judgeGate(aPhase({ id: 'a' }, { id: 'b', weight: 'advisory', undecidable: 'A taste cannot be measured.' }), seen([found('a', 'running')]))
    expect(findings[1]).toMatchObject({ how: 'undecidable', verdict: 'inconclusive', because: 'A taste cannot be measured.' })
  })

  test('a check that breaks is not a pass', () => {
    const broken = { ...found('a', 'running'), value: null } as unknown as GateFact
    expect(judgeGate(aPhase({ id: 'a' }), seen([broken])).findings[0]).toMatchObject({ verdict: 'inconclusive', because: expect.stringContaining('the check itself failed') })
  })
})

test.each(Object.keys(gateJudges).filter((kind) => kind !== 'drill'))('%s, blinded, passes nothing', (kind) => {
  const judge = gateJudges[kind as 'targets']
  const blind = { criterion: 'a', kind, lines: [1], covered: false, missing: 'it did not answer', value: undefined } as unknown as GateFact
  expect(judge.judge({} as never, { facts: [], drills: [] })).toMatchObject({ verdict: 'inconclusive', because: 'nobody looked' })
  expect(judge.judge({} as never, { facts: [blind], drills: [] })).toMatchObject({ verdict: 'inconclusive', because: 'not all was seen: it did not answer', lines: [1] })
})
