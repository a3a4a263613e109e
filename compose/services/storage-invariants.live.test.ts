// The invariants of what lies in the storage: what is broken on purpose is found, named and found alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askInvariants, type AskedInvariants } from './testing/asked-invariants.ts'

/** Ids that can be told apart in messages. */
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [LOCATION, BOX, A1, A2, SAMPLE, OTHER] = [1, 2, 3, 4, 5, 6].map(id) as [string, string, string, string, string, string]

let asked: AskedInvariants

beforeAll(async () => {
  asked = await askInvariants('127.61.43.1')
}, 60_000)

afterAll(() => asked.postgres.remove())

describe('storage', () => {
  const change = (sql: string) => asked.as('storage', sql)

  /** A box of two positions; the sample is in the first, where it came from the second. */
  const WHOLE = `
    insert into storage.locations (id, name, location_type, temperature_zone, target_celsius, max_capacity)
    values ('${LOCATION}', 'room', 'freezer', 'freezer', -20, 2);
    insert into storage.containers (id, name, container_type, parent_container_id, location_id, capacity, temperature_zone)
    values ('${BOX}', 'box', 'box', null, '${LOCATION}', 2, 'freezer'),
      ('${A1}', 'A1', 'position', '${BOX}', '${LOCATION}', 1, 'freezer'),
      ('${A2}', 'A2', 'position', '${BOX}', '${LOCATION}', 1, 'freezer');
    update storage.containers set occupied = true where id = '${A1}';
    insert into storage.sample_positions
      (id, sample_id, container_id, position_identifier, arrival, assigned_by, assigned_at, removal, removed_at)
    values ('${id(7)}', '${SAMPLE}', '${A2}', 'A2', 'assigned', 'x', '2026-01-01', 'moved', '2026-01-02'),
      ('${id(8)}', '${SAMPLE}', '${A1}', 'A1', 'moved', 'x', '2026-01-02', null, null);
    insert into storage.sensors (id, sensor_id, sensor_type, location_id) values ('${id(9)}', 'T', 'temperature', '${LOCATION}');
    insert into storage.sensor_readings (sensor, location_id, value, unit, recorded_at)
    values ('${id(9)}', '${LOCATION}', -21, 'C', '2026-01-02'), ('${id(9)}', '${LOCATION}', -22, 'C', '2026-01-01');
    update storage.locations set temperature_celsius = -21, temperature_at = '2026-01-02'`
  const another = (sample: string, position: string) => `
    insert into storage.sample_positions (sample_id, container_id, position_identifier, arrival, assigned_by)
    values ('${sample}', '${position}', 'x', 'assigned', 'x')`

  afterEach(() => change('truncate storage.locations, storage.containers, storage.sample_positions, storage.sensors, storage.sensor_readings cascade'))

  it('that is whole breaks nothing', async () => {
    await change(WHOLE)
    expect(await asked.broken()).toEqual({})
    expect(await asked.seen('storage-moves-whole')).toMatchObject({ judged: 1 })
  })

  it('with two samples in a position', async () => {
    await change(`${WHOLE}; drop index storage.sample_positions_container; ${another(OTHER, A1)}`)
    const why = `${A1}: samples ${SAMPLE}, ${OTHER} are in it`
    expect(await asked.broken()).toEqual({ 'storage-one-sample-in-a-position': [why] })
  })

  it('with a sample in two positions', async () => {
    const marked = `update storage.containers set occupied = true where id = '${A2}'`
    await change(`${WHOLE}; drop index storage.sample_positions_sample; ${another(SAMPLE, A2)}; ${marked}`)
    const why = `${SAMPLE}: it is in positions ${A1}, ${A2}`
    expect(await asked.broken()).toEqual({ 'storage-one-position-of-a-sample': [why] })
  })

  it.each([
    [`update storage.containers set occupied = false where id = '${A1}'`, `${A1}: it is marked as free, and sample ${SAMPLE} is in it`],
    [`update storage.containers set occupied = true where id = '${A2}'`, `${A2}: it is marked as occupied, and nothing is in it`],
  ])('with a position that is marked wrongly: %s', async (sql, why) => {
    await change(`${WHOLE}; ${sql}`)
    expect(await asked.broken()).toEqual({ 'storage-positions-marked-as-they-are': [why] })
  })

  it.each([
    [`delete from storage.sample_positions where id = '${id(7)}'`, `${SAMPLE}: placement ${id(8)} came by a move from nowhere`],
    [`update storage.sample_positions set arrival = 'assigned' where id = '${id(8)}'`, `${SAMPLE}: placement ${id(7)} ended by a move to nowhere`],
  ])('with half a move: %s', async (sql, why) => {
    await change(`${WHOLE}; ${sql}`)
    expect(await asked.broken()).toEqual({ 'storage-moves-whole': [why] })
  })

  it('with more positions than there is room for', async () => {
    await change(`${WHOLE}; update storage.containers set capacity = 1 where id = '${BOX}'; update storage.locations set max_capacity = 1`)
    expect(await asked.broken()).toEqual({
      'storage-within-capacity': [`${BOX}: container box holds 2 positions, more than 1`, `${LOCATION}: location room holds 2 positions, more than 1`],
    })
  })

  it('with a temperature that is not the latest', async () => {
    await change(`${WHOLE}; update storage.locations set temperature_celsius = -22, temperature_at = '2026-01-01'`)
    expect(await asked.broken()).toEqual({ 'storage-temperature-of-latest-reading': [expect.stringContaining('room: its temperature is that of 2026-01-01')] })
  })
})
