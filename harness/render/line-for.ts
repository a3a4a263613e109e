// One line for each thing worth seeing while a run goes on.
import { humanDuration } from '../model/duration.ts'
import type { Entry, EntryOf, FaultRef } from '../model/entry.ts'
import type { EvidenceOf, Proof } from '../model/evidence.ts'
import { wordOf } from '../model/fault.ts'
import { flat } from './words.ts'

/** The console's line for an entry; undefined for what only the report needs. It holds no time. */
export function lineFor(entry: Entry): string | undefined {
  const line = runLine(entry) ?? faultLine(entry) ?? drillLine(entry)
  return line === undefined ? undefined : flat(line)
}

function runLine(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'run-opened':
      return openedLine(entry)
    case 'gate-opened':
      return `gate ${entry.phase.name} (${entry.profile}): ${entry.phase.title}`
    case 'stack-starting':
      return `starting ${entry.services.join(', ')}`
    case 'stack-ready':
      return `the stack is ready after ${humanDuration(entry.ms)}`
    case 'service-died':
      return `${entry.service} died (${entry.how})${entry.lastLines.length === 0 ? '' : `: ${entry.lastLines.at(-1)}`}`
    case 'proxy-restarted':
      return `the proxy server was restarted: ${entry.why}`
    case 'step-failed':
      return `${entry.step} failed (${entry.code}): ${entry.message}. To do: ${entry.hint}`
    case 'release-failed':
      return `could not release ${entry.what}: ${entry.message}`
    case 'run-closed':
      return `run ${entry.reason}`
    default:
      return undefined
  }
}

function openedLine({ run, drills, runtime, acceleration }: EntryOf<'run-opened'>): string {
  return `run ${run}: ${drills.join(', ')} on ${runtime}${acceleration === 1 ? '' : `, accelerated ${acceleration}x`}`
}

function nameOf({ fault, target }: FaultRef): string {
  return `${wordOf(fault)} on ${target}`
}

function sayProof({ before, seen }: Proof): string {
  return `${seen} (before: ${before})`
}

function faultLine(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'fault-applied':
      return `fault applied: ${nameOf(entry)}`
    case 'fault-proved':
      return `fault ${entry.proof.holds ? 'proved' : 'NOT proved'}: ${nameOf(entry)}, ${sayProof(entry.proof)}`
    case 'fault-reverted':
      return `fault reverted: ${nameOf(entry)}`
    case 'fault-gone':
      return `fault ${entry.proof.holds ? 'gone' : 'NOT gone'}: ${nameOf(entry)}, ${sayProof(entry.proof)}`
    default:
      return undefined
  }
}

function drillLine(entry: Entry): string | undefined {
  switch (entry.type) {
    case 'drill-opened':
      return `drill ${entry.drillId ?? entry.drill.name}: ${entry.drill.title}`
    case 'phase-began':
      return `phase: ${entry.phase}`
    case 'load-started':
      return `load: ${entry.scenario} at ${entry.rate}/s${entry.way === 'container' ? ', k6 in a container' : ''}`
    case 'evidence':
      return entry.evidence.probe === 'delivery' ? deliveryLine(entry.evidence) : unseenLine(entry.evidence)
    case 'drill-closed':
      return `drill ${entry.reason}`
    default:
      return undefined
  }
}

function deliveryLine({ value }: EvidenceOf<'delivery'>): string {
  const told = value.notifications.map(
    ({ alert, status, labels }) => `${alert}${labels.service ? `{service=${labels.service}}` : ''} ${status}`,
  )
  const by = value.channel === undefined || value.channel === 'webhook' ? '' : ` by ${value.channel}`
  return `delivered to ${value.receiver}${by}: ${told.join(', ')}`
}

function unseenLine({
  probe,
  covered,
  missing,
}: {
  probe: string
  covered: boolean
  missing?: string
}): string | undefined {
  return covered ? undefined : `not fully seen: ${probe}${missing === undefined ? '' : `, ${missing}`}`
}
