// Whether a machine can read the newest lines of each service, and whether some lead to a trace that was kept.
import type { FactValue } from '../../model/gate-evidence.ts'
import type { CheckOf } from '../../model/gate-check.ts'
import { exceptDeadline, poll } from '../../time/poll.ts'
import { parsedJson } from '../http-client.ts'
import { fetchTraceFrom } from '../jaeger-api.ts'
import { observe } from '../probe.ts'
import type { GateProbe, GateScene } from './gate-probe.ts'
import { insightOf } from './inside.ts'

type Found = FactValue<'logs'>[number]
type Line = Readonly<Record<string, unknown>>

const LINES = 200
/** So many trace ids of each service are looked up. */
const SAMPLE = 6
/** Real milliseconds that the spans of the newest lines may still take. */
const ARRIVAL_MS = 4_000
const LOOK_MS = 5_000
const LONGEST_EXAMPLE = 120

export const logs: GateProbe<'logs'> = (check, scene) =>
  observe(scene.signal, [], async () => {
    const insight = insightOf(scene.rig)
    const found: Found[] = []
    for (const service of check.services) found.push(await read(scene, check, { service, lines: await insight.log(service, LINES) }))
    return { value: found }
  })

async function read(scene: GateScene, check: CheckOf<'logs'>, { service, lines }: { readonly service: string; readonly lines: readonly string[] }): Promise<Found> {
  const told = lines.map(structured).filter((line) => line !== undefined)
  const odd = lines.find((text) => structured(text) === undefined)
  const fields = Object.fromEntries(check.fields.map((field) => [field, told.filter((line) => line[field] !== undefined).length]))
  return {
    service,
    lines: lines.length,
    structured: told.length,
    fields,
    joined: check.joined ? await countJoined(scene, told) : 0,
    ...(odd === undefined ? {} : { example: odd.slice(0, LONGEST_EXAMPLE) }),
  }
}

function structured(text: string): Line | undefined {
  const line = parsedJson(text)
  return typeof line === 'object' && line !== null && !Array.isArray(line) ? (line as Line) : undefined
}

/** How many lines have one of the newest trace ids that are known to the tracing backend. */
async function countJoined(scene: GateScene, lines: readonly Line[]): Promise<number> {
  const ids = lines.flatMap((line) => traceIdOf(line) ?? [])
  const known = new Set<string>()
  const fetchTrace = fetchTraceFrom(scene)
  const sample = [...new Set(ids.toReversed())].slice(0, SAMPLE)
  const look = async () => {
    for (const id of sample.filter((one) => !known.has(one))) if ((await fetchTrace(id, LOOK_MS)).length > 0) known.add(id)
    return known.size === sample.length
  }
  const { clock, signal } = scene
  await poll({ clock, signal, within: ARRIVAL_MS, every: 500, what: 'the traces of log lines' }, look).catch(exceptDeadline)
  // a look that failed is not told from one that found nothing
  if (known.size < sample.length) await look()
  return ids.filter((id) => known.has(id)).length
}

const NAME = /^trace[._]?id$/i
const ID = /^[0-9a-f]{32}$/i

/** By whichever of its usual names. */
function traceIdOf(line: Line): string | undefined {
  return Object.entries(line).flatMap(([name, value]) => (NAME.test(name) && typeof value === 'string' && ID.test(value) ? [value] : []))[0]
}
