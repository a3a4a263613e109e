// Where a container engine may listen on this machine, in the order in which testcontainers itself would look, and Podman last.
import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../compose-variables.ts'

export interface EnginePlace {
  /** As DOCKER_HOST names it: `unix:///var/run/docker.sock`, `tcp://127.0.0.1:2375`. */
  readonly where: string
  /** Why it cannot be asked, known beforehand. */
  readonly unfit?: string
  readonly options: ConnectOptions
}

/** For node:http and dockerode alike. */
export type ConnectOptions = Pick<RequestOptions, 'socketPath' | 'host' | 'port' | 'ca' | 'cert' | 'key'> & { readonly protocol: 'http' | 'https' }

/**
 * All places worth asking. What somebody named stands alone, as with the Docker CLI: DOCKER_HOST, or tc.host and docker.host in
 * ~/.testcontainers.properties. An engine elsewhere would be the wrong one.
 */
export function enginePlaces(env: Environment): readonly EnginePlace[] {
  const properties = propertiesOf(env)
  const named = [properties.get('tc.host'), env.DOCKER_HOST || properties.get('docker.host')].filter((host) => host !== undefined)
  return (named.length > 0 ? named : socketsOf(env).map((path) => `unix://${path}`)).map((where) => placeOf(where, env))
}

function socketsOf(env: Environment): readonly string[] {
  const runtime = env.XDG_RUNTIME_DIR ?? `/run/user/${userInfo().uid}`
  const home = homeOf(env)
  return [
    '/var/run/docker.sock',
    join(runtime, 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(runtime, 'podman/podman.sock'),
    '/run/podman/podman.sock',
  ]
}

function placeOf(where: string, env: Environment): EnginePlace {
  const url = URL.parse(where)
  const options: ConnectOptions = { protocol: 'http' }
  if (url?.protocol === 'unix:') return { where, options: { ...options, socketPath: decodeURIComponent(url.pathname) } }
  if (url?.protocol === 'ssh:') return { where, options, unfit: 'testcontainers does not speak ssh; forward the socket with ssh -L and name that in DOCKER_HOST' }
  if (url === null || !/^(tcp|https?):$/.test(url.protocol)) return { where, options, unfit: 'is no address of an engine: unix:///path or tcp://host:port' }
  const place = { host: url.hostname, port: url.port || 2375 }
  if (env.DOCKER_TLS_VERIFY !== '1' || env.DOCKER_CERT_PATH === undefined) return { where, options: { ...options, ...place } }
  try {
    const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFileSync(join(env.DOCKER_CERT_PATH ?? '', name)))
    return { where, options: { ...place, protocol: 'https', ca, cert, key } }
  } catch (thrown) {
    return { where, options, unfit: `DOCKER_CERT_PATH: ${(thrown as Error).message}` }
  }
}

/** Of ~/.testcontainers.properties, which testcontainers reads as well. */
function propertiesOf(env: Environment): ReadonlyMap<string, string> {
  try {
    const text = readFileSync(join(homeOf(env), '.testcontainers.properties'), 'utf8')
    return new Map([...text.matchAll(/^\s*([\w.]+)\s*[=:]\s*(\S+)\s*$/gm)].map(([, name = '', value = '']) => [name, value]))
  } catch {
    return new Map()
  }
}

function homeOf(env: Environment): string {
  return env.HOME ?? homedir()
}
