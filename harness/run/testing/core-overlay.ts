// The part of a stack that the tests of the harness need: as much as they look at, and nothing that only costs time.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { readStack } from '../../stack/compose-file.ts'
import type { Edge, ServiceSpec, Stack } from '../../model/stack.ts'

interface Scrapes {
  readonly scrape_configs: readonly { readonly static_configs: readonly { readonly targets: readonly string[] }[] }[]
}

/** Writes an overlay that leaves out all services but `kept`, with their edges, targets and addresses; returns its path. */
export function coreOverlay(file: string, kept: readonly string[]): string {
  const { stack, problems } = readStack(file)
  if (!stack) throw new Error(JSON.stringify(problems))
  const directory = mkdtempSync(join(tmpdir(), 'readiness-harness-core-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const { services, harness } = stack
  const away = (name: string) => services.some((service) => service.name === name) && !kept.includes(name)
  const gone = stack.edges.filter(({ from, to }) => away(from) || away(to))
  const edges = join(directory, 'toxiproxy.json')
  writeFileSync(edges, JSON.stringify((JSON.parse(readFileSync(harness.edges, 'utf8')) as { name: string }[]).filter(({ name }) => !gone.some((edge) => edge.name === name)), null, 2))
  const watch = mountOf(stack, 'prometheus', 'prometheus.yml')
  const prometheus = join(directory, 'prometheus.yml')
  writeFileSync(prometheus, stringify(watched(parse(readFileSync(watch.source, 'utf8')) as Scrapes, gone)))
  const changes = services.map((service) => [service.name, kept.includes(service.name) ? { environment: withoutAddresses(service, gone) } : { profiles: ['left out'] }] as const)
  const overlay = Object.fromEntries<object>(changes)
  overlay.toxiproxy = { ...overlay.toxiproxy, volumes: [`${edges}:${mountOf(stack, 'toxiproxy', 'toxiproxy.json').target}:ro`] }
  overlay.prometheus = { ...overlay.prometheus, volumes: [`${prometheus}:${watch.target}:ro`] }
  const path = join(directory, 'core.yaml')
  writeFileSync(path, stringify({ 'x-harness': { edges }, services: overlay }))
  return path
}

function mountOf({ services }: Stack, service: string, name: string): ServiceSpec['mounts'][number] {
  const mount = services.find((one) => one.name === service)?.mounts.find(({ target }) => target.endsWith(`/${name}`))
  if (mount === undefined) throw new Error(`${service} mounts no ${name}`)
  return mount
}

/** What is asked by way of an edge that is not there would look dead. */
function watched(config: Scrapes, gone: readonly Edge[]): Scrapes {
  const alive = (target: string) => !gone.some(({ listenPort }) => new RegExp(`:${listenPort}(/|$)`).test(target))
  const jobs = config.scrape_configs.map((job) => ({ ...job, static_configs: job.static_configs.filter(({ targets }) => targets.every(alive)) }))
  return { ...config, scrape_configs: jobs.filter(({ static_configs }) => static_configs.length > 0) }
}

/** An empty address tells a service that the one behind it is no part of this system. */
function withoutAddresses({ environment }: ServiceSpec, gone: readonly Edge[]): Readonly<Record<string, string>> {
  const leads = (value: string) => gone.some(({ listenPort }) => value.includes(`:${listenPort}`))
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => leads(value)).map(([name]) => [name, '']))
}
