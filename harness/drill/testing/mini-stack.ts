// A small stack with its monitoring, in memory: what drills are checked and planned against in tests.
import type { Edge, ServiceSpec, Stack } from '../../model/stack.ts'
import { readObserved } from '../observed.ts'
import type { Observed, ObserverTexts } from '../observed.ts'

const PROMETHEUS = 'global: { scrape_interval: 15s, evaluation_interval: 15s }\n'

const RULES = `groups:
  - name: services
    rules:
      - record: service:requests:rate5m
        expr: sum by (service) (rate(requests_total[5m]))
      - { alert: ServiceDown, expr: up == 0, for: 2m, labels: { team: platform } }
      - { alert: TooSlow, expr: 'service:requests:rate5m > 1', for: 10m, labels: { team: '{{ $labels.team }}', severity: warning } }
      - { alert: DatabaseDown, expr: pg_up == 0, for: 1m, labels: { team: database, service: db } }
`

const ALERTMANAGER = `route:
  receiver: default
  group_wait: 10s
  group_interval: 1m
  routes:
    - { matchers: [team = "platform"], receiver: platform }
    - { matchers: ['team="database"'], receiver: database, group_wait: 0s }
receivers: [{ name: default }, { name: platform, webhook_configs: [{ url: 'http://x' }] }, { name: database }]
`

export const TEXTS: ObserverTexts = {
  rules: [{ file: 'rules/shop.rules.yml', text: RULES }],
  alertmanager: { file: 'rules/alertmanager.yml', text: ALERTMANAGER },
  prometheus: { file: 'prometheus.yml', text: PROMETHEUS },
}

/** The observers at an acceleration. */
export function miniObserved(acceleration = 1): Observed {
  const { observed, problems } = readObserved(TEXTS, acceleration)
  if (!observed) throw new Error(problems.map(({ what }) => what).join('; '))
  return observed
}

const edges: readonly Edge[] = ['client->web', 'web->db', 'exporter->db'].map((name, index) => {
  const [from = '', to = ''] = name.split('->')
  return { name, from, to, listenPort: 20_000 + index, upstreamPort: 5_432 }
})

const services: readonly ServiceSpec[] = ['web', 'db', 'exporter', 'prometheus', 'toxiproxy'].map((name) => ({
  name,
  image: name,
  environment: {},
  ports: [],
  dependsOn: [],
  mounts: [],
  harness: { command: [name], tools: [], environment: {}, unprivileged: false, accelerate: [] },
}))

export const MINI_STACK: Stack = {
  file: 'compose.yaml',
  directory: '/mini',
  services,
  edges,
  harness: {
    edges: '/mini/edges.json',
    scenarios: '/mini/scenarios',
    drills: '/mini/chaos',
    rules: '/mini/rules',
    alertmanager: '/mini/rules/alertmanager.yml',
    entry: 'client->web',
    observers: {
      prometheus: 'prometheus:9090',
      alertmanager: 'prometheus:9093',
      jaeger: 'prometheus:16686',
      toxiproxy: 'toxiproxy:8474',
    },
    sink: 'sink:9900',
    stores: { orders: { service: 'db', url: '', query: '', scenarios: ['buy'] } },
    invariants: {
      'orders-paid': { service: 'db', url: '', query: '', settle: '2m', scenarios: ['buy'] },
      'stock-above-zero': { service: 'db', url: '', query: '', scenarios: ['buy', 'return'] },
    },
  },
}
