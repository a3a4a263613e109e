// What every scenario exports to k6: its options, its endless arrival of journeys, its summary.
import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { turns } from './operation.ts'
import type { Settings } from './settings.ts'
import { arrive } from './turns.ts'

/** One script engine gives this many turns per second with room to spare; above it the turns are shared out. */
const TURNS_PER_VU = 200

/** One user's way through the system; counts are of this VU: journeys from 1, and the turns given before this one. */
export type Journey = (index: number, turnsGiven: number) => Promise<void>

/** What k6 hands to handleSummary, as far as it is kept. */
export interface Summary {
  readonly metrics: unknown
  readonly state: unknown
}

/**
 * One VU runs all journeys side by side and gives the turns itself: k6's own arrival-rate executors need a VU per
 * hanging request, drop the arrival that finds none, and rotate through all of them, so that a journey of one VU would
 * move on only every few seconds.
 */
export function optionsFor({ rate, duration }: Settings): Options {
  return {
    scenarios: {
      journeys: {
        executor: 'per-vu-iterations',
        vus: vusFor(rate),
        iterations: 1,
        maxDuration: duration,
        gracefulStop: '0s',
      },
    },
    setupTimeout: '60s',
    batch: 100,
    batchPerHost: 100,
    discardResponseBodies: false,
    systemTags: ['name', 'status', 'error_code', 'expected_response'],
    summaryTrendStats: ['avg', 'min', 'med', 'p(90)', 'p(95)', 'p(99)', 'max'],
  }
}

/** Begins operations at the settings' rate until k6 ends the run. A journey that throws is a defect of its script. */
export async function runJourneys(settings: Settings, journey: Journey): Promise<void> {
  let begun = 0
  await arrive({
    turns,
    rate: settings.rate / vusFor(settings.rate),
    now: () => exec.instance.currentTestRunDuration,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    begin: (given) => {
      begun += 1
      journey(begun, given).catch(callOff)
    },
    ended: () => false,
  })
}

/** File name -> content. */
export type SummaryFiles = Readonly<Record<string, string>>

/** What handleSummary returns: k6's measurements as JSON, with notes on what the scenario left out. */
export function summaryFile({ summary }: Settings, data: Summary, notes: readonly string[] = []): SummaryFiles {
  return { [summary]: JSON.stringify({ notes, state: data.state, metrics: data.metrics }, undefined, 2), stdout: '' }
}

function callOff(thrown: unknown): void {
  // The message and the line that threw; the lines below are of this library.
  const lines = thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 2) : [String(thrown)]
  exec.test.abort(`a journey broke: ${lines.map((line) => line.trim()).join(' ')}`)
}

function vusFor(rate: number): number {
  return Math.ceil(rate / TURNS_PER_VU)
}
