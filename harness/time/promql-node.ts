// One place in the syntax tree of a query, and the few ways to walk from it.
import type { SyntaxNode } from '@lezer/common'

/** A node of the tree together with the text it was read from. */
export interface Query {
  readonly text: string
  readonly node: SyntaxNode
}

/** Named children in order, comments left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child)
  }
  return children
}

/** The same text, seen from another of its nodes. */
export function at(query: Query, node: SyntaxNode): Query {
  return { text: query.text, node }
}

export function textOf({ text, node }: Query): string {
  return text.slice(node.from, node.to)
}

/** Every node of one of the names, outer before inner, left before right. */
export function findAll(query: Query, names: readonly string[]): readonly Query[] {
  const here = names.includes(query.node.name) ? [query] : []
  return [...here, ...childrenOf(query.node).flatMap((child) => findAll(at(query, child), names))]
}
