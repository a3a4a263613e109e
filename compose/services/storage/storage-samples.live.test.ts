// The storage service's contract: samples in positions; whatever happens at once, never two in one and none in two.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statuses } from '../testing/client.ts'
import { NOBODY, startStorageSystem, type StorageSystem } from './testing/storage-system.ts'

let system: StorageSystem

beforeAll(async () => {
  system = await startStorageSystem('127.62.12')
}, 90_000)

afterAll(() => system.stop())

/** Positions with more than one sample, samples in more than one position, and positions that say otherwise. */
const VIOLATIONS = `with present as (select * from storage.sample_positions where removed_at is null)
select 'two in one' as what from present group by container_id having count(*) > 1 union all
select 'one in two' from present group by sample_id having count(*) > 1 union all
select 'wrongly marked' from storage.containers c where container_type = 'position' and occupied <> exists (
  select from present p where p.container_id = c.id)`

async function intact(): Promise<void> {
  expect(await system.postgres.read(VIOLATIONS)).toEqual([])
}

async function placed(): Promise<{ sample: string; positions: readonly string[]; box: string }> {
  const { positions, box } = await system.furnish()
  const sample = randomUUID()
  expect((await system.assign(sample, positions[0] ?? '')).status).toBe(201)
  return { sample, positions, box }
}

describe('assigning', () => {
  it('POST /storage/samples/assign -> 201: who, where and how', async () => {
    const { positions } = await system.furnish()
    const wish = { sample_id: randomUUID(), container_id: positions[1], storage_conditions: { dark: true }, notes: 'n' }
    const { status, data } = await system.ask('POST /storage/samples/assign', wish)
    const placement = {
      ...wish,
      position_identifier: 'A2',
      assigned_by: system.user.id,
      removed_at: null,
      status: 'occupied',
    }
    expect([status, data]).toMatchObject([201, placement])
  })

  it('POST /storage/samples/assign -> 400: no position, an occupied one, a sample that has one', async () => {
    const { sample, positions, box } = await placed()
    const answers = [await system.assign(randomUUID(), box), await system.assign(randomUUID(), positions[0] ?? '')]
    answers.push(await system.assign(sample, positions[1] ?? ''))
    const messages = [
      'A sample can be put into a position only',
      'Position is already occupied',
      'Sample is already assigned to another position',
    ]
    expect(answers.map(({ status, code }) => [status, code])).toEqual(messages.map((message) => [400, message]))
  })

  it('POST /storage/samples/assign -> 400: a location out of use', async () => {
    const { positions, location } = await system.furnish()
    await system.ask(`PUT /storage/locations/${location}`, { status: 'maintenance' })
    const { status, code } = await system.assign(randomUUID(), positions[0] ?? '')
    expect([status, code]).toEqual([400, 'The location is not in use: maintenance'])
    await intact()
  })

  it('POST /storage/samples/assign -> 201: of many for one position exactly one', async () => {
    const { positions } = await system.furnish()
    const answers = await Promise.all(Array.from({ length: 12 }, () => system.assign(randomUUID(), positions[0] ?? '')))
    expect(statuses(answers)).toEqual([201, ...Array.from({ length: 11 }, () => 400)])
    await intact()
  })

  it('POST /storage/samples/assign -> 201: of many positions for one sample exactly one', async () => {
    const { positions } = await system.furnish({ rows: 3, columns: 4 })
    const sample = randomUUID()
    const answers = await Promise.all(positions.map((position) => system.assign(sample, position)))
    expect(statuses(answers)).toEqual([201, ...Array.from({ length: 11 }, () => 400)])
    await intact()
  })
})

describe('moving', () => {
  it('PUT /storage/samples/:id/move -> 200: here no more, but there', async () => {
    const { sample, positions } = await placed()
    const wish = { new_container_id: positions[3], reason: 'thawed' }
    const { status, data } = await system.ask(`PUT /storage/samples/${sample}/move`, wish)
    expect([status, data]).toMatchObject([
      200,
      { sample_id: sample, container_id: positions[3], position_identifier: 'B2' },
    ])
    expect((await system.assign(randomUUID(), positions[0] ?? '')).status).toBe(201)
    await intact()
  })

  it('PUT /storage/samples/:id/move -> 400: to no position or an occupied one, and it stays where it was', async () => {
    const { sample, positions, box } = await placed()
    await system.assign(randomUUID(), positions[1] ?? '')
    for (const new_container_id of [box, positions[1], positions[0]]) {
      expect((await system.ask(`PUT /storage/samples/${sample}/move`, { new_container_id })).status).toBe(400)
    }
    expect((await system.ask(`GET /storage/samples/${sample}/location`)).data.container_id).toBe(positions[0])
    await intact()
  })

  it('PUT /storage/samples/:id/move -> 200: among many moves and leavings every position stays right', async () => {
    const { positions } = await system.furnish({ rows: 2, columns: 4 })
    const samples = Array.from({ length: 6 }, () => randomUUID())
    await Promise.all(samples.map((sample, index) => system.assign(sample, positions[index] ?? '')))
    const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T
    const acts = [
      () => system.ask(`PUT /storage/samples/${any(samples)}/move`, { new_container_id: any(positions) }),
      () => system.ask(`POST /storage/samples/${any(samples)}/retrieve`, {}),
      () => system.assign(any(samples), any(positions)),
    ]
    const answers = await Promise.all(Array.from({ length: 150 }, () => any(acts)()))
    expect(answers.filter(({ status }) => ![200, 201, 400, 404, 409].includes(status))).toEqual([])
    expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThan(5)
    await intact()
  })
})

