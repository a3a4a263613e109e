// What is read from a compose file, and what is refused: every mistake at once, with its line and its remedy.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import { readStack } from './compose-file.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'compose-'))
  for (const name of ['scenarios', 'chaos', 'rules', 'config']) mkdirSync(join(directory, name))
  write('rules/alertmanager.yml', 'route: {}')
  write('config/app.yml', '')
  write('edges.json', EDGES)
})
afterAll(() => rmSync(directory, { recursive: true }))

function write(name: string, text: string): string {
  writeFileSync(join(directory, name), text)
  return join(directory, name)
}

const EDGES = `[
  {"name": "client->web", "listen": "0.0.0.0:20000", "upstream": "web:8000", "enabled": true},
  {"name": "web->db", "listen": "0.0.0.0:20001", "upstream": "db:5432", "enabled": true},
  {"name": "watch->sink", "listen": "0.0.0.0:20002", "upstream": "sink:9900", "enabled": true}
]`

const COMPOSE = `name: shop
x-anything: { goes: here }
x-harness:
  edges: edges.json
  scenarios: scenarios
  drills: chaos
  rules: rules
  alertmanager: rules/alertmanager.yml
  entry: client->web
  observers: { prometheus: 'watch:9090', alertmanager: 'watch:9093', jaeger: 'watch:16686', toxiproxy: 'proxy:8474' }
  sink: sink:9900
  stores:
    orders: { service: db, url: 'postgres://\${DB_HOST:-db}:5432/shop', query: 'select id as key from orders where id = any($$1)', scenarios: [buy] }
services:
  db:
    image: postgres:18
    expose: [5432]
    volumes: ['data:/var/lib/postgresql']
    x-harness: { command: ['$\${BIN:postgres}', -D, '$\${DATA}'], unprivileged: true }
  proxy:
    image: toxiproxy
    ports: ['127.0.0.1:8474:8474']
    x-harness: { command: [toxiproxy] }
  web:
    build: ./web
    environment: ['DB_URL=http://\${PROXY_HOST:-proxy}:20001', 'LEVEL=info']
    ports: [8000]
    depends_on: { db: { condition: service_started }, proxy: { condition: service_started } }
    volumes: ['./config/app.yml:/etc/app.yml:ro']
    mem_limit: 256m
    x-harness: { command: [node, web.ts], ready: /health }
  watch:
    image: prometheus
    expose: [9090, 9093, 16686]
    depends_on: [proxy]
    x-harness: { command: [prometheus] }
volumes: { data: }
`

function problemsOf(compose: string): readonly string[] {
  return readStack(write('compose.yaml', compose)).problems.map((problem) =>
    formatProblem(problem).replace(`${directory}/`, ''),
  )
}

test('a whole stack', () => {
  const { stack, problems } = readStack(write('compose.yaml', COMPOSE))
  expect(problems).toEqual([])
  expect(stack?.services.map(({ name, ports }) => [name, ports])).toEqual([
    ['db', [5432]],
    ['proxy', [8474]],
    ['web', [8000]],
    ['watch', [9090, 9093, 16686]],
  ])
  expect(stack?.services.map(({ published }) => published)).toEqual([[], [8474], [8000], []])
  const web = stack?.services.find(({ name }) => name === 'web')
  expect(web?.environment).toEqual({ DB_URL: 'http://${PROXY_HOST:-proxy}:20001', LEVEL: 'info' })
  expect(web?.dependsOn).toEqual(['db', 'proxy'])
  expect(web?.mounts).toEqual([{ source: join(directory, 'config/app.yml'), target: '/etc/app.yml' }])
  expect(web?.container).toMatchObject({ build: { context: join(directory, 'web') }, memory: '256m', volumes: [] })
  expect(stack?.services[0]?.harness.command).toEqual(['${BIN:postgres}', '-D', '${DATA}'])
  expect(stack?.services[0]?.container?.volumes).toEqual([{ name: 'data', target: '/var/lib/postgresql' }])
  expect(stack?.harness).toMatchObject({ edges: join(directory, 'edges.json'), rules: join(directory, 'rules') })
  expect(stack?.harness.stores.orders?.query).toContain('any($1)')
  expect(stack?.edges[1]).toEqual({ name: 'web->db', from: 'web', to: 'db', listenPort: 20001, upstreamPort: 5432 })
})

test.each([
  ['test: pg_isready, interval: 2s, retries: 5', { test: ['CMD-SHELL', 'pg_isready'], interval: '2s', retries: 5 }],
  ['test: [CMD, pg_isready], start_period: 5s', { test: ['CMD', 'pg_isready'], startPeriod: '5s' }],
  ['disable: true', { test: ['NONE'] }],
])('a health check { %s }', (written, read) => {
  const { stack } = readStack(write('compose.yaml', COMPOSE.replace('    mem_limit: 256m', `    healthcheck: { ${written} }`)))
  const [db, , web] = stack?.services ?? []
  expect(web?.container?.healthcheck).toEqual(read)
  expect(db?.container?.healthcheck).toBeUndefined()
})

