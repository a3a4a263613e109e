// What finds the defects of the services that keep documents: RAG and its model, templates, spreadsheets, reports.
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { LABELLED_SET } from '../../rag/labelled-set.ts'
import { answered, type Bench, type Probe, type Sight } from './probe.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000000'
const FORM = 'Submitter: Ada\nE-mail: ada@x.org\nSample ID: DNA-77001\nSample type: DNA\nVolume: 30 ul'
const TEMPLATE = { name: 'DNA intake', template_type: 'form' }
/** The alert AIModelAccuracyDrop asks for as much. */
const ACCURACY = 0.85

/** Probes of rag, rag-model, template, spreadsheet versioning and reports. */
export const documentProbes: readonly Probe[] = [
  {
    defect: 'careless-model',
    service: 'rag-model',
    kind: 'value',
    says: `ai_model_accuracy, the share of known facts that are read rightly, is at least ${ACCURACY}`,
    look: accuracy,
  },
  {
    defect: 'errors-as-200',
    service: 'rag',
    kind: 'answer',
    says: 'a submission that does not exist is refused with 404',
    look: async ({ user }) => answered(404, await user('GET /api/rag/submissions/RAG-001')),
  },
  {
    defect: 'memory-only-intake',
    service: 'rag',
    kind: 'store',
    says: 'a document that was acknowledged can be read',
    look: keptDocument,
  },
  {
    defect: 'no-template-tables',
    service: 'template',
    kind: 'answer',
    says: 'on an empty database POST /templates answers 200',
    freshDatabase: true,
    look: async ({ user }) => answered(200, await user('POST /templates', TEMPLATE)),
  },
  {
    defect: 'unchecked-template-limits',
    service: 'template',
    kind: 'answer',
    says: 'a template without a name is refused with 400',
    look: async ({ user }) => answered(400, await user('POST /templates', { ...TEMPLATE, name: '' })),
  },
  {
    defect: 'stub-template-clone',
    service: 'template',
    kind: 'answer',
    says: 'a clone of a template that does not exist is refused with 404',
    look: async ({ user }) => answered(404, await user(`POST /templates/${NOWHERE}/clone`, {})),
  },
  {
    defect: 'no-version-lock',
    service: 'spreadsheet-versioning',
    kind: 'invariant',
    says: 'no version has two successors: of two on one parent one is refused with 409',
    look: oneSuccessor,
  },
  {
    defect: 'reports-never-made',
    service: 'reports',
    kind: 'store',
    says: 'a report that was promised is made',
    look: madeReport,
  },
]

async function accuracy({ peer }: Bench): Promise<Sight> {
  let facts = 0
  let right = 0
  for (const document of LABELLED_SET) {
    const { body } = await peer('POST /v1/extract', { model: 'tracseq-lab-1', text: document.text })
    const { fields } = body as { fields: readonly { readonly name: string; readonly value: string }[] }
    const read = new Map(fields.map(({ name, value }) => [name, value]))
    const entries = Object.entries(document.facts)
    facts += entries.length
    right += entries.filter(([name, value]) => read.get(name) === value).length
  }
  return { holds: right / facts >= ACCURACY, saw: `${right} of ${facts} facts` }
}

async function keptDocument({ service, user, ground }: Bench): Promise<Sight> {
  const form = new FormData()
  form.append('file', new File([FORM], 'form.txt', { type: 'text/plain' }))
  const headers = { authorization: `Bearer ${ground.system.user.token}` }
  const taken = await fetch(`${service.base}/api/rag/process`, { method: 'POST', body: form, headers })
  const { submission_id } = (await taken.json()) as { submission_id: string }
  const { status } = await user(`GET /api/rag/submissions/${submission_id}`)
  return { holds: taken.ok && status === 200, saw: `taken with ${taken.ok ? '2xx' : taken.status}, read with ${status}` }
}

async function oneSuccessor({ user }: Bench): Promise<Sight> {
  const path = `POST /api/v1/spreadsheets/${randomUUID()}/versions`
  const file = { name: 'plate', filename: 'plate.csv', file_type: 'csv' }
  const { body } = await user(path, { ...file, file_data: 'id\n1\n' })
  const parent_version_id = (body as { id: string }).id
  const first = await user(path, { ...file, file_data: 'id\n2\n', parent_version_id })
  const second = await user(path, { ...file, file_data: 'id\n3\n', parent_version_id })
  return { holds: first.status === 200 && second.status === 409, saw: `answered ${first.status}, then ${second.status}` }
}

async function madeReport({ user }: Bench): Promise<Sight> {
  const asked = await user('POST /api/reports/generate', { report_type: 'custom', rows: [{ a: 1 }] })
  const path = `GET /api/reports/${(asked.body as { id: string }).id}`
  const look = async (): Promise<void> => {
    const { body } = await user(path)
    if ((body as { status?: string }).status !== 'completed') throw new Error('not made yet')
  }
  const made = await vi.waitFor(look, { timeout: 5000, interval: 100 }).then(() => true, () => false)
  return { holds: made, saw: `promised with ${asked.status}, ${made ? 'made' : 'not made within 5 s'}` }
}
