// What a stack is before it runs, and what a rig offers once it does. Faults and probes know these types and nothing more.
import { z } from 'zod'
import { alertMatcherSchema, heartbeatSchema } from './criterion.ts'
import { invariantSchema } from './invariant.ts'
import { rateSchema } from './rate.ts'
import type { ContainerSpec } from './container-spec.ts'
import type { Engine, MemoryControl } from './engine.ts'
import type { Stopped } from './stopped.ts'
import type { Insight } from './insight.ts'
import { loginSchema } from './login.ts'

const hostPort = z.string().regex(/^[\w.-]+:\d+$/, 'service:port')

/** `x-harness` at the top of compose.yaml: what the engine must know about a stack and Compose has no word for. */
export const stackHarnessSchema = z.strictObject({
  edges: z.string().describe('the Toxiproxy configuration that lists every edge, relative to the compose file'),
  scenarios: z.string(),
  drills: z.string(),
  phases: z.string().optional().describe('directory of phases: what each is said to have reached, for harness gate'),
  dashboards: z.string().optional().describe('directory that Grafana sees as /etc/grafana: provisioning/, and the dashboards that it points to'),
  rules: z.string().describe('directory of *.rules.yml'),
  alertmanager: z.string().describe('alertmanager.yml, for cross-checks and derived deadlines'),
  entry: z.string().describe('the edge that the load takes, such as client->api-gateway'),
  observers: z.strictObject({ prometheus: hostPort, alertmanager: hostPort, jaeger: hostPort, toxiproxy: hostPort }),
  everyday: z
    .strictObject({ scenario: z.string(), rate: rateSchema, floor: rateSchema })
    .optional()
    .describe('the load under which every edge is hurt in turn: harness drill --each-edge'),
  sink: hostPort.describe('where the harness receives notifications; the host is the harness itself'),
  mail_sink: hostPort.optional().describe('where it receives those that come by e-mail; another name of the harness itself'),
  stores: z.record(
    z.string(),
    z.strictObject({
      service: z.string().describe('the database service'),
      url: z.string().describe('connection URL, with ${VAR:-default} as in Compose'),
      query: z.string().describe('SQL that gives one row with a column "key" for each stored row; $1 is the array of keys'),
      scenarios: z.array(z.string()),
    }),
  ),
  disturbances: z.record(z.string(), z.string()).optional().describe('environment of the programs of script faults, with ${VAR:-default} as in Compose: what they need to be let in'),
  login: loginSchema.optional().describe('how somebody becomes a user of the system, for looks at who is let in'),
  allow: z
    .array(alertMatcherSchema.extend({ because: z.string() }))
    .optional()
    .describe('alerts that may fire in any drill, each with the reason: those on the machine that the harness shares'),
  heartbeat: heartbeatSchema.optional().describe('the alert that always fires, such as Watchdog, and the receiver that waits for it'),
  invariants: z.record(z.string(), invariantSchema).optional().describe('what must be true of stored data, by name'),
})
export type StackHarness = z.infer<typeof stackHarnessSchema>

/** The services that observe, without which nobody could tell what the others do. */
export function observersOf({ observers }: Pick<StackHarness, 'observers'>): ReadonlySet<string | undefined> {
  return new Set(Object.values(observers).map((address) => address.split(':')[0]))
}

/** `x-harness` of one service: how it starts as a process and when it counts as ready. */
export const serviceHarnessSchema = z.strictObject({
  command: z.array(z.string()).min(1).describe('argv on the local runtime; ${BIN:name} is a tool, ${HOST}, ${DATA}, ${CONFIG} this service\'s own'),
  tools: z.array(z.string()).default([]).describe('tools that the toolchain must provide'),
  prepare: z.array(z.string()).optional().describe('argv that runs to its end before the command, on a first start'),
  environment: z.record(z.string(), z.string()).default({}).describe('set on the local runtime only'),
  unprivileged: z.boolean().default(false).describe('refuses to run as root'),
  ready: z.string().optional().describe('path that answers 200 when ready, such as /health/ready; else the port must accept'),
  accelerate: z.array(z.string()).default([]).describe('environment variables that hold production durations'),
})
export type ServiceHarness = z.infer<typeof serviceHarnessSchema>

