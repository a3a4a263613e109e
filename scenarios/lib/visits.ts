// Short visits, each of a few requests from one of the journeys: what a day of the laboratory consists of.
import { createBatch } from './batch-requests.ts'
import type { Desk } from './desk.ts'
import { NOTE, publish, stats } from './event-requests.ts'
import { textAt } from './expectation.ts'
import { createLibrary, library } from './library-requests.ts'
import { sourceOf } from './library-sources.ts'
import type { Sources } from './library-sources.ts'
import { lookUntil, pauseOf } from './look-until.ts'
import * as notification from './notification-requests.ts'
import { operation } from './operation.ts'
import * as qc from './qc-requests.ts'
import * as rag from './rag-requests.ts'
import * as report from './report-requests.ts'
import * as sample from './sample-requests.ts'
import { createJob, job, jobs } from './sequencing-requests.ts'
import { createSheet } from './sheet-requests.ts'
import { demand } from './shifts.ts'
import type { Task } from './shifts.ts'
import { read } from './sensor-requests.ts'
import * as sheets from './spreadsheet-requests.ts'
import { available, capacity, figures } from './storage-requests.ts'
import type { Room } from './storage-rooms.ts'
import { tourOf } from './tour.ts'
import * as saga from './transaction-requests.ts'
import { newUuid } from './uuid.ts'

/** What is there before the day begins. */
export interface Laboratory {
  readonly sources: Sources
  readonly rooms: readonly Room[]
}

/** A zone that has boxes from the beginning; the rooms of the load get theirs in another journey. */
const FURNISHED = 'freezer'

/** A few operations, one after another; ends early where it can not go on. */
export type Visit = (task: Task, laboratory: Laboratory) => Promise<void>

export const lookAround: Visit = async ({ desk, index }, { sources }) => {
  const known = sourceOf(sources, index)
  const same = { 'data.status': 'Pending', 'data.name': known.name }
  await operation(sample.list(desk))
  await operation(sample.byId(desk, known.id, same))
  await operation(sample.byBarcode(desk, known, { ...same, 'data.id': known.id }))
  await operation(sample.listOfType(desk, known))
  await operation(sample.byId(desk, known.id, same))
}

export const receive: Visit = async ({ desk, key }) => {
  const id = textAt((await demand(sample.create(desk, sample.sampleOf(key)))).body, 'data.id')
  await demand(sample.validate(desk, id))
  await demand(sample.move(desk, id, 'Validated'))
  await operation(sample.byId(desk, id, { 'data.status': 'Validated' }))
}

export const receiveSeveral: Visit = async ({ desk, key }) => {
  await operation(createBatch(desk, [0, 1, 2].map((index) => sample.sampleOf(`${key}-list-${index}`))))
}

export const goRound: Visit = async ({ desk, key, index }, { rooms }) => {
  const room = rooms[index % rooms.length]
  if (room === undefined) return
  await operation(read(desk, { sensor: room.sensor, celsius: room.celsius, key }))
  await operation(capacity(desk, room.location))
  await operation(available(desk, FURNISHED))
  await operation(figures(desk, room.location, index))
}

export const readNews: Visit = async ({ desk, key }) => {
  await operation(publish(desk, { id: newUuid(), type: NOTE, subject: key }))
  await operation(notification.list(desk))
  await operation(stats(desk))
}

export const planSequencing: Visit = async ({ desk, key }) => {
  const sheet = textAt((await demand(createSheet(desk, key))).body, 'data.id')
  const id = textAt((await demand(createJob(desk, key, sheet))).body, 'id')
  await operation(job(desk, id, { status: 'draft' }))
  await operation(jobs(desk, 'draft'))
}

export const prepareLibrary: Visit = async ({ desk, key, index }, { sources }) => {
  const wish = { key, sample: sourceOf(sources, index).id, protocol: sources.protocol }
  const id = textAt((await demand(createLibrary(desk, wish))).body, 'id')
  await demand(qc.recordPreparation(desk, id))
  await operation(library(desk, id, { status: 'Pending' }))
  await operation(qc.preparation(desk, id))
  // The last of the figures are of decisions, which nobody takes here.
  await operation(qc.figures(desk, index % 4))
}

export const ask: Visit = async ({ desk, key }) => {
  await operation(rag.askGuidelines(desk, key))
}

export const bringDocument: Visit = async ({ desk, key }) => {
  const form = rag.formOf(key, rag.newSampleId())
  const { body } = await demand(rag.upload(desk, form))
  if (rag.isRead(body)) await operation(rag.extraction(desk, textAt(body, 'submission_id'), form))
  await operation(rag.list(desk))
}

export const keepSpreadsheet: Visit = async ({ desk, key }) => {
  const first = { sheet: newUuid(), tag: `${key}-first`, file: 'id,volume\na,1\n' }
  const base = textAt((await demand(sheets.begin(desk, first))).body, 'id')
  await operation(sheets.goOn(desk, { ...first, tag: `${key}-next`, file: 'id,volume\na,2\n', parent: base }))
  await operation(sheets.cells(desk, base, { '1.1': '1' }))
}

export const order: Visit = async ({ desk, key }) => {
  const { body } = await demand(report.generate(desk, report.ownRows(`report ${key}`, 'json')))
  await operation(report.look(desk, textAt(body, 'id'), 'later'))
  await operation(report.definitions(desk))
}

export const tour: Visit = async ({ desk, key }) => {
  for (const ask of tourOf(desk, key)) await operation(ask)
  for (const turn of [0, 1, 2]) await operation(report.generate(desk, report.ofAnother(`tour ${key}-${turn}`, turn)))
}

export const submit: Visit = async ({ desk, key, index }) => {
  const zone = index % 2 === 0 ? 'freezer' : 'ultra_low_freezer'
  const submission = { correlation: newUuid(), barcode: `${key}-saga`.toUpperCase(), zone }
  const { body } = await demand(saga.submit(desk, submission))
  const ended = await follow(desk, textAt(body, 'saga_id'))
  await operation(saga.leaveStorage(desk, textAt(ended, 'context.sample_id')))
}

/** A saga at its end. */
async function follow(desk: Desk, id: string): Promise<unknown> {
  const happened = (body: unknown): boolean => saga.anEnd(textAt(body, 'status'))
  await lookUntil({ look: () => operation(saga.look(desk, id)), happened, looks: 10, pause: pauseOf(1_000) })
  return (await demand(saga.settled(desk, id, { status: 'Completed' }))).body
}
