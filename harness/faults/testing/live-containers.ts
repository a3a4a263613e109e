// A rig of real containers for the live tests of faults: small HTTP servers on one network, each as busy or as greedy as a test wants.
import { randomBytes } from 'node:crypto'
import Dockerode from 'dockerode'
import type { Engine } from '../../model/engine.ts'
import type { Address, Rig, ServiceState } from '../../model/stack.ts'
import { engineControls } from '../../stack/containers/engine-controls.ts'
import { systemClock } from '../../time/clock.ts'
import { poll } from '../../time/poll.ts'
import { testStack } from './test-stack.ts'

const IMAGE = 'debian:bookworm-slim'
const LABEL = 'readiness-harness.test'
const PORT = 8080
/** Holds MiB of memory, burns a good third of a CPU if asked to, and takes 32 MiB more for each GET /more. */
const SERVER = `
use IO::Socket::INET;
my $n = $ENV{HOLD} * 1048576; my $held = 'a'; $held x= $n; my @more;
$SIG{TERM} = sub { exit };
if ($ENV{BURN} && fork == 0) { while (1) { my ($had) = times; 1 while (times)[0] < $had + 0.04; select(undef, undef, undef, 0.06) } }
my $server = IO::Socket::INET->new(LocalPort => ${PORT}, Listen => 50, ReuseAddr => 1);
while (my $caller = $server->accept) {
  my $asked = <$caller>; my $line;
  do { $line = <$caller> } while defined $line && $line =~ /\\S/;
  if ($asked =~ m{/more}) { my $size = 32 * 1048576; my $block = 'b'; $block x= $size; push @more, $block }
  print $caller "HTTP/1.0 200 OK\\r\\n\\r\\nhello\\n"; close $caller;
}`

export interface LiveService {
  readonly burn?: boolean
  readonly holdMib?: number
  readonly host?: Dockerode.HostConfig
  readonly user?: string
}

export interface LiveContainers extends AsyncDisposable {
  readonly docker: Dockerode
  readonly rig: Rig
  container(service: string): Dockerode.Container
  /** All of them, one after the other; resolves when each answers. */
  start(): Promise<void>
  /** Whether another container on the network reaches the service by its name. */
  peerReaches(service: string): Promise<boolean>
}

/** Whether there is an engine with the image that these containers are made of. */
export async function hasEngine(): Promise<boolean> {
  return new Dockerode().getImage(IMAGE).inspect().then(
    () => true,
    () => false,
  )
}

/** Its network and nothing more; disposing removes whatever has been started in it. */
export async function openContainers(services: Readonly<Record<string, LiveService>>): Promise<LiveContainers> {
  const docker = new Dockerode()
  const stage = `faults-${randomBytes(4).toString('hex')}`
  const network = await docker.createNetwork({ Name: stage, Labels: { [LABEL]: stage } })
  const container = (service: string) => docker.getContainer(`${stage}-${service}`)
  const doors = doorsOf(container)
  const engine = engineControls({ docker, network: stage, clock: systemClock, container: async (service) => container(service), onPortsChanged: doors.read })
  return {
    docker,
    rig: rigOf(Object.keys(services), { engine, container, doors }),
    container,
    peerReaches: (service) => reaches(container('peer'), service),
    start: async () => {
      for (const [name, service] of Object.entries({ ...services, peer: {} })) {
        await docker.createContainer(definitionOf(stage, name, service))
        await doors.start(name)
      }
    },
    [Symbol.asyncDispose]: async () => {
      const left = await docker.listContainers({ all: true, filters: { label: [`${LABEL}=${stage}`] } })
      await Promise.all(left.map(({ Id }) => docker.getContainer(Id).remove({ force: true })))
      await network.remove()
    },
  }
}

type ContainerOf = (service: string) => Dockerode.Container

/** Where each service is reached from here. */
function doorsOf(container: ContainerOf) {
  const ports = new Map<string, number>()
  const address = (service: string): Address => ({ host: '127.0.0.1', port: ports.get(service) ?? 0 })
  const read = async (service: string) => {
    const { NetworkSettings: settings } = await container(service).inspect()
    ports.set(service, Number(settings.Ports[`${PORT}/tcp`]?.[0]?.HostPort))
  }
  const start = async (service: string) => {
    await container(service).start()
    await read(service)
    await poll({ clock: systemClock, within: 20_000, what: `${service} to answer` }, async () => (await fetch(`http://127.0.0.1:${address(service).port}`)).ok)
  }
  return { address, read, start }
}

interface Parts {
  readonly engine: Engine
  readonly container: ContainerOf
  readonly doors: ReturnType<typeof doorsOf>
}

function rigOf(services: readonly string[], { engine, container, doors }: Parts): Rig {
  return {
    stack: testStack(
      [],
      services.map((name) => ({ name, port: PORT })),
    ),
    runtime: 'containers',
    engine,
    address: doors.address,
    edgeAddress: doors.address,
    observer: () => 'http://127.0.0.1:1',
    state: (service) => stateOf(container(service)),
    kill: async (service) => void (await container(service).kill()),
    terminate: async (service) => (await container(service).stop(), { ended: true, ms: 0 }),
    restart: (service) => doors.start(service),
    freeze: async (service) => void (await container(service).pause()),
    thaw: async (service) => void (await container(service).unpause()),
    configFile: (_, path) => path,
    reload: async (service) => void (await container(service).kill({ signal: 'SIGHUP' })),
    resolve: (text) => text,
  }
}

function definitionOf(stage: string, name: string, { burn = false, holdMib = 0, host = {}, user = '' }: LiveService): Dockerode.ContainerCreateOptions {
  return {
    name: `${stage}-${name}`,
    Image: IMAGE,
    User: user,
    Cmd: ['perl', '-e', SERVER],
    Env: [`BURN=${burn ? 1 : ''}`, `HOLD=${holdMib}`],
    Labels: { [LABEL]: stage },
    ExposedPorts: { [`${PORT}/tcp`]: {} },
    HostConfig: { Init: true, NetworkMode: stage, PortBindings: { [`${PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '' }] }, ...host },
    NetworkingConfig: { EndpointsConfig: { [stage]: { Aliases: [name] } } },
  }
}

async function stateOf(container: Dockerode.Container): Promise<ServiceState> {
  const seen = await container.inspect().catch(() => undefined)
  if (!seen?.State.Running) return 'stopped'
  if (seen.State.Paused) return 'frozen'
  return Object.keys(seen.NetworkSettings.Networks).length === 0 ? 'disconnected' : 'running'
}

async function reaches(peer: Dockerode.Container, service: string): Promise<boolean> {
  const knock = `use IO::Socket::INET; exit !IO::Socket::INET->new(PeerAddr => '${service}:${PORT}', Timeout => 2)`
  const exec = await peer.exec({ Cmd: ['perl', '-e', knock] })
  await exec.start({ Detach: true })
  return poll({ clock: systemClock, within: 10_000, every: 20, what: 'a knock' }, async () => {
    const { Running: running, ExitCode: code } = await exec.inspect()
    return running ? undefined : { open: code === 0 }
  }).then(({ open }) => open)
}
