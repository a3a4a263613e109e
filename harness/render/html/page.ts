// The report for people as one page, made from the journal of a run: the same for the same journal.
import type { Comparison } from '../../model/comparison.ts'
import type { Judgement } from '../../model/finding.ts'
import type { GateJudgement } from '../../model/gate-finding.ts'
import type { RunRecord } from '../../model/record.ts'
import { MEANING } from '../words.ts'
import { blindSpotsSection } from './blind-spots.ts'
import { chainSection } from './chain.ts'
import { changesSection } from './changes.ts'
import { claimsId, claimsSections } from './claims.ts'
import { documentOf } from './document.ts'
import { drillSections } from './drill-section.ts'
import { againSection, environmentSection } from './environment.ts'
import { html } from './markup.ts'
import { matrixSection, ruleMapSection } from './matrices.ts'
import { overviewSection } from './overview.ts'
import { shownOf } from './shown.ts'
import { decisive, topOf } from './top.ts'

export interface Beside {
  /** Of the phases that the run was made for. */
  readonly gates?: readonly GateJudgement[]
  /** Against the run before it. */
  readonly changes?: Comparison | undefined
}

const PARTS: Readonly<Record<string, string>> = {
  changes: 'Changes',
  drills: 'Drills',
  alerts: 'Alerts',
  edges: 'Faults',
  rules: 'Alerts and drills',
  blind: 'Blind spots',
  each: 'Each drill',
  environment: 'Environment',
  again: 'Reproduce',
}

export function renderHtml(record: RunRecord, judgement: Judgement, { gates = [], changes }: Beside = {}): string {
  const shown = shownOf(record, judgement, gates)
  const gate = decisive(gates)
  return documentOf({
    title: `${MEANING[gate?.verdict ?? judgement.verdict]}: ${gate === undefined ? 'run' : `${gate.phase}, run`} ${judgement.run}`,
    main: html`${topOf(shown, changes)}${claimsSections(shown)}${changesSection(changes)}${overviewSection(shown)}${chainSection(shown)}${matrixSection(shown)}${ruleMapSection(shown)}${blindSpotsSection(shown)}${drillSections(shown)}${environmentSection(shown)}${againSection(shown)}`,
    parts: { verdict: 'Verdict', ...claimParts(gates), ...PARTS },
    foot: html`Made from the journal of the run alone, which lies beside this page; every <code>journal.jsonl</code> number is a line of it.`,
  })
}

function claimParts(gates: readonly GateJudgement[]): Readonly<Record<string, string>> {
  return Object.fromEntries(gates.map(({ phase }, index) => [claimsId(index), gates.length === 1 ? 'Claims' : `Claims of ${phase}`]))
}
