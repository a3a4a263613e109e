// Reads the fields of a JSON body that have a type of their own: ids, words, moments, whole numbers, objects.
import { fieldsOf, isUuid, jsonObject, mistyped, type Fields, type JsonObject } from './fields.ts'

/** Fields with types; a value of another type is 422 at once, as in the services these stand for. */
export interface TypedFields extends Fields {
  uuid(name: string): string
  optionalUuid(name: string): string | null
  word<W extends string>(name: string, words: readonly W[]): W
  optionalWord<W extends string>(name: string, words: readonly W[]): W | null
  /** An RFC 3339 time. */
  optionalMoment(name: string): string | null
  optionalWhole(name: string, range: { min: number; max: number }): number | null
  optionalObject(name: string): JsonObject | null
  /** A list of at most `max` texts of at most `length` characters. */
  optionalTexts(name: string, limits: { max: number; length: number }): readonly string[] | null
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Starts reading `body`. */
export function typedFieldsOf(body: JsonObject): TypedFields {
  const fields = fieldsOf(body)
  const optionalUuid = (name: string): string | null => {
    const value = fields.optionalText(name)
    return value === null || isUuid(value) ? value : wrongType(`${name}: a UUID is needed`)
  }
  const optionalWord = <W extends string>(name: string, words: readonly W[]): W | null => {
    const value = fields.optionalText(name)
    if (value === null) return null
    return words.find((word) => word === value) ?? wrongType(`${name}: one of ${words.join(', ')} is needed`)
  }
  const needed = <T>(name: string, value: T | null): T => value ?? wrongType(`missing field \`${name}\``)
  return {
    ...fields,
    optionalUuid,
    optionalWord,
    uuid: (name) => needed(name, optionalUuid(name)),
    word: (name, words) => needed(name, optionalWord(name, words)),
    optionalMoment: (name) => {
      const value = fields.optionalText(name)
      const isMoment = value === null || (MOMENT.test(value) && !Number.isNaN(Date.parse(value)))
      return isMoment ? value : wrongType(`${name}: an RFC 3339 time is needed`)
    },
    optionalWhole: (name, range) => {
      const value = fields.optionalNumber(name, range)
      return value === null || Number.isInteger(value) ? value : wrongType(`${name}: a whole number is needed`)
    },
    optionalObject: (name) => ((body[name] ?? null) === null ? null : jsonObject(body[name])),
    optionalTexts: (name, limits) => ((body[name] ?? null) === null ? null : texts(fields, name, limits)),
  }
}

function wrongType(what: string): never {
  throw mistyped(what)
}

function texts(fields: Fields, name: string, { max, length }: { max: number; length: number }): readonly string[] {
  const list = fields.list(name)
  if (list.length > max) fields.problem(`${name} may have at most ${max} entries`)
  return list.map((value) => {
    if (typeof value !== 'string') return wrongType(`${name}: a list of strings is needed`)
    if (value.length > length) fields.problem(`${name}: an entry may have at most ${length} characters`)
    return value
  })
}
