// Fills templates: {{name}} stands for a value of the data.
import type { JsonObject } from '../kit/fields.ts'

const PLACE = /\{\{\s*(\w{1,100})\s*\}\}/g

/** The text with its places filled; names without a value are added to `missing`. */
export function render(text: string, data: JsonObject, missing: Set<string>): string {
  return text.replace(PLACE, (_place, name: string) => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined
    if (value === undefined || value === null) missing.add(name)
    return textOf(value)
  })
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
