// The invariants of compose.yaml, asked of a database with every service's tables: each can be asked, each holds of an empty
// one, and a violation that is planted is found, named and found alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mayGo, STATUSES } from './sample/status.ts'
import { askInvariants, INVARIANTS, SERVICES, type AskedInvariants } from './testing/asked-invariants.ts'

const names = Object.keys(INVARIANTS)

let asked: AskedInvariants

beforeAll(async () => {
  asked = await askInvariants('127.61.41.1')
}, 60_000)

afterAll(() => asked.postgres.remove())

it('every service with tables is there', () => {
  expect(SERVICES.length).toBeGreaterThanOrEqual(13)
  expect(names.length).toBeGreaterThan(0)
})

it.each(names)('%s can be asked, counts what it judged, and holds of an empty database', async (name) => {
  expect(await asked.seen(name)).toEqual({ violations: 0, judged: expect.any(Number), examples: [] })
})

describe('samples', () => {
  /** A sample with the rows its steps leave; each step is `from>to`. */
  async function plant(barcode: string, status: string, steps: readonly string[]): Promise<void> {
    const rows = steps.map((step) => step.split('>').map((one) => `'${one}'`).join(', '))
    const values = rows.map((row) => `((select id from sample.samples where barcode = '${barcode}'), ${row})`)
    await asked.as('sample', `
      insert into sample.samples (name, barcode, sample_type, status) values ('x', '${barcode}', 'DNA', '${status}');
      ${values.length === 0 ? '' : `insert into sample.sample_status_history (sample_id, previous_status, new_status) values ${values.join(', ')};`}
      insert into sample.sample_audit_log (sample_id, action, new_values)
      select sample_id, 'status_updated', jsonb_build_object('from', previous_status, 'to', new_status)
      from sample.sample_status_history join sample.samples s on s.id = sample_id where barcode = '${barcode}'`)
  }

  const change = (sql: string) => asked.as('sample', sql)

  afterEach(() => change('truncate sample.samples, sample.sample_status_history, sample.sample_audit_log restart identity'))

  it('that went their way keep them all', async () => {
    await plant('NEW', 'pending', [])
    await plant('DONE', 'completed', ['pending>validated', 'validated>in_storage', 'in_storage>in_sequencing', 'in_sequencing>completed'])
    await plant('AGAIN', 'rejected', ['pending>rejected', 'rejected>pending', 'pending>rejected'])
    await plant('GONE', 'deleted', ['pending>validated', 'validated>deleted'])
    expect(await asked.broken()).toEqual({})
    expect(await Promise.all(['sample-steps-legal', 'sample-status-is-last-of-history'].map(async (name) => (await asked.seen(name)).judged))).toEqual([9, 4])
  })

  it('may take every step that the service allows, and no other', async () => {
    const pairs = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const))
    const allowed = pairs.filter(([from, to]) => mayGo(from, to) || (to === 'deleted' && from !== 'in_sequencing' && from !== 'deleted'))
    for (const [from, to] of pairs) await plant(`${from}>${to}`, to, [`${from}>${to}`])
    const query = INVARIANTS['sample-steps-legal']?.query ?? ''
    const illegal = (await asked.postgres.read<{ key: string }>(query)).map(({ key }) => key)
    const expected = pairs.filter((pair) => !allowed.includes(pair)).map(([from, to]) => `${from}>${to}`)
    expect(illegal.toSorted()).toEqual(expected.toSorted())
  })

  it('a step that is not legal', async () => {
    await plant('S-1', 'completed', ['pending>completed'])
    expect(await asked.broken()).toEqual({ 'sample-steps-legal': ['S-1: history row 1 goes from pending to completed'] })
  })

  it('a step from nowhere', async () => {
    await plant('S-1', 'validated', ['pending>validated'])
    await change('update sample.sample_status_history set previous_status = null')
    expect(await asked.broken()).toMatchObject({
      'sample-steps-legal': ['S-1: history row 1 goes from nowhere to validated'],
      'sample-history-unbroken': ['S-1: history row 1 begins nowhere, though it is the first'],
    })
  })

  it('a step that left two rows', async () => {
    await plant('S-1', 'validated', ['pending>validated'])
    await change('insert into sample.sample_status_history (sample_id, previous_status, new_status) select sample_id, previous_status, new_status from sample.sample_status_history')
    expect(await asked.broken()).toEqual({
      'sample-history-unbroken': ['S-1: history row 2 begins at pending, though row 1 before it ended at validated'],
      'sample-history-as-audited': ['S-1: pending to validated: 2 in the history, 1 in the audit log'],
    })
  })

  it('a step that left no row, in the middle and at the end', async () => {
    const steps = ['pending>validated', 'validated>in_sequencing', 'in_sequencing>completed']
    for (const barcode of ['S-1', 'S-2']) await plant(barcode, 'completed', steps)
    await change('delete from sample.sample_status_history where id in (2, 6)')
    expect(await asked.broken()).toEqual({
      'sample-history-unbroken': ['S-1: history row 3 begins at in_sequencing, though row 1 before it ended at validated'],
      'sample-status-is-last-of-history': ['S-2: it is completed, though its last history row 5 ended at in_sequencing'],
      'sample-history-as-audited': expect.arrayContaining([
        'S-1: validated to in_sequencing: 0 in the history, 1 in the audit log',
        'S-2: in_sequencing to completed: 0 in the history, 1 in the audit log',
      ]),
    })
  })

  it('a status that no step led to', async () => {
    await plant('S-1', 'validated', [])
    expect(await asked.broken()).toEqual({ 'sample-status-is-last-of-history': ['S-1: it is validated, though it has no history'] })
  })

  it('a step that is not in the audit log', async () => {
    await plant('S-1', 'validated', ['pending>validated'])
    await change('delete from sample.sample_audit_log')
    expect(await asked.broken()).toEqual({ 'sample-history-as-audited': ['S-1: pending to validated: 1 in the history, 0 in the audit log'] })
  })
})
