// Reads what a client wants stored of a sample sheet.
import { jsonObject, type JsonObject } from '../kit/fields.ts'
import { typedFieldsOf } from '../kit/typed-fields.ts'
import { platformNamed, type Platform } from './platforms.ts'
import { refuse } from './refusals.ts'
import type { SheetSample } from './sheet-row.ts'

/** A sheet to be created. */
export interface SheetDraft {
  readonly name: string
  readonly platform_id: Platform
  readonly samples: readonly SheetSample[]
  readonly metadata: JsonObject | null
}

/** Changes of a sheet; null leaves a field as it is. */
export interface SheetChange {
  readonly name: string | null
  readonly samples: readonly SheetSample[] | null
  readonly metadata: JsonObject | null
  readonly archived: boolean
}

const NAME = { min: 1, max: 255, pattern: /\S/, message: 'name cannot be empty' }
/** More than any flow cell takes. */
const MAX_SAMPLES = 1000

/** Reads a sheet to be created. */
export function readSheet(body: JsonObject): SheetDraft {
  const fields = typedFieldsOf(body)
  const name = fields.text('name', NAME)
  const platform = fields.text('platform_id', { min: 1 })
  const list = fields.list('samples')
  const metadata = fields.optionalObject('metadata')
  fields.done('validation')
  return { name, platform_id: platformNamed(platform), samples: readSamples(list), metadata }
}

/** Reads an update; archiving is the only change of status that is not found out. */
export function readSheetChange(body: JsonObject): SheetChange {
  const fields = typedFieldsOf(body)
  const name = fields.optionalText('name', NAME)
  const archived = fields.optionalWord('status', ['archived']) !== null
  const metadata = fields.optionalObject('metadata')
  const list = fields.has('samples') ? fields.list('samples') : null
  fields.done('validation')
  return { name, archived, metadata, samples: list && readSamples(list) }
}

function readSamples(list: readonly unknown[]): readonly SheetSample[] {
  if (list.length === 0) throw refuse('validation', 'Sample sheet must contain at least one sample')
  if (list.length > MAX_SAMPLES) throw refuse('validation', `Sample sheet may contain at most ${MAX_SAMPLES} samples`)
  const samples = list.map(readSample)
  const twice = samples.find(({ sample_id }, index) => samples.findIndex((one) => one.sample_id === sample_id) < index)
  if (twice !== undefined) throw refuse('validation', `Duplicate sample ID: ${twice.sample_id}`)
  return samples
}

const TEXT = { max: 100 }
const NEEDED = { min: 1, max: 100, pattern: /\S/ }

function readSample(item: unknown, index: number): SheetSample {
  const fields = typedFieldsOf(jsonObject(item))
  const named = (name: string) => ({ ...NEEDED, message: `Sample ${index + 1} ${name} cannot be empty` })
  const sample = {
    sample_id: fields.text('sample_id', named('ID')),
    sample_name: fields.text('sample_name', { max: 255 }),
    sample_plate: fields.optionalText('sample_plate', TEXT),
    sample_well: fields.optionalText('sample_well', TEXT),
    index1: fields.text('index1', named('index1')),
    index2: fields.optionalText('index2', TEXT),
    project: fields.optionalText('project', TEXT) ?? '',
    description: fields.optionalText('description', { max: 500 }),
  }
  fields.done('validation')
  return sample
}