describe('leaving', () => {
  it('POST /storage/samples/:id/retrieve -> 200: once, and its position is free', async () => {
    const { sample, positions } = await placed()
    const answers = await Promise.all(
      [1, 2, 3].map(() => system.ask(`POST /storage/samples/${sample}/retrieve`, { reason: 'pcr' })),
    )
    expect(statuses(answers)).toEqual([200, 404, 404])
    expect((await system.assign(randomUUID(), positions[0] ?? '')).status).toBe(201)
    await intact()
  })

  it('DELETE /storage/samples/:id/position -> 200: and it is nowhere', async () => {
    const { sample } = await placed()
    expect((await system.ask(`DELETE /storage/samples/${sample}/position?reason=lost`)).status).toBe(200)
    for (const path of ['location', 'location-detailed']) {
      expect((await system.ask(`GET /storage/samples/${sample}/${path}`)).status).toBe(404)
    }
  })
})

describe('finding', () => {
  it('GET /storage/samples/:id -> 200: where it is and how it came there', async () => {
    const { sample, positions } = await placed()
    await system.ask(`PUT /storage/samples/${sample}/move`, { new_container_id: positions[2] })
    await system.ask(`POST /storage/samples/${sample}/retrieve`, { reason: 'pcr' })
    const gone = await system.ask(`GET /storage/samples/${sample}`)
    const custody = [
      { action: 'retrieved', reason: 'pcr' },
      { action: 'moved', position_identifier: 'B1' },
      { action: 'assigned' },
    ]
    expect([gone.status, gone.data]).toMatchObject([
      200,
      { status: 'retrieved', position: null, chain_of_custody: custody },
    ])
    await system.assign(sample, positions[0] ?? '')
    const back = await system.ask(`GET /storage/samples/${sample}`)
    expect(back.data).toMatchObject({ status: 'stored', position: { container_id: positions[0] } })
  })

  it('GET /storage/samples/:id/location -> 200: in short', async () => {
    const { sample, positions } = await placed()
    const { status, data } = await system.ask(`GET /storage/samples/${sample}/location`)
    const place = { container_id: positions[0], position_identifier: 'A1', temperature_zone: 'ultra_low_freezer' }
    expect([status, data]).toMatchObject([200, { ...place, full_path: 'freezer > rack > box > A1' }])
  })

  it('GET /storage/samples/:id/location-detailed -> 200: with all it stands in', async () => {
    const { sample } = await placed()
    const { status, data } = await system.ask(`GET /storage/samples/${sample}/location-detailed`)
    const place = {
      path: ['freezer', 'rack', 'box', 'A1'],
      level: 4,
      container_type: 'position',
      location_zone_type: 'freezer',
    }
    expect([status, data]).toMatchObject([200, { ...place, position_status: 'occupied', assigned_by: system.user.id }])
  })
})

it('every placement has its event, and one that was refused has none', async () => {
  const { sample, positions } = await placed()
  await system.ask(`PUT /storage/samples/${sample}/move`, { new_container_id: positions[1] })
  await system.ask(`PUT /storage/samples/${sample}/move`, { new_container_id: NOBODY })
  await system.ask(`POST /storage/samples/${sample}/retrieve`, {})
  const sql = 'select event_type, payload, context from storage.outbox where subject = $1 order by id'
  const events = await system.postgres.read<{ event_type: string; payload: object; context: object }>(sql, [sample])
  const types = ['storage.sample_assigned', 'storage.sample_moved', 'storage.sample_removed']
  expect(events.map(({ event_type }) => event_type)).toEqual(types)
  expect(events[1]).toMatchObject({
    payload: { container_id: positions[1] },
    context: { traceparent: expect.any(String) as string },
  })
})
