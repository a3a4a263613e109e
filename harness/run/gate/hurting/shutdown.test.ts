// Which requests say something of a service that is told to stop: those it had taken by then, and no others.
import { expect, test } from 'vitest'
import type { Called } from './call.ts'
import { fateOf } from './shutdown.ts'

const TOLD = 1_000
const call = (began: number, ended: number, end: Called['end'] = 'answered'): Called => ({ began, ms: ended - began, end, headers: {}, text: '' })

test.each<[string, Called, { served: number; lost: number }]>([
  ['answered to the end', call(700, 1_200), { served: 1, lost: 0 }],
  ['broken off', call(700, 1_001, 'broken'), { served: 0, lost: 1 }],
  ['never answered', call(700, 9_000, 'silent'), { served: 0, lost: 1 }],
  ['over before', call(300, 900), { served: 0, lost: 0 }],
  ['perhaps still waiting for the connection when it was told', call(950, 1_001, 'broken'), { served: 0, lost: 0 }],
  ['begun later, before a closed door', call(1_100, 1_101, 'refused'), { served: 0, lost: 0 }],
])('one that was %s', (_, called, fate) => {
  expect(fateOf([called], TOLD)).toEqual(fate)
})
