// Reads the compose files of a stack: what they say, merged, checked, and with every mistake named at once.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { locate, textsIn, valueAt } from '../model/located.ts'
import type { Located, Path } from '../model/located.ts'
import { byLine, shownFile } from '../model/problem.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import type { Edge, ServiceSpec, Stack, StackHarness } from '../model/stack.ts'
import { brokenReferences, OPTIONAL_PATHS, PATHS } from './compose-checks.ts'
import type { Merged } from './compose-checks.ts'
import { readEdges } from './compose-edges.ts'
import type { EdgesRead } from './compose-edges.ts'
import { mergeCompose } from './compose-merge.ts'
import { composeSchema, overlaySchema } from './compose-schema.ts'
import type { ComposeFile } from './compose-schema.ts'
import { toServiceSpec, unescape } from './compose-service.ts'
import { variableMistake } from './compose-variables.ts'

export interface StackRead {
  /** There only when there is no problem. */
  readonly stack?: Stack
  readonly problems: readonly Problem[]
}

/** Reads one compose file, or a main file and the overlays laid over it in this order. Relative paths count from the first. */
export function readStack(files: string | readonly string[]): StackRead {
  const list = typeof files === 'string' ? [files] : files
  const lost = list.filter((file) => !existsSync(file))
  if (lost.length > 0)
    return { problems: lost.map((file) => ({ file, line: 1, what: 'there is no such file', fix: 'mend the path' })) }
  const sources = list.map((file) => locate(file, readFileSync(file, 'utf8')))
  const reads = sources.map((source, index) => readOne(source, index === 0 ? composeSchema : overlaySchema))
  const problems = reads.flatMap((read) => read.problems)
  if (problems.length > 0) return { problems }
  const compose = reads.map((read) => read.compose).reduce(mergeCompose, {})
  return build(list[0] ?? '', withoutIdle(compose), sources)
}

/** A service with profiles waits for somebody to ask for one of them, as in Compose; the harness asks for none. */
function withoutIdle(compose: ComposeFile): ComposeFile {
  const services = Object.entries(compose.services ?? {}).filter(([, { profiles }]) => profiles === undefined)
  return { ...compose, services: Object.fromEntries(services) }
}

function readOne(source: Located, schema: typeof composeSchema | typeof overlaySchema): { readonly compose: ComposeFile; readonly problems: readonly Problem[] } {
  const known = { ...source, value: withoutExtensions(source.value) }
  const { value = {}, problems } = readWith(schema as typeof composeSchema, known)
  const mistakes = textsIn(source.value).flatMap(({ path, text }) => {
    const what = variableMistake(text)
    const fix =
      'Compose substitutes variables everywhere, x- keys included: write $$ for a dollar sign that is meant for somebody else'
    return what === undefined ? [] : [{ file: source.file, line: source.lineOf(path), what, fix }]
  })
  return { compose: value, problems: byLine([...problems, ...mistakes]) }
}

/** x- keys belong to whoever wrote them; only x-harness is ours. */
function withoutExtensions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtensions)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key === 'x-harness' || !key.startsWith('x-'))
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutExtensions(inner)]))
}

function build(file: string, compose: ComposeFile, sources: readonly Located[]): StackRead {
  const directory = resolve(dirname(file))
  const services = Object.entries(compose.services ?? {}).map(([name, service]) =>
    toServiceSpec(name, service, directory),
  )
  const merged: Merged = { compose, directory, services, problem: problemIn(sources) }
  const broken = brokenReferences(merged)
  const harness = compose['x-harness']
  if (!harness) return { problems: broken }
  const { edges, problems } = edgesOf(merged, harness)
  const all = [...broken, ...problems, ...entryProblems(edges, harness, merged)]
  if (all.length > 0) return { problems: all }
  return { stack: { file, directory, services: services.map((service) => usedPorts(service, edges, harness)), edges, harness: settled(harness, directory) }, problems: [] }
}

/** Of the proxy host only the ports that an edge has, or its own: in a container each port that nobody uses costs a process. */
function usedPorts(service: ServiceSpec, edges: readonly Edge[], harness: StackHarness): ServiceSpec {
  const [host, own] = harness.observers.toxiproxy.split(':')
  if (service.name !== host) return service
  return { ...service, ports: service.ports.filter((port) => String(port) === own || edges.some(({ listenPort }) => listenPort === port)) }
}

/** Names the line of the last file that says anything at `path`. */
function problemIn(sources: readonly Located[]): Merged['problem'] {
  return (path: Path, what: string, fix: string) => {
    const depth = Math.max(...sources.map((source) => depthIn(source, path)))
    const source = sources.findLast((one) => depthIn(one, path) === depth) as Located
    return { file: source.file, line: source.lineOf(path), what, fix }
  }
}

function depthIn(source: Located, path: Path): number {
  return path.findLastIndex((_, index) => valueAt(source.value, path.slice(0, index + 1)) !== undefined)
}

function edgesOf(merged: Merged, harness: StackHarness): EdgesRead {
  const file = resolve(merged.directory, harness.edges)
  if (!existsSync(file)) return { edges: [], problems: [] }
  return readEdges(shownFile(file), readFileSync(file, 'utf8'), { services: merged.services, harness })
}

function entryProblems(edges: readonly Edge[], harness: StackHarness, merged: Merged): readonly Problem[] {
  if (edges.length === 0 || edges.some(({ name }) => name === harness.entry)) return []
  const names = edges.map(({ name }) => name).join(', ')
  return [
    merged.problem(
      ['x-harness', 'entry'],
      `the entry ${harness.entry} is no edge of ${harness.edges}`,
      `use one of: ${names}`,
    ),
  ]
}

/** With absolute paths, and `$$1` as the `$1` it stands for. */
function settled(harness: StackHarness, directory: string): StackHarness {
  const paths = Object.fromEntries(PATHS.map((key) => [key, resolve(directory, harness[key])]))
  const stores = mapValues(harness.stores, (store) => ({ ...store, query: unescape(store.query) }))
  const invariants = mapValues(harness.invariants ?? {}, (invariant) => ({
    ...invariant,
    query: unescape(invariant.query),
    ...(invariant.counts === undefined ? {} : { counts: unescape(invariant.counts) }),
  }))
  const given = OPTIONAL_PATHS.flatMap((key) => (harness[key] === undefined ? [] : [[key, resolve(directory, harness[key])]]))
  const login = harness.login && (JSON.parse(unescape(JSON.stringify(harness.login))) as StackHarness['login'])
  return { ...harness, ...paths, ...Object.fromEntries(given), stores, invariants, ...(login === undefined ? {} : { login }) }
}

function mapValues<T>(map: Readonly<Record<string, T>>, of: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, of(value)]))
}
