// Reads a page as strictly as XML is read: every element closed, every attribute quoted, every sign escaped. For the tests.

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
}

export type Node = Element | string

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Node[]
}

const TOKEN = /<!DOCTYPE html>\n?|<(style|script)>([^<&]*)<\/\1>|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g
const ATTRIBUTE = /([\w:-]+)="([^"<]*)"/g
const BARE = /&(?!(?:amp|lt|gt|quot|#39);)/

/** Throws on the first thing that is not well-formed. */
export function readPage(text: string): Element {
  const stack: Open[] = [{ name: '', attributes: {}, children: [] }]
  for (const token of text.matchAll(TOKEN)) take(token, stack)
  const [root] = stack
  if (stack.length !== 1 || root === undefined) throw new Error(`never closed: ${stack.map(({ name }) => name).join(' ')}`)
  return root
}

function take(token: RegExpMatchArray, stack: Open[]): void {
  const [all, raw, body = '', closing, name = '', attributes = '', alone, text, stray] = token
  const top = stack.at(-1)
  if (top === undefined || stray !== undefined || BARE.test(`${text ?? ''}${attributes}`)) throw new Error(`not well-formed at ${token.index}: ${token.input?.slice(token.index, (token.index ?? 0) + 80)}`)
  if (raw !== undefined) top.children.push({ name: raw, attributes: {}, children: [body] })
  else if (text !== undefined) top.children.push(unescaped(text))
  else if (closing === '/') close(name, stack)
  else if (!all.startsWith('<!')) open({ name, attributes, alone: alone === '/' }, top, stack)
}

function open({ name, attributes, alone }: { readonly name: string; readonly attributes: string; readonly alone: boolean }, top: Open, stack: Open[]): void {
  const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, unescaped(value)] as const)
  const known = Object.fromEntries(pairs)
  if (Object.keys(known).length < pairs.length) throw new Error(`an attribute twice in <${name}${attributes}>`)
  const element: Open = { name, attributes: known, children: [] }
  top.children.push(element)
  if (!alone) stack.push(element)
}

function close(name: string, stack: Open[]): void {
  const closed = stack.pop()
  if (closed?.name !== name) throw new Error(`</${name}> closes <${closed?.name}>`)
}

const SIGNS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

function unescaped(text: string): string {
  return text.replaceAll(/&[^;]+;/g, (sign) => SIGNS[sign] ?? sign)
}

/** All elements below, in the order of the page. */
export function elementsOf(node: Node): readonly Element[] {
  return typeof node === 'string' ? [] : node.children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...elementsOf(child)]))
}

export function named(node: Node, name: string): readonly Element[] {
  return elementsOf(node).filter((one) => one.name === name)
}

/** What a reader sees of it, in one line. */
export function textIn(node: Node): string {
  if (typeof node === 'string') return node
  return node.children.map(textIn).join(' ').replaceAll(/\s+/g, ' ').trim()
}
