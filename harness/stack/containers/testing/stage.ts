// Small real stacks of containers for live tests: servers of a few lines of Perl, which every Debian image has.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HarnessError } from '../../../errors.ts'
import type { ContainerSpec } from '../../../model/container-spec.ts'
import type { Stack } from '../../../model/stack.ts'
import { systemClock } from '../../../time/clock.ts'
import type { DeadRun, OpenStack, Surroundings } from '../../runtime.ts'
import { readState } from '../../state.ts'
import type { ContainersState } from '../../state.ts'
import { containersRuntime, openContainers } from '../containers-runtime.ts'
import type { Choices } from '../containers-runtime.ts'
import type { Death } from '../deaths.ts'
import { engineClient } from '../engine-client.ts'
import type { EngineClient } from '../engine-client.ts'
import { findEngine } from '../engine.ts'

export const IMAGE = 'debian:bookworm-slim'
export const PORT = 8080

/** Answers every request with what the text before it gives; says when it begins and when it is told to end. */
export function perlServer(answer = "'hello'"): readonly string[] {
  const script = `
use IO::Socket::INET; $| = 1; print "begins\\n"; print STDERR "aside\\n";
$SIG{TERM} = sub { print "ends\\n"; exit 0 };
my $server = IO::Socket::INET->new(LocalPort => ${PORT}, Listen => 50, ReuseAddr => 1) or die "no port: $!";
while (1) {
  my $caller = $server->accept or next;
  my $asked = <$caller>; my $line; do { $line = <$caller> } while defined $line && $line =~ /\\S/;
  exit 7 if defined $asked && $asked =~ m{/die};
  if (defined $asked && $asked =~ m{/eat}) { my @all; while (1) { my $block = 'b' x 8388608; push @all, $block } }
  my $body = ${answer}; print $caller "HTTP/1.0 200 OK\\r\\nConnection: close\\r\\n\\r\\n$body" if defined $asked; close $caller;
}`
  return ['perl', '-e', script.replaceAll('$', '$$$$')]
}

export interface TestService {
  readonly command?: readonly string[]
  readonly dependsOn?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly mounts?: Stack['services'][number]['mounts']
  readonly ready?: string
  readonly ports?: readonly number[]
  readonly container?: Partial<ContainerSpec>
  readonly accelerate?: readonly string[]
}

export function testStackOf(services: Readonly<Record<string, TestService>>): Stack {
  const first = `${Object.keys(services)[0]}:${PORT}`
  const harness: Stack['harness'] = {
    edges: 'edges.json', scenarios: '', drills: '', rules: '', alertmanager: '', entry: 'client->a', stores: {}, sink: 'sink:9900',
    observers: { prometheus: 'none:1', alertmanager: 'none:1', jaeger: first, toxiproxy: first },
  }
  return { file: 'compose.yaml', directory: '/', edges: [{ name: 'client->a', from: 'client', to: 'a', listenPort: PORT, upstreamPort: PORT }], harness, services: Object.entries(services).map(([name, service]) => specOf(name, service)) }
}

function specOf(name: string, { command = perlServer(), dependsOn = [], environment = {}, mounts = [], ready, ports = [PORT], container, accelerate = [] }: TestService): Stack['services'][number] {
  const all: ContainerSpec = { command, readOnly: false, tmpfs: [], capDrop: [], securityOpt: [], extraHosts: [], labels: {}, volumes: [], ...container }
  return { name, image: IMAGE, environment, ports, dependsOn, mounts, container: all, harness: { command: ['none'], tools: [], environment: {}, unprivileged: false, accelerate: [...accelerate], ready } }
}

export interface Staged extends AsyncDisposable {
  readonly run: string
  readonly directory: string
  readonly opened: OpenStack
  readonly engine: EngineClient
  readonly surroundings: Surroundings
  readonly deaths: readonly Death[]
  readonly lost: readonly HarnessError[]
  readonly dead: DeadRun
  state(): ContainersState
  /** Ends also when the engine is lost, as a run does. */
  start(signal?: AbortSignal): Promise<void>
  /** What of the run is in the engine, such as `container a`. */
  left(): Promise<readonly string[]>
}

export interface StageOptions extends Choices {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly images?: ReadonlyMap<string, string>
  readonly acceleration?: number
  readonly keepUp?: boolean
}

/** Opened, not started. Disposing ends it and whatever is left of it. */
export async function stage(services: Readonly<Record<string, TestService>>, options: StageOptions = {}): Promise<Staged> {
  const run = `test-${randomBytes(4).toString('hex')}`
  const directory = mkdtempSync(join(tmpdir(), `${run}-`))
  const stack = testStackOf(services)
  const env = options.env ?? process.env
  const images = options.images ?? new Map(stack.services.map(({ name }) => [name, IMAGE]))
  const surroundings = { stack, files: [], root: '/', directory, env, tools: new Map(), images, clock: systemClock }
  const deaths: Death[] = []
  const lost: HarnessError[] = []
  const ending = new AbortController()
  const order = { ...surroundings, run, acceleration: options.acceleration ?? 1, keepUp: options.keepUp ?? false }
  const onDeath = (service: string, how: string, lines: readonly string[]) => void deaths.push({ service, how, lines })
  const opened = await openContainers({ ...order, onDeath, onLost: (error) => {
    lost.push(error)
    ending.abort(error)
  } }, options)
  const engine = await engineClient(process.env)
  const dead = { run, state: readState(directory) }
  return {
    run, directory, opened, engine, surroundings, deaths, lost, dead,
    state: () => readState(directory) as ContainersState,
    start: (signal) => opened.start(signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]), () => undefined),
    left: () => leftIn(engine, run),
    [Symbol.asyncDispose]: async () => {
      await opened.stop().catch(() => undefined)
      await containersRuntime.sweep(dead, { env: process.env, clock: systemClock })
      rmSync(directory, { recursive: true })
    },
  }
}

async function leftIn({ docker }: EngineClient, run: string): Promise<readonly string[]> {
  const filters = { label: [`readiness-harness.run=${run}`] }
  const [containers, networks, volumes] = await Promise.all([docker.listContainers({ all: true, filters }), docker.listNetworks({ filters }), docker.listVolumes({ filters })])
  return [...containers.map(({ Names: [name] }) => `container ${name?.slice(run.length + 2)}`), ...networks.map(() => 'network'), ...volumes.Volumes.map(({ Name }) => `volume ${Name}`)]
}

/** Why the tests of this file cannot run here; empty when they can. */
export async function whyNoEngine(): Promise<string> {
  const search = await findEngine(process.env)
  if (!search.found) return `, skipped: no container engine answers (${search.tried.map(({ where, why }) => `${where}: ${why}`).join('; ')})`
  const { docker } = await engineClient(process.env)
  return docker.getImage(IMAGE).inspect().then(() => '', () => `, skipped: the engine has no image ${IMAGE}`)
}
