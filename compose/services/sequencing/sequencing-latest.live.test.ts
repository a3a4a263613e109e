// How the latest runs of a kind went, as the metrics tell it, restarts included.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSequencingSystem, type SequencingSystem } from './testing/sequencing-system.ts'

const KIND = { platform_id: 'nanopore', run_type: 'metagenomics' }

let system: SequencingSystem

beforeAll(async () => {
  system = await startSequencingSystem('127.62.29')
}, 90_000)

afterAll(() => system.stop())

async function end(status: string): Promise<void> {
  const id = await system.run(KIND)
  await system.done(`POST /runs/${id}/start`, 200)
  await system.done(`PUT /runs/${id}/status`, 200, { status })
}

/** Success and failed, as the service at that address has them. */
async function latest(base = system.service.base): Promise<readonly number[]> {
  const text = await (await fetch(`${base}/metrics`)).text()
  const of = (status: string): number => {
    const name = `sequencing_latest_runs{instrument="nanopore",run_type="metagenomics",status="${status}"} `
    return Number(text.split('\n').find((line) => line.startsWith(name))?.slice(name.length))
  }
  return [of('success'), of('failed')]
}

it('counts what succeeded and what failed, not what was stopped, of the latest twenty only', async () => {
  expect(await latest()).toEqual([Number.NaN, Number.NaN])
  for (const status of ['failed', 'completed', 'aborted', 'completed']) await end(status)
  expect(await latest()).toEqual([2, 1])
  for (let n = 0; n < 17; n += 1) await end('completed')
  expect(await latest()).toEqual([19, 1])
  await end('completed')
  expect(await latest()).toEqual([20, 0])
  for (let n = 0; n < 3; n += 1) await end('failed')
  expect(await latest()).toEqual([17, 3])
})

it('still knows after a restart', async () => {
  const restarted = system.more({ name: 'sequencing', port: 8084 }, '127.62.29.7')
  await restarted.waitUntil('/metrics', 200)
  await expect.poll(() => latest(restarted.base), { timeout: 10_000 }).toEqual([17, 3])
})
