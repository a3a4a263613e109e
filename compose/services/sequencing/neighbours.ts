// The services that sequencing knows but can do without: readiness says how they are and does not depend on them.
import { call } from '../kit/http-call.ts'
import { runChecks, type Check, type CheckResult } from '../kit/readiness.ts'
import type { SequencingSettings } from './settings.ts'

/** Looks at the neighbours. */
export interface Neighbours {
  /** A check that always succeeds, when all neighbours have been looked at or the time is over. */
  look(): Promise<void>
  /** What the latest look found. */
  found(): Readonly<Record<string, CheckResult>>
}

/** Less than the deadline of readiness itself, so that a silent neighbour never makes this service unready. */
const SHARE = 0.8

/** The neighbours that have an address. */
export function createNeighbours(settings: SequencingSettings): Neighbours {
  const { sampleUrl, notificationUrl, templateUrl, storageUrl, readinessTimeout } = settings
  const urls = { sample: sampleUrl, notification: notificationUrl, template: templateUrl, storage: storageUrl }
  const deadline = readinessTimeout * SHARE
  const checks: Record<string, Check> = {}
  for (const [peer, url] of Object.entries(urls)) {
    if (url !== '') checks[`${peer}_service`] = () => isAlive(peer, url, deadline)
  }
  let latest: Readonly<Record<string, CheckResult>> = {}
  return {
    look: async () => {
      latest = await runChecks(checks, deadline)
    },
    found: () => latest,
  }
}

async function isAlive(peer: string, url: string, deadline: number): Promise<void> {
  const { status } = await call({ peer, method: 'GET', url: `${url}/health`, deadline })
  if (status !== 200) throw new Error(`${peer} answered ${status}`)
}
