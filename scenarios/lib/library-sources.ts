// What libraries are made from: a few samples and a protocol, which are there before the load begins.
import { post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aUuid, granted, textAt } from './expectation.ts'
import { prepare } from './preparation.ts'
import { create, sampleOf } from './sample-requests.ts'
import type { NewSample } from './sample-requests.ts'

const SAMPLES = 4
const STEP = { name: 'ligate', description: 'adapters to both ends' }

export interface KnownSample extends NewSample {
  readonly id: string
}

/** At least one sample, and the id of the protocol. */
export interface Sources {
  readonly samples: readonly [KnownSample, ...KnownSample[]]
  readonly protocol: string
}

/** Makes them; calls the run off when that fails. */
export function prepareSources(desk: Desk, run: string): Sources {
  const sampleAt = (index: number): KnownSample => {
    const sample = sampleOf(`${run}-source-${index}`)
    return { ...sample, id: textAt(prepare(create(desk, sample)), 'data.id') }
  }
  const more = Array.from({ length: SAMPLES - 1 }, (_, index) => sampleAt(index + 1))
  const protocol = { name: `protocol ${run}`, version: '1', library_type: 'dna', steps: [STEP] }
  const asked = post(desk, '/api/library-details/protocols', protocol)
  const known = prepare({ op: 'library.create-protocol', ...asked, expect: granted({ id: aUuid }) })
  return { samples: [sampleAt(0), ...more], protocol: textAt(known, 'id') }
}

/** One of the samples: each in its turn. */
export function sourceOf({ samples }: Sources, turn: number): KnownSample {
  return samples[turn % samples.length] ?? samples[0]
}
