// The subset of Compose that the harness reads. What is not here is refused; x- keys other than x-harness are left to others.
import { z } from 'zod'
import { serviceHarnessSchema, stackHarnessSchema } from '../model/stack.ts'

const scalar = z
  .union([z.string(), z.number(), z.boolean()], { error: 'a text, a number or true/false' })
  .transform(String)
const PAIR = /^[^=]+=.*$/s

/** `{A: b}` or `[A=b]`, as a map. */
const PAIRS = 'a map, or a list of NAME=value; every name with a value'
const pairs = z
  .union([z.record(z.string(), scalar), z.array(z.string().regex(PAIR, PAIRS))], { error: PAIRS })
  .transform((given) => (Array.isArray(given) ? Object.fromEntries(given.map(splitPair)) : given))

function splitPair(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}

const argv = z.union([z.string(), z.array(z.string())], { error: 'a text or a list of texts' })
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())], {
  error: 'a text or a list of texts',
})
const CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully'] as const
const dependencies = z
  .union([z.array(z.string()), z.record(z.string(), z.strictObject({ condition: z.enum(CONDITIONS) }))], {
    error: `a list of services, or a map of service to { condition: ${CONDITIONS.join(' | ')} }`,
  })
  .transform((given) =>
    Array.isArray(given) ? Object.fromEntries(given.map((name) => [name, { condition: CONDITIONS[0] }])) : given,
  )
const networks = z
  .union(
    [z.array(z.string()), z.record(z.string(), z.union([z.null(), z.strictObject({ aliases: z.array(z.string()) })]))],
    {
      error: 'a list of networks, or a map of network to { aliases: [] }',
    },
  )
  .transform((given) => (Array.isArray(given) ? given : Object.keys(given)))

const PORT = /^(?:(?:[\d.]+|\$\{[^}]*\}):)?(?:(?:\d+|\$\{[^}]*\}):)?\d+$/
const A_PORT = 'a port such as 8081 or "8081:8081"'
const ports = z.array(z.union([z.number().int(), z.string().regex(PORT, A_PORT)], { error: A_PORT }).transform(String))
const VOLUME = /^[^:]+:[^:]+(?::(?:ro|rw))?$/
const volumes = z.array(
  z
    .string()
    .regex(VOLUME, 'source:target or source:target:ro; a source that begins with . or / is a file or directory'),
)
const limits = z.strictObject({
  limits: z.strictObject({ cpus: scalar.optional(), memory: z.string().optional() }).optional(),
})

const build = z.union(
  [
    z.string().transform((context) => ({ context })),
    z.strictObject({
      context: z.string(),
      dockerfile: z.string().optional(),
      target: z.string().optional(),
      args: pairs.optional(),
    }),
  ],
  { error: 'a directory, or { context, dockerfile, target, args }' },
)

const healthcheck = z.strictObject({
  test: argv.optional(),
  interval: z.string().optional(),
  timeout: z.string().optional(),
  start_period: z.string().optional(),
  start_interval: z.string().optional(),
  retries: z.number().int().optional(),
  disable: z.boolean().optional(),
})

const serviceSchema = z
  .strictObject({
    image: z.string(),
    build,
    command: argv,
    entrypoint: argv,
    environment: pairs,
    ports,
    expose: ports,
    volumes,
    depends_on: dependencies,
    healthcheck,
    networks,
    restart: z.string(),
    user: z.string(),
    working_dir: z.string(),
    init: z.boolean(),
    read_only: z.boolean(),
    tmpfs: texts,
    mem_limit: z.string(),
    shm_size: z.string(),
    cpus: scalar,
    deploy: z.strictObject({ resources: limits }),
    security_opt: z.array(z.string()),
    cap_drop: z.array(z.string()),
    stop_grace_period: z.string(),
    stop_signal: z.string(),
    labels: pairs,
    hostname: z.string(),
    extra_hosts: z.array(z.string()),
    platform: z.string(),
    profiles: z.array(z.string()),
    pull_policy: z.string(),
    'x-harness': serviceHarnessSchema,
  })
  .partial()

const named = z.record(
  z.string(),
  z.union([z.null(), z.record(z.string(), z.unknown())], { error: 'nothing, or a map' }),
)

/** One compose file, main or overlay: everything is optional until all files have been merged. */
export const composeSchema = z
  .strictObject({
    name: z.string(),
    services: z.record(z.string().regex(/^[\w.-]+$/), serviceSchema),
    networks: named,
    volumes: named,
    'x-harness': stackHarnessSchema,
  })
  .partial()

/** A later file may give a part of the stack's x-harness. */
export const overlaySchema = composeSchema.extend({ 'x-harness': stackHarnessSchema.partial().optional() })

export type ComposeFile = z.output<typeof composeSchema>
export type ComposeService = z.output<typeof serviceSchema>

/** One entry of the edges file, as Toxiproxy reads it. */
export const edgesSchema = z.array(
  z.strictObject({
    name: z.string().regex(/^[\w.-]+->[\w.-]+$/, 'caller->callee, such as sample->postgres'),
    listen: z.string().regex(/^0\.0\.0\.0:\d+$/, 'an address such as 0.0.0.0:20012, each edge with its own port'),
    upstream: z.string().regex(/^[\w.-]+:\d+$/, 'service:port, such as postgres:5432'),
    enabled: z.literal(true, 'true; an edge that starts disabled is an outage that nobody injected'),
  }),
)
export type EdgeEntry = z.output<typeof edgesSchema>[number]
