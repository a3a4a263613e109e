// Where users sit: the system they ask and the token they show, and the plain requests made from there.

/** What every request has in common. */
export interface Desk {
  readonly baseUrl: string
  readonly token: string
}

/** Reads; `path` begins with /api. */
export function get({ baseUrl, token }: Desk, path: string) {
  return { method: 'GET', url: `${baseUrl}${path}`, token } as const
}

/** Sends JSON. */
export function post({ baseUrl, token }: Desk, path: string, body?: unknown) {
  return { method: 'POST', url: `${baseUrl}${path}`, token, body } as const
}

/** Changes what is there; sends JSON. */
export function put({ baseUrl, token }: Desk, path: string, body: unknown) {
  return { method: 'PUT', url: `${baseUrl}${path}`, token, body } as const
}

/** Takes something back. */
export function remove({ baseUrl, token }: Desk, path: string) {
  return { method: 'DELETE', url: `${baseUrl}${path}`, token } as const
}
