// For the benchmark of an edge: one and the same request, again as soon as it is answered, by a few users at once. No journey,
// no history, no pace of its own, so that nothing but the way to the answer takes time.
import http from 'k6/http'
import type { Options } from 'k6/options'
import { summaryFile } from '../lib/journey.ts'
import type { Summary, SummaryFiles } from '../lib/journey.ts'
import { readSettings } from '../lib/settings.ts'

const USERS = 4

const settings = readSettings()
const url = `${settings.baseUrl}${__ENV.ASK_PATH}`

export const options: Options = {
  scenarios: { asking: { executor: 'constant-vus', exec: 'ask', vus: USERS, duration: settings.duration, gracefulStop: '1s' } },
  summaryTrendStats: ['med', 'p(95)'],
}

export function ask(): void {
  http.get(url)
}

export function handleSummary(data: Summary): SummaryFiles {
  return summaryFile(settings, data)
}
