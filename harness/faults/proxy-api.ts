// Toxiproxy's control API through toxiproxy-node-client, with what that client lacks: a signal, and the server's own
// words in errors.
import { Toxiproxy } from 'toxiproxy-node-client'
import type { ToxicType as ClientToxicType } from 'toxiproxy-node-client'
import { HttpClient } from 'toxiproxy-node-client/dist/HttpClient.js'
import type { HttpResponse } from 'toxiproxy-node-client/dist/HttpClient.js'

/** The client also offers `down`, which the server refuses: a proxy is disabled instead. */
export type ToxicType = Exclude<ClientToxicType, 'down'>

export interface Toxic {
  readonly name: string
  readonly type: ToxicType
  readonly stream: 'upstream' | 'downstream'
  readonly toxicity: number
  readonly attributes: Readonly<Record<string, number>>
}

export interface ProxyState {
  readonly name: string
  readonly listen: string
  readonly upstream: string
  readonly enabled: boolean
  readonly toxics: readonly Toxic[]
}

export interface ProxyApi {
  list(signal: AbortSignal): Promise<readonly ProxyState[]>
  create(proxy: Omit<ProxyState, 'toxics'>, signal: AbortSignal): Promise<void>
  addToxic(proxy: string, toxic: Toxic, signal: AbortSignal): Promise<void>
  removeToxic(proxy: string, toxic: string, signal: AbortSignal): Promise<void>
  setEnabled(proxy: string, enabled: boolean, signal: AbortSignal): Promise<void>
}

/** The control API at `url`. Every method ends when its signal does. */
export function proxyApi(url: string): ProxyApi {
  const client = (signal: AbortSignal) => {
    const toxiproxy = new Toxiproxy(url)
    toxiproxy.api = httpClient(signal)
    return toxiproxy
  }
  const proxy = (name: string, signal: AbortSignal) => client(signal).get(encodeURIComponent(name))
  return {
    list: async (signal) => {
      const { data } = await client(signal).api.get<Record<string, ProxyState>>(`${url}/proxies`)
      return Object.values(data)
    },
    create: async (state, signal) => void (await client(signal).createProxy({ ...state })),
    addToxic: async (name, toxic, signal) => void (await (await proxy(name, signal)).addToxic({ ...toxic })),
    removeToxic: async (name, toxic, signal) => (await (await proxy(name, signal)).getToxic(toxic)).remove(),
    setEnabled: async (name, enabled, signal) => {
      const found = await proxy(name, signal)
      await found.update({ listen: found.listen, upstream: found.upstream, enabled })
    },
  }
}

/** The HTTP status with which the server said no; undefined when it did not answer. */
export function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof Error && 'status' in thrown ? Number(thrown.status) : undefined
}

function httpClient(signal: AbortSignal): HttpClient {
  const ask = async (method: string, url: string, body?: unknown): Promise<string> => {
    const response = await fetch(url, { method, signal, body: body === undefined ? null : JSON.stringify(body) })
    const text = await response.text()
    if (response.ok) return text
    const { status } = response
    const message = `${method} ${decodeURIComponent(new URL(url).pathname)} answered ${status}: ${serverWords(text)}`
    throw Object.assign(new Error(message), { status })
  }
  const parsed = async <T>(text: Promise<string>): Promise<HttpResponse<T>> => ({
    data: JSON.parse((await text) || 'null') as T,
  })
  return Object.assign(new HttpClient(), {
    get: <T>(url: string) => parsed<T>(ask('GET', url)),
    post: <T>(url: string, body?: unknown) => parsed<T>(ask('POST', url, body)),
    delete: async (url: string) => void (await ask('DELETE', url)),
    getText: (url: string) => ask('GET', url),
  })
}

/** Toxiproxy refuses with {"error": "...", "status": 404}; anything between us and it may refuse with anything. */
function serverWords(text: string): string {
  const match = /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)
  return match?.[1] ?? (text.trim().slice(0, 200) || 'no reason given')
}
