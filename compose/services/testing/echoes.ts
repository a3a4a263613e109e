// Stands in for every service behind a door but auth and sample, each with an address of its own.
import { ROUTES, SERVICE_URLS, UPSTREAMS, type RouteRule, type Upstream } from '../kit/service-routes.ts'
import { echo, type Echo } from './echo.ts'

/** The stand-ins, and the environment with their addresses. */
export interface Echoes {
  readonly env: Readonly<Record<string, string>>
  /** What each was asked last. */
  lastAsked(service: Upstream): string | undefined
  close(): Promise<void>
}

/** The prefixes that lead to stand-ins. */
export const ECHOED: readonly RouteRule[] = ROUTES.filter(({ upstream }) => upstream !== 'auth' && upstream !== 'sample')

/** Listens at `host`, each on a port of its own. */
export async function echoes(host: string): Promise<Echoes> {
  const names = UPSTREAMS.filter((name) => ECHOED.some(({ upstream }) => upstream === name))
  const open = await Promise.all(names.map(async (name, index): Promise<[Upstream, Echo]> => [name, await echo(host, 9000 + index)]))
  const byName = new Map(open)
  return {
    env: Object.fromEntries(open.map(([name, { base }]) => [SERVICE_URLS[name], base])),
    lastAsked: (service) => byName.get(service)?.seen.at(-1)?.what,
    close: async () => void (await Promise.all(open.map(([, one]) => one.close()))),
  }
}
