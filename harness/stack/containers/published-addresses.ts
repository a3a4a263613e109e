// Names of Compose in a text become the addresses at which this machine reaches the services.
import type { Address } from '../../model/stack.ts'
import type { Ports } from './ports.ts'

export interface Published {
  /** Where the engine publishes ports. */
  readonly host: string
  readonly ports: ReadonlyMap<string, Ports>
}

export function publishedAddress({ host, ports }: Published, service: string, port: number): Address | undefined {
  const published = ports.get(service)?.get(port)
  return published === undefined ? undefined : { host, port: published }
}

/**
 * `postgres://reader@postgres:5432/tracseq` -> `postgres://reader@127.0.0.1:18923/tracseq`. A name alone stays, as does a port that is
 * not published, and what stands before an @ is a password.
 */
export function withPublished(text: string, published: Published): string {
  const names = [...published.ports.keys()].sort((a, b) => b.length - a.length).map((name) => name.replaceAll('.', '\\.'))
  if (names.length === 0) return text
  const known = new RegExp(`(?<![\\w.>-])(${names.join('|')}):(\\d+)(?![\\w@])`, 'g')
  return text.replace(known, (whole, name: string, port: string) => {
    const address = publishedAddress(published, name, Number(port))
    return address === undefined ? whole : `${address.host}:${address.port}`
  })
}
