// Which of a service's routes a request is for, as a router decides it: the most exact one.

interface Pattern {
  readonly method: string
  readonly parts: readonly string[]
  readonly open: boolean
}

function patternOf(route: string): Pattern {
  const [method = '', path = ''] = route.split(' ')
  const open = path.endsWith('/*')
  return { method, open, parts: partsOf(open ? path.slice(0, -2) : path) }
}

/** `/samples/1?x=y` -> samples, 1. */
function partsOf(path: string): readonly string[] {
  return (path.split('?', 1)[0] ?? '').split('/').filter((part) => part !== '')
}

function fits({ method, parts, open }: Pattern, asked: Pattern): boolean {
  if (method !== 'ANY' && method !== asked.method) return false
  if (open ? asked.parts.length < parts.length : asked.parts.length !== parts.length) return false
  // A name stands for itself only: `/jobs/:id` in a title is no `/jobs/batch`.
  return parts.every((part, index) => part.startsWith(':') || part === asked.parts[index])
}

/** Static parts count most, then that nothing is left open. */
function exactness({ method, parts, open }: Pattern): number {
  const exact = parts.filter((part) => !part.startsWith(':')).length
  return exact * 100 + parts.length * 10 + (open ? 0 : 2) + (method === 'ANY' ? 0 : 1)
}

/** The route that `GET /samples/1?x=y`, or `GET /samples/:id`, is for; undefined when there is none. */
export function routeFor(asked: string, routes: readonly string[]): string | undefined {
  const wanted = patternOf(asked)
  const fitting = routes.filter((route) => fits(patternOf(route), wanted))
  return fitting.toSorted((a, b) => exactness(patternOf(b)) - exactness(patternOf(a)))[0]
}
