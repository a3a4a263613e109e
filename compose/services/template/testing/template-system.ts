// What the contract tests of the template service have in common: a system, its caller, templates and fields.
import type { Answer } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'

/** The least a template needs. */
export const FORM = { name: 'DNA intake', template_type: 'form' }
/** The least a field needs. */
export const VOLUME = { field_name: 'volume', field_label: 'Volume', field_type: 'Number' }
/** An id that nothing has. */
export const NOBODY = '00000000-0000-4000-8000-000000000000'

/** Every route, with a body that is right. */
export const ROUTES: readonly (readonly [route: string, body?: object])[] = [
  ['POST /templates', FORM],
  ['GET /templates'],
  ['GET /templates/:id'],
  ['PUT /templates/:id', {}],
  ['DELETE /templates/:id'],
  ['GET /templates/:id/data'],
  ['POST /templates/:id/clone'],
  ['POST /templates/:id/fields', VOLUME],
  ['GET /templates/:id/fields'],
  ['GET /templates/:id/fields/:field_id'],
  ['PUT /templates/:id/fields/:field_id', {}],
  ['DELETE /templates/:id/fields/:field_id'],
  ['GET /templates/:id/download'],
  ['GET /templates/:id/export'],
  ['POST /templates/import', { templates: [FORM] }],
]

/** The parts of an answer's body that the tests look at. */
export interface Body {
  readonly template?: Readonly<Record<string, unknown>>
  readonly field?: Readonly<Record<string, unknown>>
}

/** A template service with what the tests do with it, as its user. */
export interface TemplateSystem extends ContractSystem {
  ask(what: string, body?: unknown): Promise<Answer>
  /** Creates a template; its id. */
  created(wish?: object): Promise<string>
  /** Creates a template with a field; both ids. */
  withField(wish?: object): Promise<[string, string]>
  upload(name: string, content: string, template?: string): Promise<Response>
}

/** Starts it on the loopback addresses of `subnet`. Nobody listens for its events: they wait, requests do not. */
export async function startTemplateSystem(subnet: string): Promise<TemplateSystem> {
  const env = { EVENT_SERVICE_URL: `http://${subnet}.9:8087`, BODY_LIMIT: '100000' }
  const system = await startContractSystem(subnet, { name: 'template', port: 8083, env })
  const ask = (what: string, body?: unknown): Promise<Answer> => system.call(what, body, system.user.token)
  const created = async (wish: object = {}): Promise<string> => {
    const { status, body } = await ask('POST /templates', { ...FORM, ...wish })
    if (status !== 200) throw new Error(`create answered ${status}: ${JSON.stringify(body)}`)
    return String((body as Body).template?.id)
  }
  const withField = async (wish: object = {}): Promise<[string, string]> => {
    const id = await created()
    const { body } = await ask(`POST /templates/${id}/fields`, { ...VOLUME, ...wish })
    return [id, String((body as Body).field?.id)]
  }
  return { ...system, ask, created, withField, upload: (...what) => upload(system, what) }
}

function upload(
  { user, service }: ContractSystem,
  [name, content, template]: [string, string, string?],
): Promise<Response> {
  const body = new FormData()
  body.set('file', new File([content], name))
  if (template !== undefined) body.set('template', template)
  const headers = { authorization: `Bearer ${user.token}` }
  return fetch(`${service.base}/templates/upload`, { method: 'POST', headers, body })
}
