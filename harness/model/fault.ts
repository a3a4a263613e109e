// The shape of every fault: one reversible disturbance of one target.
import { z } from 'zod'
import { bytesSchema } from './bytes.ts'
import { PLACE } from './config-place.ts'
import { durationSchema } from './duration.ts'

const timing = {
  for: durationSchema.describe('how long the fault holds, in production time'),
  from: durationSchema.optional().describe('when it begins, counted from the start of the fault phase; at once when left out'),
}
const edge = z
  .string()
  .regex(/^[\w.*-]+->[\w.*-]+$/, 'an edge such as sample->postgres, or a pattern such as *->postgres')
  .describe('an edge such as sample->postgres, or a pattern such as *->postgres that names several')
const toxic = {
  edge,
  direction: z.enum(['upstream', 'downstream']).optional().describe('downstream (answers) when left out'),
  toxicity: z.number().min(0).max(1).optional().describe('share of connections that are hit, rolled once per connection; 1 when left out'),
  ...timing,
}
const bytes = z.number().int().positive()
const cpus = z.number().positive().describe('how many CPUs it may use, such as 0.1')
const directory = z.string().regex(/^\/./, 'a path such as /data').describe('a tmpfs of the service, with a size, as the compose file declares it')

/** How a receiver of notifications can fail: an error, no answer at all, or one that is late by a second of real time. */
export const misbehaviourSchema = z.enum(['500', 'hang', 'slow'])
export type Misbehaviour = z.infer<typeof misbehaviourSchema>

/** Where a service says of itself what it has read. */
const configSightSchema = z
  .strictObject({
    port: z.number().int().positive().optional().describe("the service's first when left out"),
    path: z.string().regex(/^\//, 'a path such as /api/v1/status/config'),
    text: z.string().min(1),
  })
  .describe('a page of the service that holds this text either before the change or under it, and not both')

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), latency: durationSchema, jitter: durationSchema.optional(), ...toxic }),
  z.strictObject({ kind: z.literal('bandwidth'), rate: z.number().int().min(0).describe('KB/s; 0 stalls'), ...toxic }),
  z.strictObject({ kind: z.literal('timeout'), after: durationSchema.optional().describe('0s (the default) is a black hole'), ...toxic }),
  z.strictObject({ kind: z.literal('reset_peer'), after: durationSchema.optional(), ...toxic }),
  z.strictObject({ kind: z.literal('slicer'), size: bytes, variation: z.number().int().min(0).optional(), delay: durationSchema.optional(), ...toxic }),
  z.strictObject({ kind: z.literal('limit_data'), bytes, ...toxic }),
  z.strictObject({ kind: z.literal('slow_close'), delay: durationSchema, ...toxic }),
  z.strictObject({ kind: z.literal('outage'), edge, ...timing }),
  z.strictObject({ kind: z.literal('crash'), service: z.string(), ...timing }),
  z.strictObject({ kind: z.literal('freeze'), service: z.string(), ...timing }),
  z.strictObject({ kind: z.literal('disconnect'), service: z.string(), ...timing }),
  z.strictObject({ kind: z.literal('cpu_limit'), service: z.string(), cpus, ...timing }),
  z.strictObject({ kind: z.literal('memory_limit'), service: z.string(), memory: bytesSchema, ...timing }),
  z.strictObject({
    kind: z.literal('script'),
    script: z.string().regex(/^[a-z0-9-]+$/, 'the name of a file, without folder and ending').describe('a program in disturbances/ beside the drills, without its ending'),
    with: z.record(z.string(), z.union([z.string(), z.number()])).optional().describe('what the program is told; its first lines say what it knows'),
    service: z.string().describe('the service that it hurts'),
    ...timing,
  }),
  z.strictObject({
    kind: z.literal('config_change'),
    service: z.string().describe('who reads the file again when it is sent SIGHUP'),
    file: z.string().regex(/^\/./, 'a path such as /etc/prometheus/prometheus.yml').describe('a YAML file that the compose file mounts, by its path in the container'),
    at: z
      .string()
      .regex(PLACE, 'a place such as scrape_configs[job_name=auth] or groups[name=a].rules[alert=Down].expr')
      .describe('what is changed: keys with dots between them, entries of lists by what one of their keys says'),
    to: z.union([z.string(), z.number(), z.boolean()]).optional().describe('written as it stands, no duration in it is divided; it is taken out when left out'),
    shows: configSightSchema,
    ...timing,
  }),
  z.strictObject({ kind: z.literal('disk_full'), service: z.string(), path: directory, ...timing }),
  z.strictObject({
    kind: z.literal('receiver_broken'),
    receiver: z.string().describe('a receiver of Alertmanager; none of its channels works'),
    how: misbehaviourSchema.describe('answers with an error, never, or a second late'),
    ...timing,
  }),
])

export type Fault = z.infer<typeof faultSchema>
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>

/** What a fault hits, as written: an edge, an edge pattern, a service, or a receiver. */
export function targetOf(fault: Fault): string {
  if (fault.kind === 'receiver_broken') return fault.receiver
  return 'edge' in fault ? fault.edge : fault.service
}

/** What a fault does, in a word: its kind, or the name of its program. */
export function wordOf(fault: Fault): string {
  return fault.kind === 'script' ? fault.script : fault.kind
}

/** `latency on sample->postgres`: how messages name a fault. */
export function nameOf(fault: Fault): string {
  return `${wordOf(fault)} on ${targetOf(fault)}`
}

const memoryLimit = z.strictObject({ bytes: z.number(), withSwapBytes: z.number().optional() })

/**
 * One step that undoes a fault on one target: plain data, written to the undo log before the fault is applied and
 * replayable by another process. Each is idempotent.
 */
export const undoSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('remove-toxic'), edge: z.string(), toxic: z.string() }),
  z.strictObject({ action: z.literal('enable-proxy'), edge: z.string() }),
  z.strictObject({ action: z.literal('restart'), service: z.string() }),
  z.strictObject({ action: z.literal('thaw'), service: z.string() }),
  z.strictObject({ action: z.literal('reconnect'), service: z.string() }),
  z.strictObject({ action: z.literal('restore-cpus'), service: z.string(), cpus: z.number().optional().describe('no limit when left out') }),
  z.strictObject({ action: z.literal('restore-memory'), service: z.string(), memory: memoryLimit.optional().describe('no limit when left out') }),
  z.strictObject({ action: z.literal('end-script'), service: z.string(), script: z.string(), token: z.string().describe('in the environment of its process') }),
  z.strictObject({ action: z.literal('mend-receiver'), receiver: z.string() }),
  z.strictObject({ action: z.literal('restore-config'), service: z.string(), file: z.string() }),
  z.strictObject({ action: z.literal('drop-database'), service: z.string(), database: z.string().regex(/^readiness_[a-z0-9_]+$/, 'one that the harness made') }),
  z.strictObject({ action: z.literal('empty-disk'), service: z.string(), path: z.string() }),
])

export type Undo = z.infer<typeof undoSchema>
