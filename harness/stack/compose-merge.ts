// Lays a later compose file over an earlier one, with the rules of Compose for the subset that is read.
import type { ComposeFile, ComposeService } from './compose-schema.ts'

type Tree = Readonly<Record<string, unknown>>

/** The first of the three parts of `127.0.0.1:9090:9090`. */
const HOST = /^([\d.]+|\$\{[^}]*\}):(?:\d+|\$\{[^}]*\}):\d+$/

/** Lists that are replaced whole; every other list is appended to. */
const REPLACED = new Set(['command', 'entrypoint', 'test'])

/**
 * Maps are merged key by key (environment, labels, depends_on and build.args too, in either notation), single values are replaced,
 * lists are appended to. Exceptions, as in Compose: command, entrypoint and healthcheck.test are replaced, a volume with the same
 * target is replaced. An x- key is replaced whole, but of the x-harness of the stack only the keys that the later file gives.
 */
export function mergeCompose(earlier: ComposeFile, later: ComposeFile): ComposeFile {
  const merged = mergeTree(earlier as Tree, later as Tree) as ComposeFile
  const harness = { ...earlier['x-harness'], ...later['x-harness'] }
  return Object.keys(harness).length === 0 ? merged : ({ ...merged, 'x-harness': harness } as ComposeFile)
}

function mergeTree(earlier: Tree, later: Tree): Tree {
  const merged: Record<string, unknown> = { ...earlier }
  for (const [key, value] of Object.entries(later)) {
    if (value !== undefined) merged[key] = mergeValue(key, earlier[key], value)
  }
  return merged
}

function mergeValue(key: string, earlier: unknown, later: unknown): unknown {
  if (key.startsWith('x-')) return later
  if (Array.isArray(earlier) && Array.isArray(later)) return mergeList(key, earlier, later)
  return isTree(earlier) && isTree(later) ? mergeTree(earlier, later) : later
}

function mergeList(key: string, earlier: readonly unknown[], later: readonly unknown[]): readonly unknown[] {
  if (REPLACED.has(key)) return later
  if (key !== 'volumes') return [...new Set([...earlier, ...later])]
  return [...new Map([...earlier, ...later].map((volume) => [targetOf(String(volume)), volume])).values()]
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The two or three parts of `source:target:ro`. */
export function splitVolume(text: string): { readonly source: string; readonly target: string } {
  const [source = '', target = ''] = text.split(':')
  return { source, target }
}

/** Whether a volume is a file or directory of the host, rather than a named volume. */
export function isBindMount(source: string): boolean {
  return /^[./~]/.test(source)
}

/** Container ports of a service, published and exposed, each once. */
export function portsOf(service: ComposeService): readonly number[] {
  return [...new Set([...publishedOf(service), ...(service.expose ?? []).map(containerPort)])]
}

/** Those that the host sees as well. */
export function publishedOf(service: ComposeService): readonly number[] {
  return [...new Set((service.ports ?? []).map(containerPort))]
}

/** Published container ports, and where on the host each is: on every address unless one is named. */
export function publishedAt(service: ComposeService): readonly { readonly host: string; readonly port: number }[] {
  return (service.ports ?? []).map((port) => ({ host: HOST.exec(port)?.[1] ?? '0.0.0.0', port: containerPort(port) }))
}

function containerPort(port: string): number {
  return Number(port.split(':').at(-1))
}

function targetOf(volume: string): string {
  return splitVolume(volume).target
}
