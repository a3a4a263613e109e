// The contract of the library details service: what libraries are made with: protocols, kits and platforms.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../testing/contract-system.ts'

const STEP = { name: 'ligate', description: 'adapters' }
const PROTOCOL = { name: 'TruSeq', version: '1', library_type: 'dna', steps: [STEP] }
const KIT = { name: 'Prep', manufacturer: 'Acme', library_types: ['dna', 'rna'], expiry_date: '2030-01-31' }
const PLATFORM = {
  name: 'NovaSeq',
  manufacturer: 'Acme',
  model: '6000',
  capabilities: { lanes: 4 },
  supported_library_types: ['rna'],
  read_configurations: ['2x150'],
}

let system: ContractSystem

beforeAll(async () => {
  system = await startContractSystem('127.63.6', { name: 'library-details', port: 8080 })
}, 90_000)

afterAll(() => system.stop())

function call(what: string, body?: unknown): Promise<Answer> {
  return system.call(what, body, system.user.token)
}

async function idOf(what: string, body: object): Promise<string> {
  const answer = await call(what, body)
  if (answer.status !== 201) throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return (answer.body as { id: string }).id
}

describe('protocols', () => {
  it('POST /api/v1/protocols -> 201: stored as said', async () => {
    const { status, body } = await call('POST /api/v1/protocols', PROTOCOL)
    expect([status, body]).toMatchObject([201, { ...PROTOCOL, is_active: true }])
  })

  it('GET /api/v1/protocols -> 200: by type', async () => {
    const id = await idOf('POST /api/v1/protocols', { ...PROTOCOL, library_type: 'cdna' })
    const { status, body } = await call('GET /api/v1/protocols?library_type=cdna&is_active=true')
    expect([status, body]).toMatchObject([200, [{ id }]])
  })

  it('GET /api/v1/protocols/:id -> 200, PUT /api/v1/protocols/:id -> 200: said anew', async () => {
    const id = await idOf('POST /api/v1/protocols', { ...PROTOCOL, description: 'old' })
    const { status } = await call(`PUT /api/v1/protocols/${id}`, { ...PROTOCOL, version: '2' })
    expect(status).toBe(200)
    expect((await call(`GET /api/v1/protocols/${id}`)).body).toMatchObject({ version: '2', description: null })
  })

  it('GET /api/v1/protocols/:id/steps -> 200, POST /api/v1/protocols/:id/validate -> 200: fit for use', async () => {
    const id = await idOf('POST /api/v1/protocols', PROTOCOL)
    expect((await call(`GET /api/v1/protocols/${id}/steps`)).body).toEqual([STEP])
    expect((await call(`POST /api/v1/protocols/${id}/validate`)).body).toEqual(['Protocol validation passed'])
  })

  it('POST /api/v1/protocols/:id/validate -> 400: not fit for use', async () => {
    const id = await idOf('POST /api/v1/protocols', { ...PROTOCOL, steps: [{ name: 'x' }] })
    expect((await call(`POST /api/v1/protocols/${id}/validate`)).code).toBe('PROTOCOL_VALIDATION_FAILED')
  })
})

describe('kits and platforms', () => {
  it('POST /api/v1/kits -> 201, GET /api/v1/kits/:id -> 200: stored as said', async () => {
    const id = await idOf('POST /api/v1/kits', KIT)
    expect((await call(`GET /api/v1/kits/${id}`)).body).toMatchObject({ ...KIT, id })
  })

  it('GET /api/v1/kits -> 200, GET /api/v1/kits/search -> 200: by manufacturer and type', async () => {
    const id = await idOf('POST /api/v1/kits', { ...KIT, manufacturer: 'Rare', library_types: ['amplicon'] })
    for (const path of ['/api/v1/kits', '/api/v1/kits/search']) {
      expect((await call(`GET ${path}?manufacturer=Rare&library_type=amplicon`)).body).toMatchObject([{ id }])
    }
  })

  it('POST /api/v1/platforms -> 201, GET /api/v1/platforms -> 200, GET /api/v1/platforms/:id -> 200', async () => {
    const id = await idOf('POST /api/v1/platforms', { ...PLATFORM, manufacturer: 'Sole' })
    expect((await call('GET /api/v1/platforms?manufacturer=Sole')).body).toMatchObject([{ id }])
    expect((await call(`GET /api/v1/platforms/${id}`)).body).toMatchObject({ model: '6000', is_active: true })
  })

  it('GET /api/v1/platforms/:id/configurations -> 200, GET /api/v1/kits/:id/compatibility -> 200', async () => {
    const platform = await idOf('POST /api/v1/platforms', PLATFORM)
    const { body } = await call(`GET /api/v1/platforms/${platform}/configurations`)
    expect(body).toEqual({ platform_id: platform, read_configurations: ['2x150'], flow_cell_types: null })
    const kit = await idOf('POST /api/v1/kits', KIT)
    const protocol = await idOf('POST /api/v1/protocols', { ...PROTOCOL, kit_id: kit })
    const suits = (await call(`GET /api/v1/kits/${kit}/compatibility`)).body as { platforms: object[] }
    expect(suits).toMatchObject({ kit_id: kit, protocols: [{ id: protocol }] })
    expect(suits.platforms).toContainEqual(expect.objectContaining({ id: platform }))
  })
})
