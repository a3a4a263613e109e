// What the documents promise of each service, route by route: the routes.yaml of its folder, and what the kit serves everywhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const FOLDER = join(import.meta.dirname, '..')

/** A route of a service; `:x` in it is any part, `/*` at its end anything below, ANY every method. */
export interface DocumentedRoute {
  readonly route: string
  readonly answers: readonly number[]
  /** Fields of the body of its first answer, such as `data[].id`. */
  readonly body: readonly string[]
  readonly note?: string | undefined
}

/** What is known of one service. */
export interface ServiceDocument {
  readonly service: string
  readonly documented: readonly DocumentedRoute[]
  /** Routes that no document has, with the reason for each. */
  readonly ours: Readonly<Record<string, string>>
  /** Statuses documented of the service as a whole. */
  readonly anywhere: readonly number[]
  /** Fields of a refusal, where that is JSON. */
  readonly refusal: readonly string[]
  readonly absent?: string | undefined
}

const ROUTE = /^(GET|POST|PUT|PATCH|DELETE|ANY) \/\S*$/
const words = z.string().transform((text) => text.trim().split(/\s+/))
const statuses = z.coerce.string().regex(/^\d{3}( \d{3})*$/, 'statuses such as 200 404').transform((text) => text.split(' ').map(Number))
const said = z.strictObject({ answers: statuses, body: words.default([]), note: z.string().optional() })
/** Statuses alone are short for `{ answers }`. */
const routeSchema = z.preprocess((written) => (typeof written === 'object' ? written : { answers: written }), said)
const fileSchema = z.strictObject({
  anywhere: statuses.default([]),
  refusal: words.default([]),
  routes: z.record(z.string(), routeSchema),
  ours: z.record(z.string(), z.string()).default({}),
  absent: z.string().optional(),
})

/** Every service: each folder that can be started. */
export const SERVICES = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'main.ts')))

/** Reads the text of a routes.yaml; throws when it is none. */
export function readDocument(service: string, text: string): ServiceDocument {
  const { success, data, error } = fileSchema.safeParse(parse(text))
  if (!success) throw new Error(`${service}/routes.yaml: ${z.prettifyError(error)}`)
  const wrong = [...Object.keys(data.routes), ...Object.keys(data.ours)].filter((route) => !ROUTE.test(route))
  if (wrong.length > 0) throw new Error(`${service}/routes.yaml: '${wrong.join("', '")}' is no route such as GET /samples/:id`)
  const documented = Object.entries(data.routes).map(([route, said]) => ({ route, ...said }))
  return { ...data, service, documented }
}

function fileOf(folder: string): ServiceDocument {
  return readDocument(folder, readFileSync(join(FOLDER, folder, 'routes.yaml'), 'utf8'))
}

/** What is documented of a service; what its own file says of a route of the kit stands. */
export function documentOf(service: string): ServiceDocument {
  const own = fileOf(service)
  const said = new Set(own.documented.map(({ route }) => route))
  const common = fileOf('kit').documented.filter(({ route }) => !said.has(route))
  return { ...own, documented: [...common, ...own.documented] }
}
