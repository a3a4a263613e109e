// What one compose file cannot show of itself: that everything it refers to is there.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import type { ServiceSpec, StackHarness } from '../model/stack.ts'
import { invariantProblems } from './compose-invariants.ts'
import type { ComposeFile, ComposeService } from './compose-schema.ts'
import { bindMounts, namedVolumes } from './compose-service.ts'

/** Keys of x-harness that name files and directories, relative to the first compose file. */
export const PATHS = ['edges', 'scenarios', 'drills', 'rules', 'alertmanager'] as const
/** Those that a stack may leave out. */
export const OPTIONAL_PATHS = ['phases', 'dashboards'] as const

/** The merged file, and the way from a path in it to the line of the file that said it last. */
export interface Merged {
  readonly compose: ComposeFile
  readonly directory: string
  readonly services: readonly ServiceSpec[]
  problem(path: Path, what: string, fix: string): Problem
}

/** All broken references of the merged file, in the order in which they stand there. */
export function brokenReferences(merged: Merged): readonly Problem[] {
  const services = Object.entries(merged.compose.services ?? {})
  return [
    ...services.flatMap(([name, service]) => serviceProblems(name, service, merged)),
    ...cycles(merged),
    ...harnessProblems(merged),
  ]
}

function serviceProblems(name: string, service: ComposeService, merged: Merged): readonly Problem[] {
  const at: Path = ['services', name]
  const names = merged.services.map((other) => other.name)
  const problems: Problem[] = []
  if (!service['x-harness']) {
    problems.push(
      merged.problem(at, `${name} has no x-harness`, 'add x-harness: { command: [...] }, which starts it as a process'),
    )
  }
  if (!service.image && !service.build)
    problems.push(merged.problem(at, `${name} has neither image nor build`, 'add an image'))
  for (const needed of Object.keys(service.depends_on ?? {})) {
    if (!names.includes(needed))
      problems.push(
        merged.problem(
          [...at, 'depends_on'],
          `${name} depends on ${needed}, which is no service`,
          suggest(needed, names),
        ),
      )
  }
  return [...problems, ...volumeProblems(name, service, merged), ...networkProblems(name, service, merged)]
}

function volumeProblems(name: string, service: ComposeService, merged: Merged): readonly Problem[] {
  const at: Path = ['services', name, 'volumes']
  const declared = Object.keys(merged.compose.volumes ?? {})
  const lost = bindMounts(service, merged.directory).filter(({ source }) => !existsSync(source))
  const undeclared = namedVolumes(service).filter((volume) => !declared.includes(volume.name))
  return [
    ...lost.map(({ source }) =>
      merged.problem(
        at,
        `${name} mounts ${source}, which does not exist`,
        'write the file, or mend the path (it counts from the first compose file)',
      ),
    ),
    ...undeclared.map((volume) =>
      merged.problem(
        at,
        `${name} uses the volume ${volume.name}, which is not declared`,
        suggest(volume.name, declared, 'volume under volumes:'),
      ),
    ),
  ]
}

function networkProblems(name: string, service: ComposeService, merged: Merged): readonly Problem[] {
  const declared = ['default', ...Object.keys(merged.compose.networks ?? {})]
  const unknown = (service.networks ?? []).filter((network) => !declared.includes(network))
  return unknown.map((network) =>
    merged.problem(
      ['services', name, 'networks'],
      `${name} joins ${network}, which is no network`,
      suggest(network, declared),
    ),
  )
}

function cycles(merged: Merged): readonly Problem[] {
  const needs = new Map(merged.services.map(({ name, dependsOn }) => [name, dependsOn]))
  const round = merged.services.map(({ name }) => roundTrip(name, needs)).find((way) => way !== undefined)
  if (!round) return []
  const [first = ''] = round
  return [
    merged.problem(
      ['services', first, 'depends_on'],
      `depends_on goes in a circle: ${[...round, first].join(' -> ')}`,
      'remove one of these dependencies',
    ),
  ]
}

/** A way from a service along depends_on back to itself. */
function roundTrip(start: string, needs: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const seen = new Set<string>()
  const walk = (way: readonly string[]): readonly string[] | undefined => {
    for (const next of needs.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return way
      const known = seen.has(next)
      seen.add(next)
      const further = known ? undefined : walk([...way, next])
      if (further) return further
    }
    return undefined
  }
  return walk([start])
}

function harnessProblems(merged: Merged): readonly Problem[] {
  const harness = merged.compose['x-harness']
  if (!harness)
    return [
      merged.problem(
        [],
        'there is no x-harness at the top level',
        'add it: edges, scenarios, drills, rules, alertmanager, entry, observers, sink, stores',
      ),
    ]
  return [...addresses(harness, merged), ...stores(harness, merged), ...loginProblems(harness, merged), ...invariantProblems(harness, merged), ...places(harness, merged)]
}

function addresses(harness: StackHarness, merged: Merged): readonly Problem[] {
  return Object.entries(harness.observers).flatMap(([observer, address]) => {
    const path: Path = ['x-harness', 'observers', observer]
    const [host = '', port = ''] = address.split(':')
    const service = merged.services.find(({ name }) => name === host)
    if (!service)
      return [
        merged.problem(
          path,
          `${observer} is at ${host}, which is no service`,
          suggest(
            host,
            merged.services.map(({ name }) => name),
          ),
        ),
      ]
    if (service.ports.includes(Number(port))) return []
    return [
      merged.problem(
        path,
        `${host} does not expose port ${port}`,
        `use one it exposes (${service.ports.join(', ') || 'none'}), or expose it`,
      ),
    ]
  })
}

function stores(harness: StackHarness, merged: Merged): readonly Problem[] {
  const names = merged.services.map(({ name }) => name)
  return Object.entries(harness.stores)
    .filter(([, { service }]) => !names.includes(service))
    .map(([store, { service }]) =>
      merged.problem(
        ['x-harness', 'stores', store, 'service'],
        `the store ${store} is in ${service}, which is no service`,
        suggest(service, names),
      ),
    )
}

function loginProblems({ login }: StackHarness, merged: Merged): readonly Problem[] {
  const names = merged.services.map(({ name }) => name)
  if (login === undefined || names.includes(login.service)) return []
  return [merged.problem(['x-harness', 'login', 'service'], `users log in at ${login.service}, which is no service`, suggest(login.service, names))]
}

function places(harness: StackHarness, merged: Merged): readonly Problem[] {
  return [...PATHS, ...OPTIONAL_PATHS].filter((key) => !existsSync(resolve(merged.directory, harness[key] ?? '.'))).map((key) =>
    merged.problem(
      ['x-harness', key],
      `${harness[key]} does not exist`,
      'write it, or mend the path (it counts from the first compose file)',
    ),
  )
}
