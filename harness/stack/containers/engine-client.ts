// The one way to the engine that was found: for us, and for testcontainers.
import type Dockerode from 'dockerode'
import { demandEngine } from './engine.ts'
import { enginePlaces } from './engine-places.ts'
import type { Environment } from '../compose-variables.ts'

export interface EngineClient {
  readonly docker: Dockerode
  /** As DOCKER_HOST names it. */
  readonly where: string
  /** Such as 20.10.24. */
  readonly version: string
  /** Where the harness reaches the ports that the engine publishes. */
  readonly host: string
}

const clients = new Map<string, Promise<EngineClient>>()

/** A client of the engine that findEngine finds; ENGINE_UNREACHABLE when there is none. Loaded late: dockerode is heavy. */
export function engineClient(env: Environment): Promise<EngineClient> {
  const key = JSON.stringify([enginePlaces(env).map(({ where }) => where), env.TESTCONTAINERS_HOST_OVERRIDE])
  const known = clients.get(key) ?? connect(env)
  clients.set(key, known)
  known.catch(() => clients.delete(key))
  return known
}

async function connect(env: Environment): Promise<EngineClient> {
  const { place, where, version } = await demandEngine(env)
  const { default: Docker } = await import('dockerode')
  const { socketPath, host, port, ca, cert, key, protocol } = place.options
  // every option is named, or what dockerode reads from the environment would slip in
  const options = { socketPath, host, port, ca, cert, key, protocol } as Dockerode.DockerOptions
  return { docker: new Docker(options), where, version, host: env.TESTCONTAINERS_HOST_OVERRIDE || host || '127.0.0.1' }
}
