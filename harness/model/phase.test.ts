// What a phase may say, and what it may not.
import { describe, expect, test } from 'vitest'
import { locate } from './located.ts'
import { isIn, phaseSchema } from './phase.ts'
import { readWith } from './schema-problems.ts'

const HEAD = `name: phase-1
title: Is the shop ready for its customers?
criteria:
  - id: shop-is-open
    claim: The shop is open.
    source: report
    question: Does it answer?
`

function problemsOf(rest: string): readonly string[] {
  return readWith(phaseSchema, locate('phase-1.yaml', HEAD + rest)).problems.map(({ line, what, fix }) => `${line}: ${what}. ${fix}`)
}

describe('a criterion', () => {
  test('is read with its defaults', () => {
    const { value } = readWith(phaseSchema, locate('phase-1.yaml', `${HEAD}    weight: blocking\n    check: { kind: endpoint, services: [web], path: /health }\n`))
    expect(value?.criteria[0]).toMatchObject({ claims: [], profile: 'smoke', check: { method: 'GET', status: 200, when: ['idle'] } })
  })

  test('is decided by a check, or is undecidable for a reason; not both, not neither', () => {
    const wanted = '4: criteria.0 is a map. write exactly one of check and undecidable'
    expect(problemsOf('    weight: advisory\n')).toEqual([wanted])
    expect(problemsOf('    weight: advisory\n    undecidable: A taste cannot be measured.\n    check: { kind: start-time, within: 5m }\n')).toEqual([wanted])
    expect(problemsOf('    weight: advisory\n    undecidable: A taste cannot be measured.\n')).toEqual([])
  })

  test('cannot block when nobody can decide it', () => {
    expect(problemsOf('    weight: blocking\n    undecidable: A taste cannot be measured.\n')).toEqual(['4: criteria.0 is a map. write weight advisory: what nobody can decide cannot block'])
  })

  test('has a check of a known kind, with known keys', () => {
    expect(problemsOf('    weight: blocking\n    check: { kind: endpiont, services: [web] }\n')).toEqual([expect.stringContaining('endpoint')])
    expect(problemsOf('    weight: blocking\n    check: { kind: targets, service: [web] }\n').join(' ')).toContain('services')
  })

  test.each([
    ['kind: drill, drills: [a], tag: b', 'exactly one of drills and tag'],
    ['kind: endpoint, services: [web], path: /health, without: db', '`without` names a service if, and only if, `when` has it'],
    ['kind: limits, service: web', 'at least one of burst and breaker'],
    ['kind: setting, service: db, from: server, name: x', 'is, atLeast or atMost'],
  ])('{ %s } is half a check', (check, wanted) => {
    expect(problemsOf(`    weight: blocking\n    check: { ${check} }\n`)).toEqual([expect.stringContaining(wanted)])
  })
})

test('each profile has the time for what the one before it does', () => {
  expect([isIn({ profile: 'smoke' }, 'nightly'), isIn({ profile: 'nightly' }, 'nightly'), isIn({ profile: 'nightly' }, 'smoke')]).toEqual([true, true, false])
})
