// Starts RAG with its model behind a gate for live tests, and speaks to it as a user does.
import { vi, expect } from 'vitest'
import type { Answer } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'
import { openGate, type Gate } from '../../testing/gate.ts'
import type { ServiceProcess } from '../../testing/service-process.ts'

/** A form that says everything a submission needs. */
export const FORM = `Submitter: Ada
E-mail: ada@x.org
Sample ID: DNA-77001
Sample type: DNA
Concentration: 5 ng/ul
Volume: 30 ul`

/** What an upload was answered with. */
export interface Told {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** A running RAG. */
export interface RagSystem {
  readonly system: ContractSystem
  /** The edge rag->rag-model. */
  readonly gate: Gate
  readonly model: ServiceProcess
  /** The environment of the service. */
  readonly env: Readonly<Record<string, string>>
  startModel(): ServiceProcess
  send(content: string | Uint8Array<ArrayBuffer>, path?: string, base?: string): Promise<Told>
  ask(query: string, session?: string, token?: string): Promise<Answer>
  get(path: string): Promise<Answer>
  metric(name: string): Promise<number>
  /** Waits until a document is processed. */
  settled(id: unknown): Promise<void>
  stop(): Promise<void>
}

/** Starts everything on loopback addresses of `subnet`; the model may take 400 ms, three documents may wait. */
export async function startRag(subnet: string): Promise<RagSystem> {
  const env = {
    MODEL_URL: `http://${subnet}.8:8094`,
    MODEL_TIMEOUT: '400ms',
    DB_QUERY_TIMEOUT: '1s',
    ACCURACY_EVERY: '1s',
    RAG_QUEUE_LIMIT: '3',
    // Nobody is there: events have to wait.
    EVENT_SERVICE_URL: `http://${subnet}.9:8087`,
  }
  const gate = await openGate({ host: `${subnet}.8`, port: 8094 }, { host: `${subnet}.7`, port: 8094 })
  const system = await startContractSystem(subnet, { name: 'rag', port: 8086, env })
  const startModel = (): ServiceProcess => system.more({ name: 'rag-model', port: 8094 }, `${subnet}.7`)
  const model = startModel()
  await model.waitUntil('/health/ready', 200)
  const user = userOf(system)
  // Found away at the start, the model has to be found back before documents are brought to it at once.
  const measured = async () => expect(await user.metric('ai_model_accuracy{model="tracseq-lab-1"}')).toBeGreaterThan(0)
  await vi.waitFor(measured, { timeout: 10_000, interval: 100 })
  const stop = async (): Promise<void> => {
    await system.stop()
    await gate.close()
  }
  return { system, gate, model, env, startModel, stop, ...user }
}

type User = Pick<RagSystem, 'send' | 'ask' | 'get' | 'metric' | 'settled'>

function userOf({ service, user, call }: ContractSystem): User {
  const get = (path: string): Promise<Answer> => call(`GET ${path}`, undefined, user.token)
  return {
    get,
    send: async (content, path = '/api/rag/process', base = service.base) => {
      const form = new FormData()
      form.append('file', new File([content], 'form.txt', { type: 'text/plain' }))
      const headers = { authorization: `Bearer ${user.token}` }
      const answer = await fetch(base + path, { method: 'POST', body: form, headers })
      return { status: answer.status, body: (await answer.json()) as Told['body'] }
    },
    ask: (query, session_id, token = user.token) => call('POST /api/samples/rag/query', { query, session_id }, token),
    metric: async (name) => {
      const text = await (await fetch(`${service.base}/metrics`)).text()
      const line = text.split('\n').find((one) => one.startsWith(`${name} `))
      return Number(line?.split(' ').at(-1))
    },
    settled: async (id) => {
      const status = async () => ((await get(`/api/rag/submissions/${id}`)).body as { status: string }).status
      const look = async () => expect(await status()).toBe('completed')
      await vi.waitFor(look, { timeout: 10_000, interval: 100 })
    },
  }
}
