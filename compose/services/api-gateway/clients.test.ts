// A request counts against its user only after a service has accepted the token.
import type { FastifyRequest } from 'fastify'
import { expect, it } from 'vitest'
import { createClients } from './clients.ts'

function request(token?: string): FastifyRequest {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return { ip: '10.0.0.1', headers } as FastifyRequest
}

it('knows no token at first, then the accepted one, until it is refused or old', () => {
  const clients = createClients()
  const kindAt = (now: number) => clients.nameOf(request('a'), now).kind
  expect(kindAt(0)).toBe('ip')
  clients.learn(request('a'), 200, 0)
  expect([kindAt(1), kindAt(300_001)]).toEqual(['user', 'ip'])
  clients.learn(request('a'), 500, 300_002)
  expect(kindAt(300_003)).toBe('ip')
  clients.learn(request('a'), 404, 300_004)
  expect(kindAt(300_005)).toBe('user')
  clients.learn(request('a'), 401, 300_006)
  expect(kindAt(300_007)).toBe('ip')
})

it('tells users apart, and never shows a token', () => {
  const clients = createClients()
  for (const token of ['a', 'b']) clients.learn(request(token), 200, 0)
  const names = ['a', 'b'].map((token) => clients.nameOf(request(token), 1).name)
  expect(new Set(names).size).toBe(2)
  expect(names[0]).toMatch(/^user:[\w-]{43}$/)
})

it('knows an API key at once, and shows it no more than a token', () => {
  const clients = createClients(['key-1'])
  const named = (key: string) => clients.nameOf({ ip: 'a', headers: { 'x-api-key': key } } as unknown as FastifyRequest, 1)
  expect([named('key-1').kind, named('key-2').kind]).toEqual(['user', 'ip'])
  expect(named('key-1').name).toMatch(/^key:[\w-]{43}$/)
})
