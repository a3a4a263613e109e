// The edges file: every directed network dependency, as Toxiproxy reads it and as the harness knows it.
import { locate } from '../model/located.ts'
import type { Located, Path } from '../model/located.ts'
import { suggest } from '../model/nearest.ts'
import type { Problem } from '../model/problem.ts'
import { readWith } from '../model/schema-problems.ts'
import type { Edge, ServiceSpec, StackHarness } from '../model/stack.ts'
import { edgesSchema } from './compose-schema.ts'
import type { EdgeEntry } from './compose-schema.ts'
import { sinkNames } from './stack-places.ts'

export interface EdgesRead {
  readonly edges: readonly Edge[]
  readonly problems: readonly Problem[]
}

/** Reads the text of the edges file and checks it against the services. */
export function readEdges(file: string, text: string, around: Around): EdgesRead {
  const located = locate(file, text)
  const { value, problems } = readWith(edgesSchema, located)
  if (!value) return { edges: [], problems }
  const edges = value.map(toEdge)
  return { edges, problems: value.flatMap((entry, index) => mistakes(entry, { index, edges, around, located })) }
}

export interface Around {
  readonly services: readonly ServiceSpec[]
  readonly harness: StackHarness
}

interface Where {
  readonly index: number
  readonly edges: readonly Edge[]
  readonly around: Around
  readonly located: Located
}

function toEdge(entry: EdgeEntry): Edge {
  const [from = '', to = ''] = entry.name.split('->')
  return { name: entry.name, from, to, listenPort: portOf(entry.listen), upstreamPort: portOf(entry.upstream) }
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1))
}

function mistakes(entry: EdgeEntry, where: Where): readonly Problem[] {
  return [...twice(entry, where), ...wrongEnds(entry, where)]
}

function twice(entry: EdgeEntry, { index, edges, located }: Where): readonly Problem[] {
  const edge = toEdge(entry)
  const at = problemAt(located)
  const before = edges.slice(0, index)
  const problems: Problem[] = []
  if (before.some(({ name }) => name === edge.name)) {
    problems.push(at([index, 'name'], `the edge ${edge.name} is listed twice`, 'remove one of the two'))
  }
  const rival = before.find(({ listenPort }) => listenPort === edge.listenPort)
  if (rival)
    problems.push(
      at([index, 'listen'], `port ${edge.listenPort} is taken by ${rival.name}`, 'give each edge its own port'),
    )
  return problems
}

function wrongEnds(entry: EdgeEntry, { index, around, located }: Where): readonly Problem[] {
  const edge = toEdge(entry)
  const at = problemAt(located)
  const names = around.services.map(({ name }) => name)
  const problems: Problem[] = []
  if (!names.includes(edge.from) && edge.name !== around.harness.entry) {
    problems.push(
      at([index, 'name'], `${edge.name} begins at ${edge.from}, which is no service`, suggest(edge.from, names)),
    )
  }
  const host = entry.upstream.slice(0, entry.upstream.lastIndexOf(':'))
  if (host !== edge.to) {
    problems.push(
      at(
        [index, 'upstream'],
        `${edge.name} leads to ${host}`,
        `write ${edge.to}:${edge.upstreamPort}, or rename the edge`,
      ),
    )
    return problems
  }
  if (sinkNames(around.harness).includes(edge.to)) return problems
  const callee = around.services.find(({ name }) => name === edge.to)
  if (!callee)
    problems.push(
      at([index, 'upstream'], `${edge.name} leads to ${edge.to}, which is no service`, suggest(edge.to, names)),
    )
  else if (!callee.ports.includes(edge.upstreamPort)) {
    const exposed = callee.ports.join(', ') || 'none'
    problems.push(
      at(
        [index, 'upstream'],
        `${edge.to} does not expose port ${edge.upstreamPort}`,
        `use one it exposes (${exposed}), or expose it`,
      ),
    )
  }
  return problems
}

/** Makes problems of one located text. */
export function problemAt(
  located: Pick<Located, 'file' | 'lineOf'>,
): (path: Path, what: string, fix: string) => Problem {
  return (path, what, fix) => ({ file: located.file, line: located.lineOf(path), what, fix })
}
