// The kernel's table of sockets, and doors of this very process.
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { listenersOf, listeningIn } from './listening.ts'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const row = (local: string, state: string, inode: number) => `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0`

test('only what listens, in words of people', () => {
  const table = [HEAD, row('0100007F:1F90', '0A', 11), row('00000000:0050', '0A', 12), row('0100007F:1F91', '01', 13), ''].join('\n')
  expect(listeningIn(table)).toEqual([
    { address: '127.0.0.1', port: 8080, inode: '11' },
    { address: '0.0.0.0', port: 80, inode: '12' },
  ])
})

test('the longer addresses too', () => {
  const table = [HEAD, row(`${'0'.repeat(32)}:0050`, '0A', 1), row('00000000000000000000000001000000:0050', '0A', 2), row('0000000000000000FFFF00000100007F:0050', '0A', 3)].join('\n')
  expect(listeningIn(table).map(({ address }) => address)).toEqual(['::', '::1', '::ffff:127.0.0.1'])
})

test.each([
  ['127.66.0.9', true],
  ['0.0.0.0', false],
])('a door of a process on %s', async (host, loopback) => {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(listenersOf([process.pid])).toContainEqual({ address: host, port, loopback })
  // of a process without doors, and of one that has gone, there is nothing
  expect(listenersOf([2 ** 22 + 1])).toEqual([])
  server.close()
})
