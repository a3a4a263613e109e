// The table of defects: complete over DEFECTS and services, sorted, and honest about a criterion that finds nothing.
import { expect, it } from 'vitest'
import { DEFECTS } from '../../kit/defects.ts'
import { allCriteria } from './all-probes.ts'
import { finds, tableOf, type Row } from './table.ts'

const row = (more: Partial<Row>): Row => ({
  defect: 'no-lockout',
  service: 'auth',
  kind: 'answer',
  says: 'an account is locked',
  sound: { holds: true, saw: 'answered 403' },
  shipped: { holds: false, saw: 'answered 200' },
  ...more,
})

it('every defect has a criterion, in a service that has it', () => {
  const missing = Object.entries(DEFECTS).filter(([defect, of]) => {
    return !allCriteria.some((one) => one.defect === defect && (of.startsWith('every service') || one.service === of))
  })
  expect(missing).toEqual([])
  const astray = allCriteria.filter(({ defect, service }) => ![service, 'every service'].some((of) => DEFECTS[defect].startsWith(of)))
  expect(astray).toEqual([])
})

it('no two criteria are the same', () => {
  const names = allCriteria.map(({ defect, service, says }) => `${defect} ${service} ${says}`)
  expect(names).toEqual([...new Set(names)])
})

it('a row has both looks; a criterion that fails on the sound system is counted', () => {
  const blind = row({ defect: 'no-metrics', shipped: { holds: true, saw: 'answered 200' } })
  const alarm = row({ defect: 'event-mock', service: 'event', sound: { holds: false, saw: 'nothing' } })
  expect([row({}), blind, alarm].map(finds)).toEqual([true, false, false])
  const table = tableOf([row({}), blind, alarm])
  expect(table).toContain(`1 of ${Object.keys(DEFECTS).length} defects found, in 2 services; 1 of 3 criteria failed`)
  expect(table).toContain('| no-lockout | auth | answer | an account is locked | holds: answered 403 | **fails**: answered 200 |')
  expect(table.indexOf('| no-metrics')).toBeLessThan(table.indexOf('| no-lockout'))
})
