// A running stack for a terminal: one line for each service, with the addresses that people use.
interface ServiceLine {
  readonly service: string
  readonly state: string
  /** Addresses with spaces between them. */
  readonly address: string
  readonly published: string
}

/** A proxy of every edge listens on more than a hundred ports; nobody reads those, and `--json` has them all. */
const MOST = 3

/** The state and its gap, which a URL has not. */
const STATE = 9

/** Services, then the URLs of what observes them. */
export function stackAsText(services: readonly ServiceLine[], urls: Readonly<Record<string, string>>): string {
  const width = Math.max(0, ...services.map(({ service }) => service.length), ...Object.keys(urls).map((name) => name.length - STATE))
  const lines = services.map((line) => `  ${line.state.padEnd(STATE)}${line.service.padEnd(width)} ${addresses(line)}`)
  return [...lines, ...Object.entries(urls).map(([name, url]) => `  ${name.padEnd(width + STATE)} ${url}`)].join('\n')
}

/** Those that are published, where any are. */
function addresses({ address, published }: Pick<ServiceLine, 'address' | 'published'>): string {
  const all = address.split(' ')
  const shown = (published === '' ? all : published.split(' ')).slice(0, MOST)
  const more = all.length - shown.length
  return `${shown.join(' ')}${more === 0 ? '' : ` and ${more} more`}`
}
