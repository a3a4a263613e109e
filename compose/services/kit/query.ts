// Reads a request's query: pages and filters. Unknown names are ignored; a value that makes no sense is refused.
import type { FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'

/** Reads the values of one query; each is refused with the 400 code the reader was made with. */
export interface Query {
  /** A text; absent and empty ones are null. */
  text(name: string, fits?: (value: string) => boolean): string | null
  /** One of a few words. */
  word<W extends string>(name: string, words: readonly W[]): W | null
  flag(name: string): boolean | null
  /** A whole number. */
  whole(name: string, rule: WholeRule): number
}

/** What a number in a query may be, and what it is when it is absent. */
export interface WholeRule {
  readonly fallback: number
  readonly min?: number
  readonly max: number
}

/** One page of a list. */
export interface Page {
  readonly page: number
  readonly size: number
  readonly offset: number
}

/** How a service names and bounds its pages. */
export interface PageRule {
  readonly size: string
  readonly fallback: number
  readonly max: number
}

/** Starts reading the query of `request`; `code` is the one of its refusals. */
export function queryOf(request: FastifyRequest, code: string): Query {
  const values = request.query as Readonly<Record<string, unknown>>
  const refuse = (message: string): never => {
    throw new Refusal(400, code, message)
  }
  const text: Query['text'] = (name, fits = () => true) => {
    const value = values[name]
    if (value === undefined || value === '') return null
    // A NUL byte is legal in a URL but not in a Postgres text.
    if (typeof value === 'string' && !value.includes('\0') && fits(value)) return value
    return refuse(`${name} '${String(value).slice(0, 60)}' is not valid`)
  }
  const word: Query['word'] = (name, words) => {
    const value = text(name)
    if (value === null) return null
    return words.find((one) => one === value) ?? refuse(`${name} must be one of ${words.join(', ')}`)
  }
  return {
    text,
    word,
    flag: (name) => {
      const value = word(name, ['true', 'false'])
      return value === null ? null : value === 'true'
    },
    whole: (name, { fallback, min = 1, max }) => {
      const value = Number(text(name) ?? fallback)
      if (Number.isInteger(value) && value >= min && value <= max) return value
      return refuse(`${name} must be a whole number from ${min} to ${max}`)
    },
  }
}

/** No list is walked further than this. */
const MAX_PAGE = 1_000_000

/** The page a query asks for. */
export function pageOf(query: Query, { size: name, fallback, max }: PageRule): Page {
  const page = query.whole('page', { fallback: 1, max: MAX_PAGE })
  const size = query.whole(name, { fallback, max })
  return { page, size, offset: (page - 1) * size }
}

/** The pattern for `ilike` that finds a text anywhere; its own wildcards mean themselves. */
export function anywhere(text: string | null): string | null {
  return text === null ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
