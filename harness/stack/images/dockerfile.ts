// What must be known of a Dockerfile before it is built: what it copies from its context, and what it stands on.

export interface Recipe {
  /** Sources of COPY in the context, such as bin/node, tool/postgres, app and files beside the Dockerfile. */
  readonly copies: readonly string[]
  /** Images it begins from, without scratch and without stages of its own. */
  readonly bases: readonly string[]
}

/** Reads the shell form of FROM and COPY; continued lines are joined. */
export function readDockerfile(text: string): Recipe {
  const lines = text.replaceAll(/\\\n/g, ' ').split('\n').map((line) => line.trim().split(/\s+/))
  const stages = lines.flatMap(([word, ...rest]) => (is(word, 'FROM') ? [rest.filter((one) => !one.startsWith('--'))] : []))
  const own = new Set(stages.flatMap(([, as, name]) => (is(as, 'AS') ? [name] : [])))
  const bases = stages.map(([base = '']) => base).filter((base) => base !== 'scratch' && !own.has(base))
  const copies = lines.flatMap(([word, ...rest]) => (is(word, 'COPY') && !rest.some((one) => one.startsWith('--from=')) ? sourcesOf(rest) : []))
  return { copies: [...new Set(copies)].sort(), bases: [...new Set(bases)] }
}

function is(word: string | undefined, keyword: string): boolean {
  return word?.toUpperCase() === keyword
}

function sourcesOf(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith('--')).slice(0, -1).map((word) => word.replace(/\/+$/, ''))
}
