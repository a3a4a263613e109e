// What every proxy should be like, so that a server that lost its memory can be given it back.
import type { ProxyState, Toxic } from './proxy-api.ts'

export interface WantedProxy {
  /** Undefined until the proxy has been seen on the server. */
  readonly seen: Pick<ProxyState, 'listen' | 'upstream'> | undefined
  readonly enabled: boolean
  readonly toxics: readonly Toxic[]
}

export interface WantedState {
  /** Keeps addresses only: what else was seen is no wish of ours. */
  remember(proxies: readonly ProxyState[]): void
  addToxic(edge: string, toxic: Toxic): void
  removeToxic(edge: string, toxic: string): void
  setEnabled(edge: string, enabled: boolean): void
  of(edge: string): WantedProxy
}

const UNKNOWN: WantedProxy = { seen: undefined, enabled: true, toxics: [] }

/** Nothing is known and nothing is wanted at first: enabled proxies without toxics. */
export function wantedState(): WantedState {
  const proxies = new Map<string, WantedProxy>()
  const of = (edge: string) => proxies.get(edge) ?? UNKNOWN
  const change = (edge: string, changes: Partial<WantedProxy>) => void proxies.set(edge, { ...of(edge), ...changes })
  const without = (edge: string, name: string) => of(edge).toxics.filter((toxic) => toxic.name !== name)
  return {
    of,
    remember: (seen) => seen.forEach(({ name, listen, upstream }) => change(name, { seen: { listen, upstream } })),
    addToxic: (edge, toxic) => change(edge, { toxics: [...without(edge, toxic.name), toxic] }),
    removeToxic: (edge, name) => change(edge, { toxics: without(edge, name) }),
    setEnabled: (edge, enabled) => change(edge, { enabled }),
  }
}
