// Lists samples, newest first, with filters that really filter.
import type { FastifyRequest } from 'fastify'
import { isUuid } from '../kit/fields.ts'
import { refuse } from './refusals.ts'
import { sampleJson, type SampleRow } from './row.ts'
import { isSampleType } from './sample-types.ts'
import { statusNamed } from './status.ts'
import type { SampleWorld } from './world.ts'

const WHERE = `
where (($1::text is null and status <> 'deleted') or status = $1)
  and ($2::text is null or sample_type = $2)
  and ($3::uuid is null or template_id = $3)
  and ($4::text is null or name ilike $4 or barcode ilike $4)
  and ($5::timestamptz is null or created_at >= $5)
  and ($6::timestamptz is null or created_at <= $6)`

const COUNT = `select count(*)::int as total from sample.samples ${WHERE}`
const PAGE = `select * from sample.samples ${WHERE} order by created_at desc, id limit $7 offset $8`

/** What GET /samples understands; values are checked, anything else in the query is ignored. */
export interface ListWish {
  readonly page: number
  readonly pageSize: number
  /** The six filters in the order of the statement. */
  readonly filters: readonly (string | null)[]
}

/** Answers GET /samples. */
export async function listSamples({ database }: SampleWorld, request: FastifyRequest): Promise<object> {
  const { page, pageSize, filters } = readWish(request.query as Record<string, unknown>)
  const [count] = await database.query<{ total: number }>(COUNT, filters)
  const rows = await database.query<SampleRow>(PAGE, [...filters, pageSize, (page - 1) * pageSize])
  const total = count?.total ?? 0
  return {
    samples: rows.map(sampleJson),
    total_count: total,
    page,
    page_size: pageSize,
    total_pages: Math.ceil(total / pageSize),
  }
}

/** Reads the query of GET /samples; 400 validation_error for values that make no sense. */
export function readWish(query: Readonly<Record<string, unknown>>): ListWish {
  const given = (name: string): string | null => {
    const value = query[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const known = (name: string, fits: (value: string) => boolean): string | null => {
    const value = given(name)
    if (value === null || fits(value)) return value
    throw refuse('validation_error', `${name} '${value.slice(0, 60)}' is not valid`)
  }
  const status = known('status', (name) => statusNamed(name) !== undefined)
  const isTime = (value: string): boolean => !Number.isNaN(Date.parse(value))
  return {
    page: whole(given('page') ?? '1', 'page', 1_000_000),
    pageSize: whole(given('page_size') ?? '50', 'page_size', 1000),
    filters: [
      status === null ? null : (statusNamed(status) ?? null),
      known('sample_type', isSampleType),
      known('template_id', isUuid),
      pattern(known('search', (value) => !value.includes('\0'))),
      known('created_after', isTime),
      known('created_before', isTime),
    ],
  }
}

function whole(value: string, name: string, max: number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= max) return number
  throw refuse('validation_error', `${name} must be a whole number from 1 to ${max}`)
}

/** The text anywhere; its own wildcards mean themselves. */
function pattern(search: string | null): string | null {
  return search === null ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`
}
