// A batch is counted by event, whatever the spelling of its id.
import { expect, it } from 'vitest'
import type { DeliveredEvent } from '../kit/stream-handler.ts'
import { countById } from './tally.ts'

function delivered(entry: string, id: string): DeliveredEvent {
  const rest = { version: '1.0', correlation_id: null, payload: {}, metadata: {}, subject: null, priority: 3 } as const
  return {
    entry,
    envelope: { ...rest, id, event_type: 'a.b', source_service: 's', timestamp: '2025-07-14T00:00:00Z' },
  }
}

it('keeps the first delivery of each event and counts the others', () => {
  const batch = [delivered('1-0', 'aa'), delivered('2-0', 'bb'), delivered('3-0', 'AA')]
  expect(countById(batch).map(({ event, times }) => [event.entry, times])).toEqual([
    ['1-0', 2],
    ['2-0', 1],
  ])
})
