// What a look of each kind could have brought home: most of it good, some of it not. For the tests.
import type { CheckOf, GateKind } from '../../../model/gate-check.ts'
import type { FactKind, FactValue } from '../../../model/gate-evidence.ts'

type Looks = { readonly [K in Exclude<FactKind, 'load'>]: (check: CheckOf<K>) => FactValue<K> }

const LOOKS: Looks = {
  deployed: ({ services }) => services.filter((service) => service !== 'grafana').map((service) => ({ service, state: 'running' })),
  targets: ({ services }) => services.map((service) => ({ service, job: 'services', health: 'up', lastError: '' })),
  series: ({ series = 1, atMost }) => Array.from({ length: series }, (_, index) => ({ labels: { service: `s${index}` }, lowest: 0, highest: (atMost ?? 1) / 2 })),
  'scrape-interval': ({ services }) => ({ acceleration: 40, floorMs: 250, services: services.map((service) => ({ service, samples: 120, medianMs: 375 })) }),
  rules: () => [{ name: 'ServiceDown', type: 'alert', health: 'ok' }],
  routes: ({ routes }) => routes,
  'alert-coverage': () => [{ alert: 'ServiceDown', state: 'proven' }, { alert: 'SlowResponseTime', state: 'silent' }],
  endpoint: ({ services, when, status, body }) => when.flatMap((condition) => services.map((service, index) => ({ service, status, ms: 3 + index, when: condition, body: body ?? {} }))),
  refused: ({ calls, status }) => calls.map(({ service, method, path }) => ({ service, method, path, status: path === '/health' ? 200 : status[0] ?? 401, ms: 4 })),
  traced: ({ services = [], edges = [] }) => ({ services, edges, traces: 120, longest: 14 }),
  logs: ({ services, fields }) => services.map((service) => ({ service, lines: 40, structured: 40, fields: Object.fromEntries(fields.map((field) => [field, 40])), joined: 40, example: '{"level":30,"msg":"request completed"}' })),
  dashboards: () => [{ title: 'System overview', loads: true, panels: [{ title: 'Requests', parses: true, data: true, unit: true }] }],
  container: ({ services, traits }) => services.map((service) => ({ service, declared: Object.fromEntries(traits.map((trait) => [trait, true])) as never })),
  separated: ({ pairs }) => pairs.map((pair) => ({ ...pair, connected: true })),
  listeners: () => [{ service: 'postgres', port: 5432, address: '0.0.0.0', loopback: false }],
  encrypted: ({ edges }) => edges.map((edge) => ({ edge, plain: true, tls: false, needsCertificate: false })),
  setting: ({ is, atLeast, atMost }) => ({ value: is ?? atLeast ?? atMost ?? '', where: 'its flags' }),
  recovery: ({ services }) => services.map((service) => ({ service, died: true, readyMs: 2_400 })),
  shutdown: ({ services }) => services.map((service) => ({ service, exitCode: 0, ms: 700, served: 210, lost: 0 })),
  limits: () => ({ burst: { sent: 200, turnedAway: 140, unanswered: 0, toldWhen: 140 } }),
  backup: () => [{ table: 'samples', rows: 200, restored: 200, same: true }],
  'start-time': () => ({ ms: 74_000, command: 'npm start', services: 15 }),
}

export const FACT_KINDS = LOOKS as unknown as Readonly<Partial<Record<GateKind, (check: never) => unknown>>>
