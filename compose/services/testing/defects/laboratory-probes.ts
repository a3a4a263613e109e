// What finds the defects of the services that keep samples, places, runs, libraries and reviews.
import { randomUUID } from 'node:crypto'
import { answered, type Bench, type Probe, type Sight } from './probe.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000000'
const DNA = { name: 'a sample', sample_type: 'DNA' }
/** With the defect one write of ten is lost. */
const WRITES = 10

/** Probes of sample, storage, sequencing, library details and QA/QC. */
export const laboratoryProbes: readonly Probe[] = [
  {
    defect: 'drop-acknowledged-writes',
    service: 'sample',
    kind: 'store',
    says: 'every acknowledged sample is stored once',
    look: keptSamples,
  },
  {
    defect: 'status-update-answers-500',
    service: 'sample',
    kind: 'answer',
    says: 'PUT /samples/:id/status answers 200 when it moves the sample',
    look: async (bench) => {
      return answered(200, await bench.user(`PUT /samples/${await sample(bench)}/status`, { new_status: 'Validated' }))
    },
  },
  {
    defect: 'delete-answers-500',
    service: 'sample',
    kind: 'answer',
    says: 'DELETE /samples/:id answers 200',
    look: async (bench) => answered(200, await bench.user(`DELETE /samples/${await sample(bench)}`)),
  },
  {
    defect: 'two-samples-one-position',
    service: 'storage',
    kind: 'invariant',
    says: 'no position holds two samples',
    freshDatabase: true,
    look: onePosition,
  },
  {
    defect: 'no-saga-routes',
    service: 'storage',
    kind: 'answer',
    says: 'POST /api/v1/storage/release, a step of sagas, is served',
    look: async ({ peer }) => {
      const { status, code } = await peer('POST /api/v1/storage/release', { sample_id: NOWHERE })
      return { holds: status !== 404, saw: `answered ${status} ${code}`.trim() }
    },
  },
  {
    defect: 'unready-is-500',
    service: 'storage',
    kind: 'readiness',
    says: '/health/ready answers 503, not 500, while its database is away',
    bereft: true,
    look: async ({ nobody }) => answered(503, await nobody('GET /health/ready')),
  },
  {
    defect: 'mock-sequencing-runs',
    service: 'sequencing',
    kind: 'store',
    says: 'a run that was acknowledged can be read',
    look: keptRun,
  },
  {
    defect: 'partial-batches',
    service: 'library-details',
    kind: 'store',
    says: 'a batch that was refused leaves nothing behind',
    look: wholeBatch,
  },
  {
    defect: 'reviews-overwritten',
    service: 'qaqc',
    kind: 'answer',
    says: 'a second decision on a review is refused with 409',
    look: decidedOnce,
  },
]

async function sample({ user }: Bench, barcode = randomUUID()): Promise<string> {
  return String((await user('POST /samples', { ...DNA, barcode })).data.id)
}

async function keptSamples(bench: Bench): Promise<Sight> {
  const barcodes = Array.from({ length: WRITES }, () => randomUUID())
  for (const barcode of barcodes) await sample(bench, barcode)
  const sql = 'select count(*)::int as kept from sample.samples where barcode = any($1)'
  const [row] = await bench.ground.system.postgres.read<{ kept: number }>(sql, [barcodes])
  return { holds: row?.kept === WRITES, saw: `${row?.kept} of ${WRITES} acknowledged samples stored` }
}

async function onePosition({ user }: Bench): Promise<Sight> {
  const made = async (path: string, body: object) => String((await user(`POST ${path}`, body)).data.id)
  const zone = { temperature_zone: 'freezer' }
  const room = { name: randomUUID(), location_type: 'freezer', max_capacity: 10, ...zone }
  const location_id = await made('/storage/locations', room)
  const freezer = await made('/storage/containers', { name: 'f', container_type: 'freezer', capacity: 10, location_id, ...zone })
  const within = (container_type: string, parent_container_id: string) => {
    return made('/storage/containers', { name: container_type, container_type, capacity: 1, parent_container_id })
  }
  const box = await within('box', await within('rack', freezer))
  const container_id = await within('position', box)
  const assign = () => user('POST /storage/samples/assign', { sample_id: randomUUID(), container_id })
  const first = await assign()
  const second = await assign()
  return { holds: first.status === 201 && second.status !== 201, saw: `answered ${first.status}, then ${second.status}` }
}

async function keptRun({ user }: Bench): Promise<Sight> {
  const run = { name: 'run', platform_id: 'nanopore', flowcell_id: randomUUID() }
  const made = await user('POST /api/sequencing/runs', run)
  const read = await user(`GET /runs/${(made.body as { id: string }).id}`)
  return { holds: read.status === 200, saw: `taken with ${made.status}, read with ${read.status}` }
}

async function wholeBatch({ user, ground }: Bench): Promise<Sight> {
  const barcode = randomUUID()
  const library = { name: 'lib', library_type: 'dna', concentration: 50, volume: 10, metadata: {} }
  const libraries = [{ ...library, barcode }, { ...library, preparation_protocol_id: NOWHERE }]
  const { status } = await user('POST /api/v1/libraries/batch', { libraries })
  const sql = 'select 1 from library_details.libraries where barcode = $1'
  const stored = (await ground.system.postgres.read(sql, [barcode])).length
  return { holds: status === 400 && stored === 0, saw: `refused with ${status}, ${stored} of 2 stored` }
}

async function decidedOnce({ user }: Bench): Promise<Sight> {
  const review = { entity_type: 'sample', entity_id: NOWHERE, review_type: 'manual' }
  const { body } = await user('POST /api/v1/qc/reviews', review)
  const path = `POST /api/v1/qc/reviews/${(body as { id: string }).id}/complete`
  await user(path, { decision: 'approved' })
  return answered(409, await user(path, { decision: 'rejected' }))
}
