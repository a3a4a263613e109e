// Finds the container engine of this machine, or says why there is none. Light, for it is asked before every run.
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { HarnessError } from '../../errors.ts'
import { enginePlaces } from './engine-places.ts'
import type { Environment } from '../compose-variables.ts'
import type { EnginePlace } from './engine-places.ts'

/** Milliseconds until an engine that says nothing is given up. */
const ANSWER_WITHIN = 2_000

export interface Tried {
  /** Socket or address. */
  readonly where: string
  readonly why: string
}

export type EngineSearch =
  | { readonly found: true; readonly where: string; readonly version: string; readonly place: EnginePlace }
  | { readonly found: false; readonly tried: readonly Tried[] }

/** Asks every place where an engine may listen; the first that answers is taken. */
export async function findEngine(env: Environment): Promise<EngineSearch> {
  const tried: Tried[] = []
  for (const place of enginePlaces(env)) {
    const { where, unfit } = place
    try {
      if (unfit === undefined) return { found: true, where, version: await versionAt(place), place }
      tried.push({ where, why: unfit })
    } catch (thrown) {
      tried.push({ where, why: reasonOf(thrown as NodeJS.ErrnoException, place) })
    }
  }
  return { found: false, tried }
}

/** The search, or ENGINE_UNREACHABLE with the reason of every place that was asked. */
export async function demandEngine(env: Environment): Promise<Extract<EngineSearch, { found: true }>> {
  const search = await findEngine(env)
  if (search.found) return search
  throw new HarnessError('ENGINE_UNREACHABLE', `no container engine answers: ${search.tried.map(({ where, why }) => `${where}: ${why}`).join('; ')}`)
}

/** Such as 20.10.24. */
function versionAt({ options }: EnginePlace): Promise<string> {
  const ask = options.protocol === 'https' ? secure : plain
  return new Promise((resolve, reject) => {
    const asked = ask({ ...options, protocol: `${options.protocol}:`, path: '/version', timeout: ANSWER_WITHIN, agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (part: string) => (body += part)).on('error', reject).on('end', () => {
        try {
          const { Version } = JSON.parse(body) as { readonly Version?: string }
          if (answer.statusCode !== 200 || Version === undefined) throw new Error('no version')
          resolve(Version)
        } catch {
          reject(new Error(`is no container engine: answers ${answer.statusCode} ${body.slice(0, 100)}`))
        }
      })
    })
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${ANSWER_WITHIN / 1_000} s`))).on('error', reject).end()
  })
}

function reasonOf(thrown: NodeJS.ErrnoException, { where, options }: EnginePlace): string {
  const socket = options.socketPath !== undefined
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such socket',
    ENOTDIR: 'no such socket',
    EACCES: where.includes('podman') ? 'permission denied: it belongs to another user' : 'permission denied: add yourself to the group docker (sudo usermod -aG docker $USER), then log in again',
    ECONNREFUSED: `connection refused: ${socket ? 'the socket is there, but ' : ''}nobody listens`,
    ENOTFOUND: 'no such host',
  }
  return known[thrown.code ?? ''] ?? (thrown.message || String(thrown.code))
}
