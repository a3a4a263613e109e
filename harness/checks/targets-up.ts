// Could Prometheus see every part of the system before anything was done to it? What it cannot see, no alert will tell of.
import { evidenceOf } from '../model/record.ts'
import { fail, inconclusive, pass } from './outcome.ts'
import type { Check } from './outcome.ts'
import { count, sayList, sayMissing } from './wording.ts'

export const targetsUp: Check<'targets-up'> = {
  describe: () => 'Prometheus can scrape every target before anything is done to the system',
  judge(_criterion, record) {
    const [look] = evidenceOf(record, 'targets')
    if (look === undefined) return inconclusive('nobody looked at the targets of Prometheus')
    const lines = [look.seq]
    const { covered, missing, value } = look.evidence
    if (!covered) return inconclusive(`the targets of Prometheus are not known${sayMissing(missing)}`, { lines })
    if (value.length === 0) return inconclusive('Prometheus has no targets', { lines })
    const down = value.filter(({ health }) => health !== 'up').map(({ service, health, lastError }) => `${service} is ${health} (${lastError})`)
    if (down.length > 0) return fail(`${down.length} of ${count(value.length, 'target')} cannot be scraped: ${sayList(down, 5)}`, { lines })
    return pass(`${count(value.length, 'target')} up`, { lines })
  },
}
