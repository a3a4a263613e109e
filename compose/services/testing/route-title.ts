// Reads a request and its expected status out of a contract test's title, so that title and test cannot differ.

/** What a title leaves open: `ids` for the parts of its path, a query. */
export interface Filling {
  readonly ids?: Readonly<Record<string, string>>
  readonly query?: string
}

/** What is asked (`GET /samples/1?x=y`) and the status that is expected. */
export interface Asked {
  readonly what: string
  readonly status: number
}

const TITLE = /^([A-Z]+) (\/\S*) -> (\d{3})\b/

/** Reads `GET /samples/:id -> 404: nobody`; every id of the path must be filled in. */
export function askedBy(title: string, { ids = {}, query }: Filling = {}): Asked {
  const [, method, path, status] = TITLE.exec(title) ?? []
  if (path === undefined) throw new Error(`'${title}' is not of the form 'METHOD /path -> status: what'`)
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = ids[name]
    if (value === undefined) throw new Error(`'${title}' needs the id ${name}`)
    return value
  })
  return { what: `${method} ${filled}${query === undefined ? '' : `?${query}`}`, status: Number(status) }
}
