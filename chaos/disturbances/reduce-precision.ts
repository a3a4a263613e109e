// The model saves computing time and overlooks facts. with: precision (reduced when left out).
// It comes as the service that asks the model. At the end the precision is full. When it dies, the model stays careless until
// it is started again or told otherwise.
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { optionsOf, told } from './lib/told.ts'

const { precision: wanted } = optionsOf(z.strictObject({ precision: z.literal('reduced').default('reduced') }))
const model = `http://${told('HARNESS_ADDRESS_RAG_MODEL_8094')}`
const PATIENCE_MS = 10_000
const headers = { 'content-type': 'application/json', authorization: 'Service service_rag' }
/** What the model overlooks when it is careless: the last of three facts. */
const TEXT = 'Submitter: Ann Other\nE-mail: ann@lab.example\nType: DNA\n'

async function ask<T>(method: string, path: string, body: object): Promise<T> {
  const answer = await fetch(model + path, { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  return (await answer.json()) as T
}

let name = ''

await disturb({
  begin: async () => {
    name = (await ask<{ readonly model: string }>('PUT', '/v1/precision', { precision: wanted })).model
  },
  look: async () => {
    const { fields } = await ask<{ readonly fields: readonly unknown[] }>('POST', '/v1/extract', { model: name, text: TEXT })
    return { bites: `the model reads ${fields.length} of 3 facts`, holds: fields.length < 3 }
  },
  end: async () => {
    await ask('PUT', '/v1/precision', { precision: 'full' })
    return 'the model reads as exactly as ever'
  },
})
