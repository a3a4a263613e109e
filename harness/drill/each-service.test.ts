// One drill for each service that may be killed, each of them a drill that could have been written by hand.
import { expect, test } from 'vitest'
import { join } from 'node:path'
import { drillSchema } from '../model/drill.ts'
import { readStack } from '../stack/compose-file.ts'
import { drillsOfEachService } from './each-service.ts'
import { readContent } from './read-content.ts'

const { content } = await readContent(readStack(join(import.meta.dirname, '../../compose/compose.yaml')))
if (!content) throw new Error('the content has problems')
const { stack, observed } = content

test('every service but the observers is killed once', () => {
  const drills = drillsOfEachService(stack, observed) ?? []
  const killed = drills.flatMap(({ faults }) => faults.flatMap((fault) => (fault.kind === 'crash' ? [fault.service] : [])))
  const observers = ['toxiproxy', 'jaeger', 'alertmanager', 'prometheus']
  expect(killed).toEqual(stack.services.map(({ name }) => name).filter((name) => !observers.includes(name)))
  for (const { name: _name, file: _file, ...drill } of drills) expect(drillSchema.parse(drill)).toEqual(drill)
})

test('a stack without everyday load has none', () => {
  expect(drillsOfEachService({ ...stack, harness: { ...stack.harness, everyday: undefined } }, observed)).toBeUndefined()
})
