// What can be known of faults without hurting anything: the map, the targets, the words, the undoing.
import { describe, expect, test } from 'vitest'
import { faultSchema } from '../model/fault.ts'
import type { Fault } from '../model/fault.ts'
import type { World } from './fault-kind.ts'
import { describeFault, faultKinds, resolveFaults, undoOf } from './index.ts'
import { testStack } from './testing/test-stack.ts'

const EDGES = [
  { name: 'web->db', from: 'web', to: 'db', listenPort: 20_012, upstreamPort: 5432 },
  { name: 'auth->db', from: 'auth', to: 'db', listenPort: 20_011, upstreamPort: 5432 },
  { name: 'client->web', from: 'client', to: 'web', listenPort: 20_000, upstreamPort: 8081 },
]
const STACK = testStack(EDGES, [
  { name: 'web', port: 8081 },
  { name: 'db', port: 5432 },
])

/** Of which these undoings ask nothing. */
const WORLD = {} as World

test('every kind of the schema has its entry, and no more', () => {
  const kinds = faultSchema.options.map((option) => option.shape.kind.value)
  expect(Object.keys(faultKinds).sort()).toEqual([...kinds].sort())
})

describe('resolving', () => {
  test('a pattern becomes one reference per matching edge, under the index of its fault', () => {
    const fault: Fault = { kind: 'latency', edge: '*->db', latency: '1500ms', for: '15m' }
    const crash: Fault = { kind: 'crash', service: 'web', for: '1m' }
    expect(resolveFaults([crash, fault], STACK)).toEqual([
      { index: 0, fault: crash, target: 'web' },
      { index: 1, fault, target: 'web->db' },
      { index: 1, fault, target: 'auth->db' },
    ])
  })

  test.each<Fault>([
    { kind: 'outage', edge: 'web->nothing', for: '1m' },
    { kind: 'freeze', service: 'nothing', for: '1m' },
  ])('a $kind that names nothing is refused, for it would never be applied', (fault) => {
    expect(() => resolveFaults([fault], STACK)).toThrow(/names .*nothing/)
  })
})

test.each<[Fault, unknown]>([
  [
    { kind: 'slicer', edge: 'web->db', size: 10, for: '1m' },
    { action: 'remove-toxic', edge: 'web->db', toxic: 'harness-3-slicer' },
  ],
  [
    { kind: 'outage', edge: 'web->db', for: '1m' },
    { action: 'enable-proxy', edge: 'web->db' },
  ],
  [
    { kind: 'crash', service: 'web->db', for: '1m' },
    { action: 'restart', service: 'web->db' },
  ],
  [
    { kind: 'freeze', service: 'web->db', for: '1m' },
    { action: 'thaw', service: 'web->db' },
  ],
  [
    { kind: 'config_change', service: 'web->db', file: '/etc/web.yml', at: 'a', shows: { path: '/', text: 'x' }, for: '1m' },
    { action: 'restore-config', service: 'web->db', file: '/etc/web.yml' },
  ],
])('undoing %j is plain data', async (fault, undo) => {
  expect(await undoOf({ index: 3, fault, target: 'web->db' }, WORLD)).toEqual(undo)
})

test.each<[Fault, string]>([
  [{ kind: 'latency', edge: 'web->db', latency: '1500ms', for: '1m' }, 'answers on web->db arrive 1.5 s late'],
  [
    {
      kind: 'latency',
      edge: 'web->db',
      latency: '200ms',
      jitter: '50ms',
      direction: 'upstream',
      toxicity: 0.3,
      for: '1m',
    },
    'requests on web->db arrive 200 ms late, give or take 50 ms, on 30 % of connections',
  ],
  [{ kind: 'bandwidth', edge: '*->db', rate: 0, for: '1m' }, 'answers on *->db stall'],
  [{ kind: 'bandwidth', edge: '*->db', rate: 40, for: '1m' }, 'answers on *->db come at 40 KB/s at most'],
  [{ kind: 'timeout', edge: 'web->db', for: '1m' }, 'answers on web->db disappear, and connections stay open'],
  [
    { kind: 'timeout', edge: 'web->db', after: '2s', for: '1m' },
    'answers on web->db disappear, and connections are closed after 2.0 s',
  ],
  [
    { kind: 'reset_peer', edge: 'web->db', for: '1m' },
    'answers on web->db are lost: connections are reset as soon as the first bytes come',
  ],
  [
    { kind: 'slicer', edge: 'web->db', size: 64, delay: '2ms', for: '1m' },
    'answers on web->db come in slices of about 64 bytes, 2 ms apart',
  ],
  [
    { kind: 'limit_data', edge: 'web->db', bytes: 500, for: '1m' },
    'answers on web->db are cut off after 500 bytes per connection',
  ],
  [
    { kind: 'slow_close', edge: 'web->db', delay: '400ms', for: '1m' },
    'answers on web->db come in time, but the close after them 400 ms late',
  ],
  [{ kind: 'outage', edge: 'web->db', for: '1m' }, 'web->db is cut: connections are dropped and new ones refused'],
  [{ kind: 'crash', service: 'web', for: '1m' }, 'web is killed and not started again'],
  [{ kind: 'script', script: 'hold-connections', service: 'db', for: '1m' }, 'hold-connections disturbs db'],
  [{ kind: 'script', script: 'flood', service: 'web', with: { rate: 50, path: '/' }, for: '1m' }, 'flood disturbs web (rate 50, path /)'],
  [{ kind: 'config_change', service: 'web', file: '/etc/web.yml', at: 'jobs[name=a]', shows: { path: '/', text: 'x' }, for: '1m' }, 'jobs[name=a] is taken out of /etc/web.yml, and web reads it'],
  [{ kind: 'config_change', service: 'web', file: '/etc/web.yml', at: 'a.pace', to: '1ms', shows: { path: '/', text: 'x' }, for: '1m' }, 'a.pace in /etc/web.yml becomes 1ms, and web reads it'],
  [{ kind: 'freeze', service: 'web', for: '1m' }, 'web is frozen: it keeps its connections and answers none'],
])('%j in words', (fault, words) => {
  expect(describeFault(fault)).toBe(words)
})
