// Takes the file out of a multipart form; only text can be read.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { malformed } from '../kit/refusal.ts'
import { refuse } from './refusals.ts'

/** An uploaded document. */
export interface Upload {
  readonly filename: string
  readonly text: string
}

const MULTIPART = 'multipart/form-data'
const MAX_NAME = 255

/** Lets forms through as they came, up to the body limit. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(MULTIPART, { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => body)
}

/** The field `file` of the request's form; 422 when there is none or it cannot be read. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith(MULTIPART) || !Buffer.isBuffer(request.body)) throw noFile()
  const file = (await formOf(type, request.body)).get('file')
  if (!(file instanceof File)) throw noFile()
  return { filename: nameOf(file), text: textOf(await file.arrayBuffer()) }
}

function noFile(): Error {
  return malformed(422, 'A multipart form with the field `file` is needed')
}

async function formOf(type: string, body: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  } catch {
    throw malformed(400, 'There was an error parsing the body')
  }
}

function nameOf(file: File): string {
  const name = file.name.replace(/\p{Cc}/gu, '').trim().slice(0, MAX_NAME)
  return name === '' ? 'document' : name
}

function textOf(bytes: ArrayBuffer): string {
  const text = decode(bytes)
  // A NUL means that this is no text, and Postgres could not keep it.
  if (text === undefined || text.includes('\0')) {
    throw refuse('unprocessable_document', 'Unable to process file. Please upload a text file.')
  }
  if (text.trim() === '') throw refuse('unprocessable_document', 'The file is empty.')
  return text
}

function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
