// k6 runs in what is there, or in what was asked for; never silently in something else.
import { expect, test } from 'vitest'
import { HarnessError } from '../errors.ts'
import { provideK6 } from './provide-k6.ts'
import type { K6Sources, K6Wish } from './provide-k6.ts'

const PROCESS = { k6: { way: 'process', binary: '/bin/k6' }, versions: { k6: '2.2.0' } }
const CONTAINER = { k6: { way: 'container', image: 'grafana/k6:2.2.0' }, versions: { k6: 'grafana/k6:2.2.0 sha256:1' } }
const missing = new HarnessError('IMAGE_MISSING', 'no grafana/k6:2.2.0')

function choose(wish: K6Wish, there: { readonly binary: boolean; readonly image: boolean | HarnessError }) {
  const said: string[] = []
  const sources: K6Sources = {
    hasBinary: async () => there.binary,
    binary: async () => ({ tools: new Map([['k6', '/bin/k6']]), versions: { k6: '2.2.0' } }),
    image: async (build) => {
      if (wish.way === undefined && build) throw new Error('an image is only built for who insists on it')
      if (there.image !== true) throw there.image === false ? missing : there.image
      return { reference: 'grafana/k6:2.2.0', id: 'sha256:1' }
    },
    onChoice: (sentence) => void said.push(sentence),
  }
  return { said, chosen: provideK6(wish, sources) }
}

test.each([
  ['a binary that is there is used beside containers', { runtime: 'containers' }, { binary: true, image: true }, PROCESS],
  ['without one the image is', { runtime: 'containers' }, { binary: false, image: true }, CONTAINER],
  ['without either the binary is built', { runtime: 'containers' }, { binary: false, image: false }, PROCESS],
  ['beside processes it is a process', { runtime: 'local' }, { binary: false, image: true }, PROCESS],
  ['who wants a container gets one', { runtime: 'containers', way: 'container' }, { binary: true, image: true }, CONTAINER],
  ['who wants a process gets one', { runtime: 'containers', way: 'process' }, { binary: false, image: true }, PROCESS],
] as const)('%s', async (_, wish, there, wanted) => {
  expect(await choose(wish, there).chosen).toEqual(wanted)
})

test('that there was no image is said, since building takes a while', async () => {
  const { said, chosen } = choose({ runtime: 'containers' }, { binary: false, image: false })
  await chosen
  expect(said).toEqual(['k6 as a process: no grafana/k6:2.2.0'])
})

test('who insists on a container is told that there is none', async () => {
  await expect(choose({ runtime: 'containers', way: 'container' }, { binary: true, image: false }).chosen).rejects.toBe(missing)
})

test('an engine that refuses is no missing image', async () => {
  const refused = new HarnessError('ENGINE_REFUSED', 'no space left')
  await expect(choose({ runtime: 'containers' }, { binary: false, image: refused }).chosen).rejects.toBe(refused)
})

test('a container beside local processes is a mistake of the command line', async () => {
  await expect(choose({ runtime: 'local', way: 'container' }, { binary: true, image: true }).chosen).rejects.toMatchObject({ code: 'USAGE', exitCode: 2 })
})
