// Fills the variables of Grafana into a query, as Grafana does before Prometheus sees it.

/** What a variable stands for. */
export interface Chosen {
  readonly values: readonly string[]
  /** Whether more than one may be chosen: then its values go into a pattern. */
  readonly several: boolean
  /** Taken as it is, such as .* for all. */
  readonly literal?: boolean
}
export type Choices = Readonly<Record<string, Chosen>>

/** `$name`, `[[name]]`, `${name}`, the last two also with a format behind a colon. */
const PLACE = /\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]|\$\{(\w+)(?::(\w+))?\}/g

/** What nobody knows stays, and is no PromQL. */
export function substitute(query: string, choices: Choices): string {
  return query.replaceAll(PLACE, (found: string, plain?: string, ...rest: (string | undefined)[]) => {
    const [square, squareFormat, braced, bracedFormat] = rest
    const chosen = choices[plain ?? square ?? braced ?? '']
    return chosen === undefined ? found : (written(chosen, squareFormat ?? bracedFormat) ?? found)
  })
}

function written({ values, several, literal = false }: Chosen, format: string | undefined): string | undefined {
  const [first = ''] = values
  if (literal) return first
  switch (format) {
    case undefined:
      return several ? oneOf(values.map((value) => forPattern(value).replaceAll('\\', '\\\\'))) : first.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
    case 'regex':
      return oneOf(values.map(forPattern))
    case 'pipe':
      return values.join('|')
    case 'csv':
    case 'raw':
      return values.join(',')
    default:
      return undefined
  }
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`
}

function forPattern(value: string): string {
  return value.replaceAll(/[\\^$*+?.()|[\]{}/]/g, '\\$&')
}
