// The door: who gets in, as whom, and who stays outside.
import type { FastifyRequest } from 'fastify'
import { expect, it } from 'vitest'
import { createDoor } from './door.ts'
import type { GatewaySettings } from './settings.ts'

const SETTINGS = { apiKeys: ['key-1'], serviceKey: 'service_api-gateway', defects: new Set() } as unknown as GatewaySettings
const door = createDoor(SETTINGS)

function request(headers: Record<string, string>): FastifyRequest {
  return { headers } as unknown as FastifyRequest
}

it('a token goes in as it is: the service behind judges it', () => {
  expect(door(request({ authorization: 'Bearer x' }), 'sample')).toEqual({})
})

it('a known API key becomes a service that acts for nobody, whomever it names', () => {
  const headers = door(request({ 'x-api-key': 'key-1', 'x-user-id': 'someone' }), 'sample')
  expect(headers).toEqual({ authorization: 'Service service_api-gateway', 'x-user-id': expect.stringMatching(/^0{8}-/) as string })
})

it('an API key that is not known here is left to the service', () => {
  expect(door(request({ 'x-api-key': 'other' }), 'library-details')).toEqual({})
})

it.each([
  ['nothing at all', {}],
  ['a service key', { authorization: 'Service service_x' }],
  ['a service key in other letters', { authorization: 'service service_x', 'x-api-key': 'key-1' }],
])('%s stays outside', (_what, headers) => {
  expect(() => door(request(headers as Record<string, string>), 'sample')).toThrow(expect.objectContaining({ status: 401 }))
})

it('only auth, which has a login, is open; a service key stays outside there too', () => {
  expect(door(request({}), 'auth')).toEqual({})
  expect(() => door(request({ authorization: 'Service service_x' }), 'auth')).toThrow('through the gateway')
})
