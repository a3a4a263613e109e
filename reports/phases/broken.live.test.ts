// Ten things are broken, one for each of ten kinds of check: exactly the criteria that judge them fail, and nothing else does.
import { expect, test, vi } from 'vitest'
import { cli } from '../../harness/run/testing/cli.ts'
import { ROOT } from '../../harness/run/testing/live-runs.ts'
import { BROKEN, brokenOverlay, WHOLE } from './testing/broken-overlay.ts'

// a whole stack is started, twice
vi.setConfig({ testTimeout: 400_000 })

const broken = Object.values(BROKEN).flat().toSorted()
const only = [...broken, ...WHOLE].flatMap((id) => ['--only', id])

interface Reported {
  readonly gates: readonly { readonly findings: readonly { readonly criterion: { readonly id: string }; readonly how: string; readonly verdict: string; readonly because: string }[] }[]
}

/** The criteria that were judged, by what they came to; with the reasons of those that did not pass, for whoever has to find out why. */
async function judged(...files: readonly string[]) {
  const { out, err } = await cli('gate', 'all', ...only, '--runtime', 'local', '--json', ...files.flatMap((file) => ['-f', file]))
  if (out === '') throw new Error(err)
  const findings = (JSON.parse(out) as Reported).gates.flatMap((gate) => gate.findings).filter(({ how }) => how === 'judged')
  const of = (verdict: string) => findings.filter((one) => one.verdict === verdict).map(({ criterion }) => criterion.id).toSorted()
  return { fail: of('fail'), pass: of('pass'), open: findings.filter(({ verdict }) => verdict === 'inconclusive').map(({ criterion, because }) => `${criterion.id}: ${because}`) }
}

test('on the system as it is, each of them holds', async () => {
  expect(await judged('compose/compose.yaml')).toEqual({ fail: [], pass: [...broken, ...WHOLE].toSorted(), open: [] })
})

test('with ten things broken exactly those fail that judge them', async () => {
  expect(await judged('compose/compose.yaml', brokenOverlay(ROOT))).toEqual({ fail: broken, pass: [...WHOLE].toSorted(), open: [] })
})
