// Every defect, switched on alone, is found by a criterion that holds on the sound system; writes reports/as-shipped.md.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSagaSystem, type SagaSystem } from '../../transaction/testing/saga-system.ts'
import { benchProbes } from './all-probes.ts'
import { startGround, type Ground } from './ground.ts'
import type { Bench, Criterion, Probe, Sight } from './probe.ts'
import { sagaProbes } from './saga-probes.ts'
import { finds, tableOf, type Row } from './table.ts'

const REPORT = join(import.meta.dirname, '../../../../reports/as-shipped.md')
const rows: Row[] = []
let ground: Ground

beforeAll(async () => {
  ground = await startGround('127.61.50')
}, 120_000)

afterAll(() => ground?.stop())

function titled<P extends Criterion>(probes: readonly P[]): readonly (readonly [title: string, probe: P])[] {
  return probes.map((probe) => [`${probe.defect} of ${probe.service}: ${probe.says}`, probe] as const)
}

/** Notes what both looks saw; the criterion must hold on the sound service, and not with the defect. */
function judge({ defect, service, kind, says }: Criterion, sound: Sight, shipped: Sight): void {
  const row: Row = { defect, service, kind, says, sound, shipped }
  rows.push(row)
  expect(finds(row), `sound: ${sound.saw}; with the defect: ${shipped.saw}`).toBe(true)
}

async function soundly(probe: Probe): Promise<Sight> {
  if (probe.env === undefined) return probe.look(ground.sound(probe.service))
  const bench = await ground.start(probe, '')
  return probe.look(bench).finally(() => bench.service.end('SIGKILL'))
}

async function asShipped(probe: Probe): Promise<Sight> {
  const bench = await ground.start(probe, probe.defect)
  return probe.look(bench).finally(() => bench.service.end('SIGKILL'))
}

describe('among sound services', () => {
  const probes = benchProbes.filter(({ bereft }) => bereft !== true)
  it.concurrent.each(titled(probes))('%s', async (_title, probe) => {
    judge(probe, await soundly(probe), await asShipped(probe))
  })
})

describe('sagas', () => {
  let saga: SagaSystem
  beforeAll(async () => {
    saga = await startSagaSystem('127.61.51')
  }, 120_000)
  afterAll(() => saga?.stop())

  async function looked({ look, env }: Probe<SagaSystem>, DEFECTS: string): Promise<Sight> {
    saga.reset()
    await saga.restart({ ...env, DEFECTS })
    return look(saga)
  }

  it.each(titled(sagaProbes))('%s', async (_title, probe) => {
    judge(probe, await looked(probe, ''), await looked(probe, probe.defect))
  })
})

describe('without Postgres and Redis', () => {
  const probes = benchProbes.filter(({ bereft }) => bereft === true)
  const benches = new Map<Probe, Bench>()
  beforeAll(async () => {
    for (const probe of probes) benches.set(probe, await ground.start(probe, probe.defect))
    await ground.bereave()
  }, 120_000)

  it.each(titled(probes))('%s', async (_title, probe) => {
    const bench = benches.get(probe)
    if (bench === undefined) throw new Error('it was not started')
    judge(probe, await probe.look(ground.sound(probe.service)), await probe.look(bench))
  })
})

it('reports/as-shipped.md is what was measured', async () => {
  await expect(tableOf(rows)).toMatchFileSnapshot(REPORT)
})
