// Drills that run side by side come to the verdicts they come to one by one: the same criteria, the same alerts.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDrill } from '../drill/read-drill.ts'
import type { LoadedDrill } from '../model/drill.ts'
import { coreOverlay } from './testing/core-overlay.ts'
import { CORE, ROOT, run } from './testing/live-runs.ts'
import type { Ran } from './testing/live-runs.ts'

const NAMES = ['connections-held', 'endpoint-unreachable', 'receiver-broken']
/** As much as these three look at, under the shipped rules. */
const FILES = ['compose/compose.yaml', coreOverlay(join(ROOT, 'compose/compose.yaml'), [...CORE, 'blackbox-exporter', 'template'])]

async function drills(): Promise<readonly LoadedDrill[]> {
  const reads = await Promise.all(NAMES.map((name) => readDrill(join(ROOT, 'chaos', `${name}.ts`))))
  return reads.flatMap(({ drill }) => drill ?? [])
}

/** What it came to, without what is said of those beside it. */
function verdictsOf({ drills: judged }: Ran) {
  return judged.map(({ id, findings }) => [id, findings.map(({ criterion, verdict }) => `${criterion.kind}: ${verdict}`)])
}

function overlapping({ record }: Ran): boolean {
  const [first, second] = record.drills.map(({ phases }) => phases.fault)
  return first !== undefined && second !== undefined && first.from < second.to && second.from < first.to
}

test('three drills side by side pass as they do one by one', async () => {
  const list = await drills()
  expect(list).toHaveLength(NAMES.length)
  const apart = await run(list, { files: FILES, acceleration: 40 })
  const together = await run(list, { files: FILES, acceleration: 40, together: 3 })
  expect([apart, together].map(overlapping)).toEqual([false, true])
  expect(together.drills.flatMap(({ findings }) => findings).filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  expect(verdictsOf(together)).toEqual(verdictsOf(apart))
}, 300_000)