export interface ServiceSpec {
  readonly name: string
  readonly image: string | undefined
  /** With `${VAR:-default}` not yet substituted. */
  readonly environment: Readonly<Record<string, string>>
  readonly ports: readonly number[]
  /** Those of its ports that Compose publishes on the host: the ones people use. */
  readonly published?: readonly number[]
  /** Where on the host Compose would publish them, with `${VAR:-default}` not yet substituted; a host that is not given is every address. */
  readonly publishedOn?: readonly { readonly host: string; readonly port: number }[]
  readonly dependsOn: readonly string[]
  /** Host path -> container path of mounted configuration. */
  readonly mounts: readonly { readonly source: string; readonly target: string }[]
  readonly container?: ContainerSpec
  readonly harness: ServiceHarness
}

/** One directed network dependency with its own proxy. Ports are those of the Toxiproxy host and of the callee. */
export interface Edge {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly listenPort: number
  readonly upstreamPort: number
}

export interface Stack {
  readonly file: string
  readonly directory: string
  readonly services: readonly ServiceSpec[]
  readonly edges: readonly Edge[]
  /** As read from the file: its paths are absolute. */
  readonly harness: StackHarness
}

export interface Address {
  readonly host: string
  readonly port: number
}

export type ServiceState = 'running' | 'frozen' | 'stopped' | 'disconnected'

/** Where the file that a service sees at `path` comes from; undefined when nothing is mounted there. */
export function mountedFrom({ mounts }: Pick<ServiceSpec, 'mounts'>, path: string): string | undefined {
  const mount = mounts.find(({ target }) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`))
  return mount && mount.source + path.slice(mount.target.replace(/\/$/, '').length)
}

/** What can start a stack: containers of an engine, or plain processes on loopback. */
export const RUNTIMES = ['containers', 'local'] as const
export type RuntimeName = (typeof RUNTIMES)[number]

/** A started stack: it can be used or disposed, nothing else. */
export interface Rig {
  readonly stack: Stack
  readonly runtime: RuntimeName
  /** Undefined where services are plain processes. */
  readonly engine?: Engine | undefined
  /** Where services are plain processes: what they are told that they may hold. */
  readonly memory?: MemoryControl | undefined
  /** Undefined where nobody can look inside. */
  readonly insight?: Insight | undefined
  /** Where the harness reaches `service:port`. */
  address(service: string, port: number): Address
  /** Where the harness reaches the listening side of an edge's proxy. */
  edgeAddress(edge: string): Address
  /** Base URL of an observer, without a trailing slash. */
  observer(name: keyof StackHarness['observers']): string
  state(service: string): Promise<ServiceState>
  /** SIGKILL, or its like: the service gets no chance to say goodbye. */
  kill(service: string): Promise<void>
  /** SIGTERM, or what it wants to hear instead, and SIGKILL once `graceMs` are over: as somebody does who updates it. */
  terminate(service: string, graceMs: number): Promise<Stopped>
  /** Starts a service that was killed or stopped, on the same address, and resolves when it accepts connections. */
  restart(service: string, signal: AbortSignal): Promise<void>
  freeze(service: string): Promise<void>
  thaw(service: string): Promise<void>
  /** This run's own copy of what the service sees at a path that is mounted: nobody else reads it. */
  configFile(service: string, path: string): string
  /** SIGHUP: what most services take for the word to read their configuration again. */
  reload(service: string): Promise<void>
  /** Resolves `${VAR:-default}` as compose environment values are resolved on this runtime. */
  resolve(text: string): string
}

/** The edges an edge or a pattern such as `*->postgres` names. */
export function matchEdges(pattern: string, edges: readonly Edge[]): readonly Edge[] {
  return matchNames(pattern, edges)
}

/** Those whose name a pattern with `*` names. */
export function matchNames<T extends { readonly name: string }>(pattern: string, named: readonly T[]): readonly T[] {
  const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
  return named.filter(({ name }) => expression.test(name))
}
