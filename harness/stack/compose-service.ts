// A merged Compose service as the runtimes want it.
import { resolve } from 'node:path'
import type { ContainerSpec, HealthCheck } from '../model/container-spec.ts'
import type { ServiceHarness, ServiceSpec } from '../model/stack.ts'
import type { ComposeService } from './compose-schema.ts'
import { isBindMount, portsOf, publishedAt, publishedOf, splitVolume } from './compose-merge.ts'

const NO_HARNESS: ServiceHarness = { command: [], tools: [], environment: {}, unprivileged: false, accelerate: [] }

/** `directory` is that of the first compose file; relative paths count from there. */
export function toServiceSpec(name: string, service: ComposeService, directory: string): ServiceSpec {
  return {
    name,
    image: service.image,
    environment: service.environment ?? {},
    ports: portsOf(service),
    published: publishedOf(service),
    publishedOn: publishedAt(service),
    dependsOn: Object.keys(service.depends_on ?? {}),
    mounts: bindMounts(service, directory),
    container: toContainerSpec(service, directory),
    harness: unescaped(service['x-harness'] ?? NO_HARNESS),
  }
}

/** Files and directories of the host that a service sees, with absolute sources. */
export function bindMounts(service: ComposeService, directory: string): ServiceSpec['mounts'] {
  const volumes = (service.volumes ?? []).map(splitVolume).filter(({ source }) => isBindMount(source))
  return volumes.map(({ source, target }) => ({ source: resolve(directory, source), target }))
}

/** Named volumes of a service. */
export function namedVolumes(service: ComposeService): ContainerSpec['volumes'] {
  const volumes = (service.volumes ?? []).map(splitVolume).filter(({ source }) => !isBindMount(source))
  return volumes.map(({ source, target }) => ({ name: source, target }))
}

function toContainerSpec(service: ComposeService, directory: string): ContainerSpec {
  const limits = service.deploy?.resources.limits
  return {
    build: service.build && { ...service.build, context: resolve(directory, service.build.context) },
    command: service.command,
    entrypoint: service.entrypoint,
    user: service.user,
    workingDir: service.working_dir,
    hostname: service.hostname,
    platform: service.platform,
    pullPolicy: service.pull_policy,
    readOnly: service.read_only ?? false,
    tmpfs: service.tmpfs ?? [],
    capDrop: service.cap_drop ?? [],
    securityOpt: service.security_opt ?? [],
    extraHosts: service.extra_hosts ?? [],
    labels: service.labels ?? {},
    memory: service.mem_limit ?? limits?.memory,
    cpus: service.cpus ?? limits?.cpus,
    restart: service.restart,
    networks: service.networks,
    shmSize: service.shm_size,
    stopGracePeriod: service.stop_grace_period,
    stopSignal: service.stop_signal,
    init: service.init,
    healthcheck: healthCheck(service),
    volumes: namedVolumes(service),
  }
}

/** A text is run by the shell of the image; `disable` takes away what the image itself may have. */
function healthCheck({ healthcheck: check }: ComposeService): HealthCheck | undefined {
  if (check?.disable) return { test: ['NONE'] }
  if (check?.test === undefined) return undefined
  const test = typeof check.test === 'string' ? ['CMD-SHELL', check.test] : check.test
  return { test, interval: check.interval, timeout: check.timeout, startPeriod: check.start_period, retries: check.retries }
}

/** Compose substitutes inside x- keys too, so a placeholder of the harness is written `$${BIN:k6}`: one dollar is taken off here. */
function unescaped(harness: ServiceHarness): ServiceHarness {
  const plain = (texts: readonly string[]) => texts.map(unescape)
  const environment = Object.fromEntries(
    Object.entries(harness.environment).map(([name, value]) => [name, unescape(value)]),
  )
  return {
    ...harness,
    command: plain(harness.command),
    prepare: harness.prepare && plain(harness.prepare),
    environment,
  }
}

/** `$$` -> `$`. */
export function unescape(text: string): string {
  return text.replaceAll('$$', '$')
}
