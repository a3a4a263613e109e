// Reads a multipart upload: one file and, if given, the template it belongs to.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonObject } from '../kit/fields.ts'
import { malformed } from '../kit/refusal.ts'
import { readDraft, type TemplateDraft } from './draft.ts'
import { refuse } from './refusals.ts'
import { fileType } from './sheet.ts'

/** A file to be kept with its template. */
export interface Upload {
  readonly fileName: string
  readonly content: Buffer
  readonly draft: TemplateDraft
}

const TYPE = 'multipart/form-data'

/** Takes forms besides JSON; their size is bound by the body limit like any other. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(TYPE, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    try {
      return await new Response(new Uint8Array(body), { headers }).formData()
    } catch (error) {
      throw refuse('bad_file', `the form cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
}

/** The upload in a request; 415 when it is no form. */
export async function readUpload(request: FastifyRequest, now: Date): Promise<Upload> {
  const form = request.body
  if (!(form instanceof FormData)) throw malformed(415, `Expected request with \`Content-Type: ${TYPE}\``)
  const file = form.get('file')
  if (!(file instanceof File) || file.name === '') throw refuse('bad_file', 'the form has no file')
  const fileName = baseName(file.name)
  const content = Buffer.from(await file.arrayBuffer())
  const given = form.get('template')
  const draft = typeof given === 'string' ? readDraft(parsed(given)) : draftFor(fileName)
  const about = { original_filename: fileName, file_type: fileType(fileName), file_size: content.length }
  return { fileName, content, draft: { ...draft, metadata: { ...draft.metadata, ...about, uploaded_at: now } } }
}

/** A client may send a path of its own machine; only the name is kept, shortened to what is stored. */
function baseName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const clean = base.replaceAll('\0', '').slice(-255)
  return clean === '' ? 'upload' : clean
}

function draftFor(fileName: string): TemplateDraft {
  const kind = fileType(fileName)
  return {
    name: fileName,
    template_type: kind,
    description: `Uploaded file: ${fileName}`,
    category: 'uploaded',
    tags: [kind],
    is_public: false,
    form_config: null,
    metadata: null,
  }
}

function parsed(text: string) {
  try {
    return jsonObject(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse('bad_value', `template is no JSON: ${error.message}`)
    throw error
  }
}
