// The invariants of sagas and of events: what is broken on purpose is found and named, wherever its traces lie.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askInvariants, type AskedInvariants } from './testing/asked-invariants.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [SAGA, PLACE, SAMPLE] = [1, 2, 3].map(id) as [string, string, string]
const SAGAS = ['saga-comes-to-an-end', 'saga-completed-is-done', 'saga-undone-leaves-nothing', 'saga-is-remembered']

let asked: AskedInvariants

beforeAll(async () => {
  asked = await askInvariants('127.61.44.1')
}, 60_000)

afterAll(() => asked.postgres.remove())

/** What does not hold of sagas; the other services' rows are planted without their own histories. */
async function broken(): Promise<Readonly<Record<string, readonly string[]>>> {
  return Object.fromEntries(Object.entries(await asked.broken()).filter(([name]) => SAGAS.includes(name)))
}

describe('a saga', () => {
  async function saga(status: string, { done = 4, settled = true } = {}): Promise<void> {
    const input = { sample_data: { barcode: 'B-1' }, notification_recipients: ['a', 'b'] }
    await asked.as('transaction', `
      insert into transaction.runners values ('r', 1) on conflict do nothing;
      insert into transaction.sagas (id, name, transaction_type, workflow, status, user_id, metadata, context_data, input, completed_steps,
        total_steps, runner, epoch, trace, deadline_at, settled_at)
      values ('${SAGA}', 'n', 't', 'sample-submission', '${status}', 'u', '{}', '{}', '${JSON.stringify(input)}', ${done}, 4, 'r', 1, '{}',
        now(), ${settled ? 'now()' : 'null'})`)
  }

  const compensation = (status: string) => asked.as('transaction', `insert into transaction.saga_compensations
    (saga_id, position, step, name, status, certain) values ('${SAGA}', 0, 's', 'undo', '${status}', true)`)
  const sample = (status: string, of = SAGA) => asked.as('sample', `insert into sample.samples (id, name, barcode, sample_type, status, metadata)
    values ('${SAMPLE}', 'x', 'B-1', 'DNA', '${status}', '{"transaction_id": "${of}"}')`)
  const place = (removal?: string) => asked.as('storage', `
    insert into storage.containers (id, name, container_type, capacity, occupied, temperature_zone)
    values ('${PLACE}', 'p', 'position', 1, ${removal === undefined}, 'freezer') on conflict do nothing;
    insert into storage.sample_positions (sample_id, container_id, position_identifier, arrival, assigned_by, transaction_id, removed_at, removal)
    values ('${SAMPLE}', '${PLACE}', 'A1', 'assigned', 'x', '${SAGA}', ${removal === undefined ? 'null, null' : `now(), '${removal}'`})`)
  const notification = (status: string) => asked.as('notification', `insert into notification.notifications
    (id, title, message, notification_type, priority, channels, recipients, status, transaction_id)
    values ('${id(9)}', 't', 'm', 'Info', 'Low', '{InApp}', '{a}', '${status}', '${SAGA}')`)

  afterEach(async () => {
    await asked.as('transaction', 'truncate transaction.sagas cascade')
    await asked.as('sample', 'truncate sample.samples cascade')
    await asked.as('storage', 'truncate storage.containers, storage.sample_positions cascade')
    await asked.as('notification', 'truncate notification.notifications cascade')
  })

  it('that is done keeps what it did, also when the sample has left its position', async () => {
    await saga('Completed')
    await sample('validated')
    await place('removed')
    await notification('Sent')
    expect(await broken()).toEqual({})
    expect(await asked.seen('saga-completed-is-done')).toMatchObject({ judged: 1 })
  })

  it('that is done without having done it', async () => {
    await saga('Completed', { done: 3 })
    await place('released')
    const missing = 'it has no sample, 0 positions were assigned, 0 notifications of 1'
    expect(await broken()).toEqual({
      'saga-comes-to-an-end': [`${SAGA}: it is completed without all steps`],
      'saga-completed-is-done': [`${SAGA}: ${missing}`],
    })
  })

  it('that is done twice over, with a sample of somebody else', async () => {
    await saga('Completed')
    await sample('validated', id(8))
    for (const removal of ['removed', 'retrieved']) await place(removal)
    await notification('Sent')
    expect(await broken()).toMatchObject({ 'saga-completed-is-done': [`${SAGA}: it has no sample, 2 positions were assigned`] })
  })

  it.each(['Compensated', 'Cancelled', 'TimedOut', 'Failed'])('that is %s leaves nothing, or it is told', async (status) => {
    await saga(status, { done: 2 })
    await sample('deleted')
    await place('released')
    await notification('Cancelled')
    expect(await broken()).toEqual({})
    await asked.as('sample', `update sample.samples set status = 'validated'`)
    await asked.as('storage', 'update storage.sample_positions set removed_at = null')
    await asked.as('notification', `update notification.notifications set status = 'Pending'`)
    const left = [`its sample B-1 is there`, 'its sample has position A1', `notification ${id(9)} is to be sent`]
    expect(await broken()).toEqual({ 'saga-undone-leaves-nothing': left.map((one) => `${SAGA}: it is ${status}, and ${one}`) })
  })

  it('that never ends, and one that ended half undone', async () => {
    await saga('Compensating', { done: 2, settled: false })
    await compensation('executing')
    const [why] = (await broken())['saga-comes-to-an-end'] ?? []
    expect(why).toMatch(new RegExp(`^${SAGA}: it is Compensating since .*, undo is executing$`))
    await asked.as('transaction', `update transaction.sagas set settled_at = now(), status = 'Compensated'`)
    expect(await broken()).toEqual({ 'saga-comes-to-an-end': [`${SAGA}: undo is executing`] })
    await asked.as('transaction', `update transaction.saga_compensations set status = 'completed'`)
    expect(await broken()).toEqual({})
  })

  it('that nobody remembers', async () => {
    await sample('validated')
    await place()
    const unknown = ['position A1 is held for it, and it is unknown', 'sample B-1 was made for it, and it is unknown']
    expect(await broken()).toEqual({ 'saga-is-remembered': unknown.map((one) => `${SAGA}: ${one}`) })
  })
})

