// The dependency graph of a stack, as text for a terminal and as Mermaid for a page.
import type { Edge } from '../model/stack.ts'

/** Callers with their callees below them, in the order of the edge file. */
export function edgesAsText(edges: readonly Edge[]): string {
  const callers = [...Map.groupBy(edges, ({ from }) => from)]
  return callers.map(([from, own]) => [from, ...own.map(branch)].join('\n')).join('\n')
}

function branch({ to, listenPort, upstreamPort }: Edge, index: number, own: readonly Edge[]): string {
  return `${index === own.length - 1 ? '└──' : '├──'} ${to}:${upstreamPort}  by way of port ${listenPort}`
}

/** A flowchart, left to right. */
export function edgesAsMermaid(edges: readonly Edge[]): string {
  return ['flowchart LR', ...edges.map(({ from, to }) => `  ${nodeOf(from)} --> ${nodeOf(to)}`)].join('\n')
}

/** Mermaid takes `end` and the like for its own words; a quoted label next to a safe id never is. */
function nodeOf(name: string): string {
  return `n_${name.replaceAll(/\W/g, '_')}["${name}"]`
}
