// What is said to whom, byte by byte where a server counts bytes.
import { expect, test } from 'vitest'
import { helloFor, protocolOf } from './edge-hello.ts'

test("the callee's port tells the protocol", () => {
  expect([5432, 6379, 8081, 9090].map(protocolOf)).toEqual(['postgres', 'redis', 'http', 'http'])
})

test.each(['short', 'long'] as const)(
  'a %s Postgres hello states its own length, and stays below what Postgres takes',
  (manner) => {
    const { bytes, goodbye } = helloFor(5432, manner)
    expect(bytes.readInt32BE(0)).toBe(bytes.length)
    expect(bytes.readInt32BE(4)).toBe(196_608)
    expect(bytes.length).toBeLessThanOrEqual(10_000)
    expect(bytes.at(-1)).toBe(0)
    expect(goodbye).toBe(false)
  },
)

test('to stay, Postgres is asked for TLS, and we say goodbye', () => {
  expect(helloFor(5432, 'stay')).toEqual({
    protocol: 'postgres',
    bytes: Buffer.from('0000000804d2162f', 'hex'),
    goodbye: true,
  })
})

test('HTTP servers are asked to close, unless they are to stay', () => {
  const said = (manner: 'short' | 'long' | 'stay') => helloFor(8081, manner).bytes.toString()
  expect(said('short')).toBe('GET / HTTP/1.0\r\nHost: harness\r\nConnection: close\r\n\r\n')
  expect(said('long')).toMatch(/^GET \/metrics HTTP\/1\.0\r\n.*\r\nConnection: close\r\nX-Padding: x{6000}\r\n\r\n$/s)
  expect(said('stay')).toBe('GET / HTTP/1.1\r\nHost: harness\r\n\r\n')
})

test('a Redis hello is one inline command per line', () => {
  expect(helloFor(6379, 'short').bytes.toString()).toBe('PING\r\nQUIT\r\n')
})
