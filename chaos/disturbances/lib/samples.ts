// Samples of a disturbance's own, and how they are taken back: many at a time, because it has to end soon.
import { randomUUID } from 'node:crypto'
import { granted, send } from './gateway.ts'
import { make } from './room.ts'

const SAMPLES = '/api/samples'
const AT_ONCE = 24

/** The id of a new sample. */
export function enter(token: string | undefined, about: object): Promise<string> {
  return make(token, SAMPLES, about)
}

/** The ids of so many new samples. */
export async function enterMany(token: string | undefined, count: number): Promise<readonly string[]> {
  const samples = Array.from({ length: count }, () => ({ name: 'x', sample_type: 'DNA', barcode: randomUUID() }))
  const body = JSON.stringify({ samples })
  const { created_samples: created } = await granted<{ readonly created_samples: readonly { readonly id: string }[] }>({ method: 'POST', path: `${SAMPLES}/batch`, body, token })
  return created.map(({ id }) => id)
}

export async function move(token: string | undefined, id: string, status: string): Promise<void> {
  await granted({ method: 'PUT', path: `${SAMPLES}/${id}/status`, body: JSON.stringify({ new_status: status }), token })
}

/** Throws when one of them stays. */
export async function remove(token: string | undefined, ids: readonly string[]): Promise<void> {
  let stay = 0
  await abreast(ids, async (id) => {
    const status = await send({ method: 'DELETE', path: `${SAMPLES}/${id}`, token }).then((answer) => answer.status, () => 0)
    if (status >= 300 || status === 0) stay += 1
  })
  if (stay > 0) throw new Error(`${stay} of ${ids.length} samples could not be deleted`)
}

/** The work for each of them, so many at once. */
export async function abreast<T>(of: Iterable<T>, work: (one: T) => Promise<unknown>, atOnce = AT_ONCE): Promise<void> {
  const left = of[Symbol.iterator]()
  const worker = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
