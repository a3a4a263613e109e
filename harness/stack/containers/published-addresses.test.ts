// Which names in a text become published addresses.
import { expect, test } from 'vitest'
import { withPublished } from './published-addresses.ts'

const published = { host: '127.0.0.1', ports: new Map([['postgres', new Map([[5_432, 18_923]])], ['auth', new Map([[8_080, 12_000]])], ['api.auth', new Map([[8_080, 13_000]])]]) }

test.each([
  ['postgres://reader:reader@postgres:5432/tracseq', 'postgres://reader:reader@127.0.0.1:18923/tracseq'],
  ['http://auth:8080/health', 'http://127.0.0.1:12000/health'],
  ['auth:8080,api.auth:8080', '127.0.0.1:12000,127.0.0.1:13000'],
  ['auth:9999', 'auth:9999'],
  ['auth:80801', 'auth:80801'],
  ['my-auth:8080 a->auth:8080', 'my-auth:8080 a->auth:8080'],
  ['http://auth:8080@elsewhere:1/', 'http://auth:8080@elsewhere:1/'],
  ['apixauth:8080', 'apixauth:8080'],
])('%s', (text, expected) => {
  expect(withPublished(text, published)).toBe(expected)
})

test('nothing is published, nothing is changed', () => {
  expect(withPublished('auth:8080', { host: 'x', ports: new Map() })).toBe('auth:8080')
})
