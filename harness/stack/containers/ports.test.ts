// Host ports: free ones, each once, and read back from what the engine has published.
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { ServiceSpec } from '../../model/stack.ts'
import { pickPorts, publishedPorts } from './ports.ts'

function service(name: string, ...ports: readonly number[]): ServiceSpec {
  return { name, ports, image: undefined, environment: {}, dependsOn: [], mounts: [], harness: { command: [], tools: [], environment: {}, unprivileged: false, accelerate: [] } }
}

test('every port of every service has its own, below those the system gives away', async () => {
  const picked = await pickPorts([service('a', 80, 81), service('b', 80), service('none')])
  const all = [...picked.values()].flatMap((ports) => [...ports.values()])
  expect([...picked.keys()]).toEqual(['a', 'b', 'none'])
  expect(new Set(all).size).toBe(3)
  for (const port of all) expect(port >= 10_000 && port < 32_768).toBe(true)
})

test('one that somebody listens on is passed over, and one is never given twice', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const offered = [port, 10_101, 10_101, 10_102]
  const picked = await pickPorts([service('a', 1, 2)], () => offered.shift() ?? 0)
  expect([...(picked.get('a') ?? [])]).toEqual([[1, 10_101], [2, 10_102]])
  await expect(pickPorts([service('a', 1)], () => port)).rejects.toMatchObject({ code: 'ADDRESS_TAKEN' })
  server.close()
})

test('what the engine has published', () => {
  const Ports = { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '12345' }], '9/tcp': null, '10/tcp': [] }
  expect(publishedPorts({ NetworkSettings: { Ports } } as never)).toEqual(new Map([[8_080, 12_345]]))
  expect(publishedPorts({ NetworkSettings: {} } as never)).toEqual(new Map())
})
