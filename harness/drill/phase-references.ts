// Everything that the checks of a phase name and that has to exist: services, edges, drills, receivers, rules, and queries that parse.
import type { CheckOf, GateKind, LoadedCheck } from '../model/gate-check.ts'
import type { Path } from '../model/located.ts'

export const NOUNS = ['service', 'edge', 'drill', 'tag', 'receiver', 'rule', 'query'] as const
export type Noun = (typeof NOUNS)[number]

export interface Reference {
  readonly noun: Noun
  readonly name: string
  /** Inside the check. */
  readonly path: Path
}

/** A check may name what it claims to be there: `deployed` asks for services that the stack need not have. */
const REFERENCES: { readonly [K in GateKind]: (check: CheckOf<K>) => readonly Reference[] } = {
  drill: ({ drills, tag }) => [...all('drill', ['drills'], drills), ...one('tag', ['tag'], tag)],
  load: ({ drill }) => one('drill', ['drill'], drill),
  deployed: () => [],
  targets: services,
  series: ({ query }) => one('query', ['query'], query),
  'scrape-interval': services,
  rules: ({ names }) => all('rule', ['names'], names),
  routes: ({ routes }) => routes.flatMap(({ receivers }, index) => all('receiver', ['routes', index, 'receivers'], receivers)),
  'alert-coverage': () => [],
  endpoint: (check) => [...services(check), ...one('service', ['without'], check.without)],
  refused: ({ calls }) => calls.flatMap(({ service }, index) => one('service', ['calls', index, 'service'], service)),
  traced: (check) => [...services(check), ...all('edge', ['edges'], check.edges)],
  logs: services,
  dashboards: () => [],
  container: services,
  separated: ({ pairs }) => pairs.flatMap(({ from, to }, index) => [...one('service', ['pairs', index, 'from'], from), ...one('service', ['pairs', index, 'to'], to)]),
  listeners: ({ open }) => open.flatMap((name, index) => one('service', ['open', index], name.split(':')[0])),
  encrypted: ({ edges }) => all('edge', ['edges'], edges),
  setting: ({ service }) => one('service', ['service'], service),
  recovery: services,
  shutdown: services,
  limits: ({ service, breaker }) => [...one('service', ['service'], service), ...one('service', ['breaker', 'without'], breaker?.without)],
  backup: ({ service }) => one('service', ['service'], service),
  'start-time': () => [],
}

/** What a check names, each with its place in it. */
export function referencesOf<K extends GateKind>(check: CheckOf<K>): readonly Reference[] {
  const of = REFERENCES[(check as LoadedCheck).kind as K] as unknown as (check: CheckOf<K>) => readonly Reference[]
  return of(check)
}

function services({ services: names }: { readonly services?: readonly string[] | undefined }): readonly Reference[] {
  return all('service', ['services'], names)
}

function all(noun: Noun, path: Path, names: readonly string[] = []): readonly Reference[] {
  return names.map((name, index) => ({ noun, name, path: [...path, index] }))
}

function one(noun: Noun, path: Path, name: string | undefined): readonly Reference[] {
  return name === undefined ? [] : [{ noun, name, path }]
}
