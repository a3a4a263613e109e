// What the engine is told of one service: everything that Compose says for a container, and what this run adds. Pure.
import { join } from 'node:path'
import type Dockerode from 'dockerode'
import { HarnessError } from '../../errors.ts'
import { bytesOf } from '../../model/bytes.ts'
import { parseDuration } from '../../model/duration.ts'
import type { ContainerSpec, HealthCheck } from '../../model/container-spec.ts'
import type { ServiceSpec } from '../../model/stack.ts'
import { configDirectory } from '../config-files.ts'
import { environmentOf, paceFlags } from '../service-environment.ts'
import { sinkNames } from '../stack-places.ts'
import { fillerOf, imageOf } from './container-layout.ts'
import type { ContainerLayout } from './container-layout.ts'
import { RUN_LABEL, SERVICE_LABEL } from './labels.ts'
import { containerName, volumeName } from './names.ts'
import { LOOPBACK } from './ports.ts'
import { shellWords } from './shell-words.ts'

const NO_CONTAINER: ContainerSpec = { readOnly: false, tmpfs: [], capDrop: [], securityOpt: [], extraHosts: [], labels: {}, volumes: [] }
/** What a log may take of the disk of the engine before its oldest part goes. */
const LOG: Dockerode.HostConfig['LogConfig'] = { Type: 'json-file', Config: { 'max-size': '50m', 'max-file': '2' } }
const NANOSECONDS = 1_000_000

export interface Defining {
  readonly spec: ServiceSpec
  readonly layout: ContainerLayout
  /** What containers know the alert sink's name as: an address, or host-gateway. */
  readonly sink: string
  /** What the image runs by itself, for a service that gives no command but has to be given a flag. */
  readonly ownCommand?: readonly string[] | undefined
}

/** Never removed by the engine, never restarted by it: both are the harness's to do, and to notice. */
export function definitionOf(defining: Defining): Dockerode.ContainerCreateOptions {
  const { spec, layout } = defining
  const { container = NO_CONTAINER } = spec
  const fill = fillerOf(layout)
  const environment = environmentOf(spec, { environment: spec.environment, fill, acceleration: layout.acceleration })
  return {
    name: containerName(layout.run, spec.name),
    Image: imageOf(layout, spec.name),
    Cmd: commandOf(defining, fill),
    Entrypoint: container.entrypoint && shellWords(container.entrypoint).map(fill),
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    User: container.user && fill(container.user),
    WorkingDir: container.workingDir && fill(container.workingDir),
    Hostname: container.hostname && fill(container.hostname),
    Labels: { ...filled(container.labels, fill), [RUN_LABEL]: layout.run, [SERVICE_LABEL]: spec.name },
    ExposedPorts: Object.fromEntries(spec.ports.map((port) => [`${port}/tcp`, {}])),
    Healthcheck: container.healthcheck && healthOf(container.healthcheck, fill),
    StopTimeout: container.stopGracePeriod === undefined ? undefined : Math.ceil(parseDuration(fill(container.stopGracePeriod)) / 1_000),
    StopSignal: container.stopSignal,
    platform: container.platform && fill(container.platform),
    HostConfig: hostConfigOf(defining, container, fill),
    NetworkingConfig: { EndpointsConfig: { [layout.network]: { Aliases: [spec.name] } } },
  }
}

type Fill = (text: string) => string

function hostConfigOf({ spec, layout, sink }: Defining, container: ContainerSpec, fill: Fill): Dockerode.HostConfig {
  const amount = (text: string | undefined) => (text === undefined ? undefined : bytes(fill(text), spec.name))
  return {
    NetworkMode: layout.network,
    PortBindings: Object.fromEntries([...(layout.ports.get(spec.name) ?? [])].map(([port, host]) => [`${port}/tcp`, [{ HostIp: LOOPBACK, HostPort: String(host) }]])),
    Mounts: mountsOf(spec, layout, container),
    Tmpfs: Object.fromEntries(container.tmpfs.map(fill).map(splitTmpfs)),
    ReadonlyRootfs: container.readOnly,
    CapDrop: [...container.capDrop],
    SecurityOpt: container.securityOpt.map(equated),
    ExtraHosts: extraHosts(container.extraHosts.map(fill), sinkNames(layout.stack.harness), sink),
    Memory: amount(container.memory),
    NanoCpus: container.cpus === undefined ? undefined : Math.round(Number(fill(container.cpus)) * 1e9),
    ShmSize: amount(container.shmSize),
    Init: container.init,
    LogConfig: LOG,
    RestartPolicy: { Name: 'no' },
    AutoRemove: false,
  }
}

/** Undefined: what the image says. */
function commandOf({ spec, layout, ownCommand }: Defining, fill: Fill): string[] | undefined {
  const given = spec.container?.command
  const flags = paceFlags(spec, layout.stack, layout.acceleration)
  if (given !== undefined) return [...shellWords(given).map(fill), ...flags]
  return flags.length === 0 ? undefined : [...(ownCommand ?? []), ...flags]
}

function mountsOf(spec: ServiceSpec, { artifacts, run }: ContainerLayout, { volumes }: ContainerSpec): Dockerode.MountConfig {
  const rendered = configDirectory(artifacts, spec.name)
  return [
    ...spec.mounts.map(({ target }) => ({ Type: 'bind' as const, Source: join(rendered, target), Target: target, ReadOnly: true })),
    ...volumes.map(({ name, target }) => ({ Type: 'volume' as const, Source: volumeName(run, name), Target: target })),
  ]
}

/** The sink is the harness itself, wherever the compose file thinks it is. */
function extraHosts(given: readonly string[], sinks: readonly string[], address: string): string[] {
  const kept = given.filter((entry) => !sinks.includes(entry.replace(/[:=].*$/, '')))
  return [...kept, ...sinks.map((sink) => `${sink}:${address}`)]
}

/** `no-new-privileges:true`, as Compose has it -> `no-new-privileges=true`, as every engine understands it. */
function equated(option: string): string {
  return option.includes('=') ? option : option.replace(':', '=')
}

/** `/tmp:size=64m` -> ['/tmp', 'size=64m']. */
function splitTmpfs(text: string): [string, string] {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function healthOf({ test, interval, timeout, startPeriod, retries }: HealthCheck, fill: Fill): Dockerode.ContainerCreateOptions['Healthcheck'] {
  const span = (text: string | undefined) => (text === undefined ? undefined : parseDuration(fill(text)) * NANOSECONDS)
  return { Test: test.map(fill), Interval: span(interval), Timeout: span(timeout), StartPeriod: span(startPeriod), Retries: retries }
}

function filled(texts: Readonly<Record<string, string>>, fill: Fill): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]))
}

function bytes(text: string, service: string): number {
  const amount = bytesOf(text)
  if (amount === undefined) throw new HarnessError('COMPOSE_INVALID', `${service}: ${text} is no amount such as 64m or 1g`)
  return amount
}
