// A laboratory in memory that answers the sample journey well, fails, or hangs: load can be tested with no system.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** good: as promised. failing: 500 to everything about samples. hanging: no answer at all about samples. */
export type Mood = 'good' | 'failing' | 'hanging'

export interface Laboratory extends AsyncDisposable {
  readonly url: string
  readonly barcodes: ReadonlySet<string>
  readonly traces: ReadonlySet<string>
  feel(mood: Mood): void
}

interface Sample {
  readonly id: string
  readonly barcode: string
  readonly name: string
  readonly sample_type: string
  readonly status: string
}

interface Reply {
  readonly status: number
  readonly body: unknown
}

interface Request {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

const REFUSED: Reply = { status: 400, body: { error: 'invalid_workflow_transition' } }
const NEXT: Readonly<Record<string, string>> = {
  Pending: 'Validated',
  Validated: 'InStorage',
  InStorage: 'InSequencing',
  InSequencing: 'Completed',
}

/** Listens on a free port of `host`. */
export async function openLaboratory(host: string): Promise<Laboratory> {
  const samples = new Map<string, Sample>()
  const traces = new Set<string>()
  let mood: Mood = 'good'
  const server = createServer((request, response) => {
    traces.add(String(request.headers.traceparent).split('-')[1] ?? '')
    const path = request.url ?? '/'
    if (path.startsWith('/api/samples') && mood !== 'good') {
      if (mood === 'failing') send(response, { status: 500, body: { error: 'database_error' } })
      return
    }
    void bodyOf(request).then((body) => send(response, answer(samples, { path: `${request.method} ${path}`, body })))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  return {
    url: `http://${host}:${typeof address === 'object' && address ? address.port : 0}`,
    get barcodes() {
      return new Set([...samples.values()].map(({ barcode }) => barcode))
    },
    traces,
    feel: (next) => {
      mood = next
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(samples: Map<string, Sample>, { path, body }: Request): Reply {
  const [, id = ''] = /\/api\/samples\/([0-9a-f-]{36})/.exec(path) ?? []
  const sample = samples.get(id) ?? [...samples.values()].find(({ barcode }) => path.endsWith(`/barcode/${barcode}`))
  if (path.startsWith('POST /api/auth/')) return granted(session(body))
  if (path === 'POST /api/samples') return create(samples, body)
  if (path === 'POST /api/samples/batch') return batch(samples, body)
  if (path.startsWith('GET /api/samples?')) return granted({ page: 1, samples: [...samples.values()].slice(-10) })
  if (sample === undefined) return { status: 404, body: { error: 'sample_not_found' } }
  if (path.endsWith('/validate')) return granted({ sample_id: id, is_valid: true })
  if (!path.endsWith('/status')) return granted(sample)
  if (NEXT[sample.status] !== body.new_status) return REFUSED
  samples.set(id, { ...sample, status: String(body.new_status) })
  return granted(samples.get(id))
}

function create(samples: Map<string, Sample>, body: Request['body']): Reply {
  const barcode = String(body.barcode)
  const taken = [...samples.values()].some((known) => known.barcode === barcode)
  if (taken) return { status: 409, body: { error: 'duplicate_barcode' } }
  const { name, sample_type } = body
  const sample = { id: randomUUID(), barcode, name: String(name), sample_type: String(sample_type), status: 'Pending' }
  samples.set(sample.id, sample)
  return granted(sample)
}

function batch(samples: Map<string, Sample>, body: Request['body']): Reply {
  const wanted = body.samples as readonly Request['body'][]
  const created = wanted.map((sample) => (create(samples, sample).body as { data: Sample }).data)
  return granted({ created_samples: created, failed_samples: [], total_created: created.length, total_failed: 0 })
}

function session({ email }: Request['body']): unknown {
  const [user_id, session_id, refresh_token] = [randomUUID(), randomUUID(), randomUUID()]
  const expires_at = new Date(Date.now() + 3_600_000).toISOString()
  return { email, user_id, access_token: 'a.b.c', refresh_token, session_id, expires_at }
}

function granted(data: unknown): Reply {
  return { status: 200, body: { success: true, user_id: randomUUID(), data } }
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<Request['body']> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Request['body'])
}