describe('an event', () => {
  const EVENT = id(20)
  const outbox = `insert into rag.outbox (event_id, event_type, payload, created_at) values ('${EVENT}', 'a.b', '{}', '2026-01-01')`
  const analytics = `insert into event_analytics.events (event_id, event_type, source_service, stream_entry, deliveries, occurred_at)
    values ('${EVENT}', 'a.b', 'x', '1-1', 1, now())`
  const received = `insert into notification.received_events (event_id, event_type, deliveries) values ('${EVENT}', 'a.b', 1)`
  const subscription = `insert into notification.subscriptions (id, name, event_types, channels, recipients, priority, enabled)
    values ('${id(21)}', 's', '{a.b}', '{InApp}', '{me}', 'Low', true)`
  const reason = async () => ((await asked.broken())['event-reaches-all'] ?? []).map((why) => why.replace(/since .*/, 'since'))

  it('waits, is refused, reaches one group, and then all', async () => {
    await asked.as('rag', outbox)
    expect(await reason()).toEqual([`${EVENT}: a.b of rag waits since`])
    await asked.as('rag', `update rag.outbox set refused = '400: no'`)
    expect(await reason()).toEqual([`${EVENT}: a.b of rag was refused: 400: no`])
    await asked.as('rag', 'update rag.outbox set refused = null, published_at = now()')
    expect(await reason()).toEqual([`${EVENT}: a.b of rag never reached event-analytics and notification`])
    await asked.as('event-analytics', analytics)
    expect(await reason()).toEqual([`${EVENT}: a.b of rag never reached notification`])
    await asked.as('notification', subscription)
    await asked.as('notification', received)
    expect(await asked.broken()).toEqual({ 'event-is-told': [`${EVENT}: a.b was received, and s was not told`] })
    await asked.as('notification', `insert into notification.notifications
      (title, message, notification_type, priority, channels, recipients, status, source_key)
      values ('t', 'm', 'Info', 'Low', '{InApp}', '{me}', 'Sent', 'event:${EVENT}:${id(21)}')`)
    expect(await asked.broken()).toEqual({})
  })
})
