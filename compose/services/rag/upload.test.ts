// Uploads: the file of a form is read, anything else is refused with what is wrong.
import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { readUpload, type Upload } from './upload.ts'

async function upload(form: FormData): Promise<Upload> {
  const sent = new Response(form)
  const body = Buffer.from(await sent.arrayBuffer())
  return readUpload({ headers: { 'content-type': sent.headers.get('content-type') }, body } as FastifyRequest)
}

function formWith(content: string | Uint8Array<ArrayBuffer>, name = 'a.txt'): FormData {
  const form = new FormData()
  form.append('file', new File([content], name))
  return form
}

it('reads name and text', async () => {
  expect(await upload(formWith('Volume: 3 µl', 'ö.txt'))).toEqual({ filename: 'ö.txt', text: 'Volume: 3 µl' })
})

it('takes a name that could be stored', async () => {
  expect((await upload(formWith('x', ' '))).filename).toBe('document')
  expect((await upload(formWith('x', 'n'.repeat(300)))).filename).toHaveLength(255)
})

describe('refuses', () => {
  it.each([
    ['bytes that are no text', formWith(new Uint8Array([0xff, 0xfe, 0xfd])), 'unprocessable_document'],
    ['a NUL', formWith('a\0b'), 'unprocessable_document'],
    ['an empty file', formWith(' \n'), 'unprocessable_document'],
    ['a form without a file', new FormData(), ''],
  ])('%s', async (_what, form, code) => {
    await expect(upload(form)).rejects.toMatchObject({ status: 422, code })
  })

  it.each([
    ['no form', 'application/json', 422],
    ['a form that is cut off', 'multipart/form-data; boundary=x', 400],
  ])('%s', async (_what, type, status) => {
    const request = { headers: { 'content-type': type }, body: Buffer.from('--x\r\n') } as FastifyRequest
    await expect(readUpload(request)).rejects.toMatchObject({ status, plain: true })
  })
})
