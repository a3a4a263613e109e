// What can be seen of services that are containers: as the engine has them, and from inside where an image has a program to try with.
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import type { Insight, Listener, Traits } from '../../model/insight.ts'
import { isLoopback } from '../../model/insight.ts'
import type { Stack } from '../../model/stack.ts'
import type { Clock } from '../../time/clock.ts'
import { mountedFiles } from '../config-files.ts'
import { serviceNamed } from '../stack-places.ts'
import { askEngine } from './ask-engine.ts'
import { execIn } from './container-exec.ts'
import { lastLinesOf } from './service-logs.ts'

export interface EnginePlace {
  readonly docker: Dockerode
  readonly clock: Clock
  readonly stack: Stack
  readonly artifacts: string
  container(service: string): Dockerode.Container
}

type Inspected = Dockerode.ContainerInspectInfo

export function containerInsight(place: EnginePlace): Insight {
  const { docker, stack, artifacts, container } = place
  const inspect = (service: string) =>
    askEngine({ clock: place.clock, what: `look at ${service}` }, async (abortSignal) => container(service).inspect({ abortSignal }))
  return {
    log: async (service, most) => lastLinesOf(docker, (await inspect(service)).Id, most),
    commandLine: async (service) => (({ Path, Args }) => [Path, ...Args])(await inspect(service)),
    environment: async (service) => Object.fromEntries((await inspect(service)).Config.Env.map(split)),
    files: (service) => mountedFiles(artifacts, serviceNamed(stack, service)),
    listeners: async (service) => publishedBy(await inspect(service)),
    traits: async (service) => traitsOf(await inspect(service)),
    connects: async (from, to, port) => {
      const [own, other] = await Promise.all([inspect(from), inspect(to)])
      if (!shareNetwork(own, other)) return false
      return (await tryFrom(place, from, { to, port })) ?? true
    },
  }
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}

/** What of it is reached from outside its network. One that shares the network of the machine cannot be told from it. */
export function publishedBy({ Name, HostConfig, NetworkSettings: { Ports: ports } }: Inspected): readonly Listener[] {
  if (HostConfig.NetworkMode === 'host') throw new HarnessError('PROBE_UNREACHABLE', `${Name} is on the network of the machine`)
  return Object.entries(ports ?? {}).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostIp: address }) => ({ port: Number.parseInt(port), address: address || '0.0.0.0', loopback: isLoopback(address) })),
  )
}

export function traitsOf({ Config, HostConfig }: Inspected): Traits {
  const [check] = Config.Healthcheck?.Test ?? []
  return {
    'non-root': !/^(root|0)?(:.*)?$/.test(Config.User),
    'memory-limit': (HostConfig.Memory ?? 0) > 0,
    'cpu-limit': (HostConfig.NanoCpus ?? 0) > 0 || (HostConfig.CpuQuota ?? 0) > 0,
    'health-check': check !== undefined && check !== 'NONE',
    'restart-policy': !['', 'no'].includes(HostConfig.RestartPolicy?.Name ?? ''),
    'read-only': HostConfig.ReadonlyRootfs ?? false,
  }
}

function shareNetwork(one: Inspected, other: Inspected): boolean {
  const networks = (of: Inspected) => Object.values(of.NetworkSettings.Networks).map(({ NetworkID }) => NetworkID)
  return networks(one).some((id) => networks(other).includes(id))
}

const [CONNECTED, REFUSED] = [0, 9]
/** Each ends with one of these two; whatever else comes of it means that the image has no such program. */
const TRIES: readonly ((to: string, port: number) => readonly string[])[] = [
  (to, port) => ['node', '-e', nodeTry(to, port)],
  (to, port) => ['bash', '-c', bashTry(to, port)],
]

function nodeTry(to: string, port: number): string {
  const end = (code: number) => `()=>me.exit(${code})`
  return `const me=process;require('net').connect({host:'${to}',port:${port},timeout:2000}).on('connect',${end(CONNECTED)}).on('timeout',${end(REFUSED)}).on('error',${end(REFUSED)})`
}

/** A shell that lacks anything of this says so by another code: not being able to try is not being refused. */
function bashTry(to: string, port: number): string {
  const tried = `timeout 2 bash -c 'exec 3<>/dev/tcp/${to}/${port}' 2>&1`
  return `command -v timeout >/dev/null || exit 1; said=$(${tried}) && exit ${CONNECTED}; case "$said" in *'No such file'*) exit 1;; esac; exit ${REFUSED}`
}

/** Undefined where the image has nothing to try with. On one network all reach each other, unless somebody keeps them from it. */
async function tryFrom({ clock, container }: EnginePlace, from: string, { to, port }: { readonly to: string; readonly port: number }): Promise<boolean | undefined> {
  for (const argv of TRIES) {
    const exitCode = await askEngine({ clock, what: `try from inside ${from}` }, (signal) => execIn(container(from), argv(to, port), signal)).then((ended) => ended.exitCode, () => undefined)
    if (exitCode === CONNECTED || exitCode === REFUSED) return exitCode === CONNECTED
  }
  return undefined
}
