// What the contract tests of the sequencing service have in common: a system, its caller, jobs, runs and sheets.
import { randomUUID } from 'node:crypto'
import type { Answer } from '../../testing/client.ts'
import { startContractSystem, type ContractSystem } from '../../testing/contract-system.ts'

/** An id that nothing has. */
export const NOBODY = '00000000-0000-4000-8000-000000000000'
/** The least a job needs. */
export const JOB = { name: 'batch 7', priority: 'high', platform_id: 'illumina_novaseq', workflow_id: 'standard_wgs' }
/** The least a line of a sheet needs. */
export const LINE = { sample_id: 's1', sample_name: 'one', sample_well: 'A1', index1: 'ACGTACGT', project: 'p' }
/** The least a sheet needs. */
export const SHEET = { name: 'plate 7', platform_id: 'illumina_novaseq', samples: [LINE] }
/** The least a run needs. */
export const RUN = { name: 'run 7', platform_id: 'illumina_novaseq', flowcell_id: 'FC' }
/** The least a workflow needs. */
export const WORKFLOW = { name: 'mine', workflow_type: 'custom', steps: [{ name: 'a', step_type: 'x' }] }

/** Every route, with a body that is right. */
export const ROUTES: readonly (readonly [route: string, body?: object])[] = [
  ['POST /jobs', JOB],
  ['GET /jobs'],
  ['GET /jobs/:id'],
  ['PUT /jobs/:id', {}],
  ['DELETE /jobs/:id'],
  ['PUT /jobs/:id/status', { status: 'submitted' }],
  ['POST /jobs/:id/clone'],
  ['POST /jobs/:id/cancel'],
  ['POST /runs', RUN],
  ['GET /runs'],
  ['GET /runs/:id'],
  ['GET /runs/:id/metrics'],
  ['PUT /runs/:id/status', { status: 'ready' }],
  ['POST /runs/:id/start'],
  ['POST /runs/:id/stop'],
  ['POST /api/sequencing/runs', RUN],
  ['GET /api/sequencing/runs'],
  ['POST /sample-sheets', SHEET],
  ['GET /sample-sheets'],
  ['GET /sample-sheets/:id'],
  ['PUT /sample-sheets/:id', {}],
  ['DELETE /sample-sheets/:id'],
  ['POST /sample-sheets/:id/validate'],
  ['GET /sample-sheets/:id/export'],
  ['POST /workflows', WORKFLOW],
  ['GET /workflows'],
  ['GET /workflows/:workflow_id'],
  ['POST /workflows/:workflow_id/execute', {}],
  ['GET /workflows/executions/:id'],
  ['PUT /workflows/executions/:id/steps/:step', { status: 'completed' }],
]

/** A sequencing service with what the tests do with it, as its user. */
export interface SequencingSystem extends ContractSystem {
  ask(what: string, body?: unknown): Promise<Answer>
  /** The body of an answer that must have this status. */
  done(what: string, status: number, body?: object): Promise<Readonly<Record<string, unknown>>>
  /** Creates a job and leads it on through these statuses; its id. */
  job(statuses?: readonly string[], wish?: object): Promise<string>
  /** Creates a run on a flow cell of its own; its id. */
  run(wish?: object): Promise<string>
  /** Creates a sheet; its id. */
  sheet(wish?: object): Promise<string>
  /** The value of a metric. */
  metric(name: string): Promise<number>
  /** The types of the events of a job or run, in order. */
  events(subject: string): Promise<string[]>
  /** The steps of a job through its states, such as `draft>submitted`, in order. */
  history(job: string): Promise<string[]>
}

const HISTORY = `select previous_status || '>' || new_status as step from sequencing.job_status_history
where job_id = $1 order by id`

/** The way of a job into the queue. */
export const INTO_QUEUE = ['submitted', 'validated', 'queued']

/** Starts it on the loopback addresses of `subnet`. Nobody listens for its events: they wait, requests do not. */
export async function startSequencingSystem(
  subnet: string,
  env: Readonly<Record<string, string>> = {},
): Promise<SequencingSystem> {
  const usual = { EVENT_SERVICE_URL: `http://${subnet}.9:8087`, BODY_LIMIT: '200000' }
  const system = await startContractSystem(subnet, { name: 'sequencing', port: 8084, env: { ...usual, ...env } })
  return { ...system, ...actsOf(system) }
}

function actsOf(system: ContractSystem): Omit<SequencingSystem, keyof ContractSystem> {
  const ask = (what: string, body?: unknown): Promise<Answer> => system.call(what, body, system.user.token)
  const done: SequencingSystem['done'] = async (what, status, body) => {
    const answer = await ask(what, body)
    if (answer.status === status) return answer.body as Readonly<Record<string, unknown>>
    throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }
  return {
    ask,
    done,
    job: async (statuses = [], wish = {}) => {
      const id = String((await done('POST /jobs', 201, { ...JOB, ...wish })).id)
      for (const status of statuses) await done(`PUT /jobs/${id}/status`, 200, { status })
      return id
    },
    run: async (wish) => {
      const run = { ...RUN, flowcell_id: `FC-${randomUUID()}`, ...wish }
      return String((await done('POST /runs', 201, run)).id)
    },
    sheet: async (wish) => {
      const { data } = await done('POST /sample-sheets', 200, { ...SHEET, ...wish })
      return String((data as { id: string }).id)
    },
    metric: async (name) => {
      const text = await (await fetch(`${system.service.base}/metrics`)).text()
      const line = text.split('\n').find((one) => one.startsWith(`${name} `))
      return Number(line?.split(' ').at(-1))
    },
    events: async (subject) => {
      const sql = 'select event_type from sequencing.outbox where subject = $1 order by id'
      return (await system.postgres.read<{ event_type: string }>(sql, [subject])).map(({ event_type }) => event_type)
    },
    history: async (job) => (await system.postgres.read<{ step: string }>(HISTORY, [job])).map(({ step }) => step),
  }
}
