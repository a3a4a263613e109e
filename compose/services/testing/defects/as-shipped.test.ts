// compose/as-shipped.yaml: laid over the compose file, each service has defects it can have, and every one is found.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readStack } from '../../../../harness/stack/compose-file.ts'
import { DEFECTS, type Defect } from '../../kit/defects.ts'
import { allCriteria } from './all-probes.ts'

const COMPOSE = join(import.meta.dirname, '../../..')
/** Nobody has found these in the real system, or could have. */
const OUR_OWN: readonly Defect[] = [
  'drop-acknowledged-writes',
  'no-trace-propagation',
  'careless-model',
  'partial-batches',
  'reviews-overwritten',
  'no-version-lock',
  'two-samples-one-position',
]

function shipped(): readonly (readonly [service: string, defect: string])[] {
  const { stack, problems } = readStack(['compose.yaml', 'as-shipped.yaml'].map((file) => join(COMPOSE, file)))
  if (stack === undefined) throw new Error(JSON.stringify(problems))
  return stack.services.flatMap(({ name, environment }) => {
    // Where the overlay says nothing, a variable of the compose file stands.
    const given = /^\w/.test(environment.DEFECTS ?? '') ? (environment.DEFECTS ?? '').split(',') : []
    return given.map((defect) => [name, defect] as const)
  })
}

it('each service has only defects that a criterion finds in it', () => {
  const found = new Set(allCriteria.map(({ service, defect }) => `${service} ${defect}`))
  expect(shipped().filter((pair) => !found.has(pair.join(' ')))).toEqual([])
})

it('all defects of the real system are there', () => {
  const names = new Set(shipped().map(([, defect]) => defect))
  expect(Object.keys(DEFECTS).filter((name) => !names.has(name)).toSorted()).toEqual(OUR_OWN.toSorted())
})
