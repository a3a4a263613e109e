// Runs of an instrument that fail, one after another. with:
//   count       how many; 6 when left out
//   instrument  illumina, nanopore (when left out), pacbio, ...: as the sequencing service names its platforms
//   type        of the runs, such as metagenomics (when left out)
// At the end twenty runs succeed, after which nobody asks how those before them went. When it dies, the failed ones count
// until others have ended after them.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { disturb } from './lib/disturb.ts'
import { answered, tokenOf } from './lib/gateway.ts'
import { abreast } from './lib/samples.ts'
import { optionsOf } from './lib/told.ts'

const asked = optionsOf(
  z.strictObject({
    count: z.number().int().min(1).max(20).default(6),
    instrument: z.string().regex(/^\w+$/, 'a platform such as nanopore').default('nanopore'),
    type: z.string().regex(/^\w+$/, 'a kind of run such as metagenomics').default('metagenomics'),
  }),
)
const RUNS = '/api/sequencing/runs'
const LATEST = 20

let token: string | undefined
let failed = 0
let newest = ''

interface Run {
  readonly id: string
  readonly status: string
}

async function runUntil(status: 'failed' | 'completed'): Promise<string> {
  const about = { name: 'x', platform_id: asked.instrument, flowcell_id: randomUUID(), run_type: asked.type }
  const { id } = await answered<Run>({ method: 'POST', path: RUNS, body: JSON.stringify(about), token })
  await answered({ method: 'POST', path: `${RUNS}/${id}/start`, token })
  await answered({ method: 'PUT', path: `${RUNS}/${id}/status`, body: JSON.stringify({ status }), token })
  return id
}

await disturb({
  begin: async (signal) => {
    token = await tokenOf('user')
    for (; failed < asked.count && !signal.aborted; failed += 1) newest = await runUntil('failed')
  },
  look: async () => {
    const { status } = await answered<Run>({ method: 'GET', path: `${RUNS}/${newest}`, token })
    return { bites: `${failed} runs on ${asked.instrument} have failed; the newest one is ${status}`, holds: status === 'failed' && failed === asked.count }
  },
  end: async () => {
    if (failed > 0) await abreast(Array.from({ length: LATEST }), () => runUntil('completed'))
    return `${failed} runs have failed, and ${failed > 0 ? LATEST : 0} succeeded after them`
  },
})
