// What the engine is told of the services that are shipped, and of what Compose can say besides.
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ContainerSpec } from '../../model/container-spec.ts'
import type { ServiceSpec, Stack } from '../../model/stack.ts'
import { readStack } from '../compose-file.ts'
import { definitionOf } from './container-definition.ts'
import type { ContainerLayout } from './container-layout.ts'

const root = resolve(import.meta.dirname, '../../..')
const { stack, problems } = readStack(join(root, 'compose/compose.yaml'))
if (!stack) throw new Error(JSON.stringify(problems))

function layoutOf(changed: Partial<ContainerLayout> = {}): ContainerLayout {
  const images = new Map(stack?.services.map(({ name }) => [name, `image/${name}`]))
  return { run: 'r1', stack: stack as Stack, network: 'n1', artifacts: '/a', acceleration: 40, env: {}, images, ports: new Map([['auth', new Map([[8080, 12_345]])]]), ...changed }
}

function shipped(service: string, changed: Partial<ContainerLayout> = {}) {
  const spec = stack?.services.find(({ name }) => name === service)
  if (!spec) throw new Error(service)
  return definitionOf({ spec, layout: layoutOf(changed), sink: '172.30.0.1' })
}

const PLAIN: ContainerSpec = { readOnly: false, tmpfs: [], capDrop: [], securityOpt: [], extraHosts: [], labels: {}, volumes: [] }

function made(container: Partial<ContainerSpec>, env: ContainerLayout['env'] = {}) {
  const spec: ServiceSpec = {
    name: 'made', image: 'x', environment: {}, ports: [], dependsOn: [], mounts: [], container: { ...PLAIN, ...container },
    harness: { command: [], tools: [], environment: {}, unprivileged: false, accelerate: [] },
  }
  return definitionOf({ spec, layout: layoutOf({ env, images: new Map([['made', 'x']]) }), sink: 'host-gateway' })
}

describe('a shipped service', () => {
  test('has its names, its labels, its ports on loopback, and nobody but the harness removes or restarts it', () => {
    expect(shipped('auth')).toMatchObject({
      name: 'r1-auth',
      Image: 'image/auth',
      Labels: { 'readiness-harness.run': 'r1', 'readiness-harness.service': 'auth' },
      ExposedPorts: { '8080/tcp': {} },
      HostConfig: { NetworkMode: 'n1', AutoRemove: false, RestartPolicy: { Name: 'no' }, PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '12345' }] } },
      NetworkingConfig: { EndpointsConfig: { n1: { Aliases: ['auth'] } } },
    })
  })

  test('hosts stay names, whatever the user has in the environment; other variables are the user\'s', () => {
    const { Env: env } = shipped('auth', { env: { AUTH_HOST: '10.0.0.1', TOXIPROXY_HOST: '10.0.0.2', AUTH_DB_PASSWORD: 'other' } })
    expect(env).toContain('HOST=0.0.0.0')
    expect(env?.find((one) => one.startsWith('DATABASE_URL='))).toMatch(/^DATABASE_URL=postgres:\/\/auth:other@toxiproxy:20201\//)
  })

  test('what only the local runtime sets is left out, and durations are divided', () => {
    expect(shipped('api-gateway').Env).toContain('BREAKER_OPEN=1500ms')
    expect(shipped('api-gateway', { acceleration: 1 }).Env).toContain('BREAKER_OPEN=60s')
    expect(shipped('auth').Env?.filter((one) => one.startsWith('NODE_OPTIONS'))).toEqual([])
  })

  test('Prometheus gets the flags of its pace only when accelerated', () => {
    const pace = (acceleration: number) => shipped('prometheus', { acceleration }).Cmd?.filter((word) => word.startsWith('--query.lookback-delta'))
    expect([pace(40)?.length, pace(1)]).toEqual([1, []])
  })

  test('its configuration is the rendered one, read-only; its volumes are those of the run', () => {
    expect(shipped('prometheus').HostConfig?.Mounts).toContainEqual({ Type: 'bind', Source: '/a/config/prometheus/etc/prometheus/rules', Target: '/etc/prometheus/rules', ReadOnly: true })
    expect(shipped('postgres').HostConfig?.Mounts).toContainEqual({ Type: 'volume', Source: 'readiness-harness-r1-postgres', Target: '/var/lib/postgresql' })
  })

  test('the alert sink is where the harness listens, not where the compose file thinks', () => {
    expect(shipped('toxiproxy').HostConfig?.ExtraHosts).toEqual(['sink:172.30.0.1', 'sink-mail:172.30.0.1'])
  })

  test('without an image it is named', () => {
    expect(() => shipped('auth', { images: new Map() })).toThrow('no image for auth')
  })
})

describe('what Compose can say', () => {
  test('amounts, users and places, with variables in them', () => {
    const told = made({ user: '${UID:-1000}:1000', workingDir: '/w', hostname: 'h', memory: '${MEMORY:-64m}', cpus: '0.25', shmSize: '1g', labels: { a: '${A:-b}' }, stopGracePeriod: '1m30s', stopSignal: 'SIGINT', init: true, platform: 'linux/amd64' }, { MEMORY: '1.5g' })
    expect(told).toMatchObject({ User: '1000:1000', WorkingDir: '/w', Hostname: 'h', StopTimeout: 90, StopSignal: 'SIGINT', platform: 'linux/amd64', Labels: { a: 'b' } })
    expect(told.HostConfig).toMatchObject({ Memory: 1.5 * 2 ** 30, NanoCpus: 25e7, ShmSize: 2 ** 30, Init: true })
  })

  test('nothing said is nothing told: the image decides', () => {
    const { Cmd, Entrypoint, User, Healthcheck, HostConfig } = made({})
    expect([Cmd, Entrypoint, User, Healthcheck, HostConfig?.Memory, HostConfig?.NanoCpus]).toEqual(Array.from({ length: 6 }))
  })

  test('commands as text or list, a doubled dollar sign for the service', () => {
    expect(made({ command: 'sh -c "echo $${HOME} ${X:-y}"', entrypoint: ['tini', '--'] })).toMatchObject({ Cmd: ['sh', '-c', 'echo ${HOME} y'], Entrypoint: ['tini', '--'] })
  })

  test('a file system that is read-only but for some places', () => {
    expect(made({ readOnly: true, tmpfs: ['/tmp', '/run:size=1m,mode=1777'], capDrop: ['ALL'], securityOpt: ['no-new-privileges:true', 'label=user:x'] }).HostConfig).toMatchObject({
      ReadonlyRootfs: true, Tmpfs: { '/tmp': '', '/run': 'size=1m,mode=1777' }, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges=true', 'label=user:x'],
    })
  })

  test('a health check in nanoseconds', () => {
    const healthcheck = { test: ['CMD', 'ok'], interval: '2s', timeout: '500ms', startPeriod: '1m', retries: 3 }
    expect(made({ healthcheck }).Healthcheck).toEqual({ Test: ['CMD', 'ok'], Interval: 2e9, Timeout: 5e8, StartPeriod: 6e10, Retries: 3 })
  })

  test('other hosts beside the sink', () => {
    expect(made({ extraHosts: ['db:10.0.0.1', 'sink:host-gateway', 'sink-mail=1.2.3.4'] }).HostConfig?.ExtraHosts).toEqual(['db:10.0.0.1', 'sink:host-gateway', 'sink-mail:host-gateway'])
  })

  test('an amount that is none is refused', () => {
    expect(() => made({ memory: 'plenty' })).toThrow('made: plenty is no amount such as 64m or 1g')
  })
})