test('five mistakes of form in one file are five problems, each with its line and remedy', () => {
  const broken = COMPOSE.replace('build: ./web', 'bulid: ./web')
    .replace('ports: [8000]', 'ports: [eighty]')
    .replace('mem_limit: 256m', 'mem_limit: 256m\n    env_file: .env')
    .replace("'$${BIN:postgres}'", "'${BIN:postgres}'")
    .replace(', ready: /health', ', redy: /health')
  const lines = problemsOf(broken)
  expect(lines).toHaveLength(5)
  expect(lines[0]).toMatch(/^compose.yaml:19: \$\{BIN:postgres\} is no variable.* Fix: .*write \$\$/)
  expect(lines[1]).toBe('compose.yaml:25: unknown key bulid in services.web. Fix: did you mean build?')
  expect(lines[2]).toBe(
    'compose.yaml:27: services.web.ports.0 is "eighty". Fix: write a port such as 8081 or "8081:8081"',
  )
  expect(lines[3]).toMatch(/^compose.yaml:31: unknown key env_file in services.web. Fix: use one of: build, cap_drop/)
  expect(lines[4]).toBe('compose.yaml:32: unknown key redy in services.web.x-harness. Fix: did you mean ready?')
})

test('broken references are found in one go', () => {
  const broken = COMPOSE.replace('depends_on: [proxy]', 'depends_on: [poxy]')
    .replace("jaeger: 'watch:16686'", "jaeger: 'watch:16687'")
    .replace('./config/app.yml:', './config/ap.yml:')
    .replace('service: db, url', 'service: dbb, url')
    .replace('entry: client->web', 'entry: client->wep')
    .replace('rules: rules', 'rules: roles')
  const lines = problemsOf(broken).join('\n')
  expect(lines).toContain('compose.yaml:35: watch depends on poxy, which is no service. Fix: did you mean proxy?')
  expect(lines).toContain(
    'compose.yaml:10: watch does not expose port 16687. Fix: use one it exposes (9090, 9093, 16686), or expose it',
  )
  expect(lines).toMatch(/compose.yaml:29: web mounts .*ap.yml, which does not exist/)
  expect(lines).toContain('compose.yaml:13: the store orders is in dbb, which is no service. Fix: did you mean db?')
  expect(lines).toContain('compose.yaml:9: the entry client->wep is no edge of edges.json')
  expect(lines).toContain('compose.yaml:7: roles does not exist')
  expect(lines).toContain('edges.json:2: client->web begins at client, which is no service')
})

test('a circle of dependencies is shown whole', () => {
  const circle = COMPOSE.replace(
    "ports: ['127.0.0.1:8474:8474']",
    "ports: ['127.0.0.1:8474:8474']\n    depends_on: [web]",
  )
  expect(problemsOf(circle)[0]).toContain('proxy -> web -> proxy')
})

test('the edges file: names, ports and upstreams', () => {
  const edges = EDGES.replace('20001', '20000').replace('db:5432', 'db:5433').replace('watch->sink', 'watsh->sink')
  write('edges.json', edges)
  const lines = problemsOf(COMPOSE)
  write('edges.json', EDGES)
  expect(lines).toEqual([
    'edges.json:3: port 20000 is taken by client->web. Fix: give each edge its own port',
    'edges.json:3: db does not expose port 5433. Fix: use one it exposes (5432), or expose it',
    'edges.json:4: watsh->sink begins at watsh, which is no service. Fix: did you mean watch?',
  ])
})

test('an edge that starts disabled, and broken notation, are refused', () => {
  write('edges.json', EDGES.replace('"enabled": true', '"enabled": false'))
  expect(problemsOf(COMPOSE)[0]).toContain('edges.json:2: 0.enabled is false. Fix: write true')
  write('edges.json', '[{')
  expect(problemsOf(COMPOSE)[0]).toMatch(/edges.json:1: /)
  write('edges.json', EDGES)
  expect(problemsOf('services:\n  a: {\n b')[0]).toMatch(/^compose.yaml:\d/)
})

test('an overlay adds and replaces as Compose does, and its mistakes are named in its own file', () => {
  const base = write('compose.yaml', COMPOSE)
  const overlay = write(
    'over.yaml',
    'services:\n  web:\n    image: mine\n    environment: { LEVEL: debug, NEW: "1" }\n    ports: [8001]\n    volumes: ["./rules:/etc/app.yml"]\n',
  )
  const web = readStack([base, overlay]).stack?.services.find(({ name }) => name === 'web')
  expect(web).toMatchObject({
    image: 'mine',
    environment: { DB_URL: 'http://${PROXY_HOST:-proxy}:20001', LEVEL: 'debug', NEW: '1' },
    ports: [8000, 8001],
    mounts: [{ source: join(directory, 'rules'), target: '/etc/app.yml' }],
  })
  const bad = write('bad.yaml', 'services:\n  web:\n    depends_on: [nobody]\n')
  expect(readStack([base, bad]).problems.map(({ file, line }) => [file, line])).toEqual([[bad, 3]])
  expect(readStack(join(directory, 'none.yaml')).problems[0]?.what).toBe('there is no such file')
})

test('a service with profiles takes no part', () => {
  const extra = write('extra.yaml', 'services:\n  extra: { image: x, profiles: [big], x-harness: { command: [x] } }\n  web: { profiles: [night] }\n')
  expect(readStack([write('compose.yaml', COMPOSE), extra]).problems.map(({ what }) => what)).toContainEqual(expect.stringContaining('web'))
  const overlay = write('extra.yaml', 'services:\n  extra: { image: x, profiles: [big], x-harness: { command: [x] } }\n')
  expect(readStack([write('compose.yaml', COMPOSE), overlay]).stack?.services.map(({ name }) => name)).not.toContain('extra')
})
