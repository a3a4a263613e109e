// What every part of the page is made from: a run, what was judged of it, and where each drill stands on the page.
import type { Entry } from '../../model/entry.ts'
import type { Judgement } from '../../model/finding.ts'
import type { GateJudgement } from '../../model/gate-finding.ts'
import type { RunRecord } from '../../model/record.ts'
import { anchor } from './markup.ts'

export interface Shown {
  readonly record: RunRecord
  readonly judgement: Judgement
  /** Of the phases that the run was made for. */
  readonly gates: readonly GateJudgement[]
  /** Lines of the journal by their number. */
  readonly bySeq: ReadonlyMap<number, Entry>
  /** The id of each drill's section. */
  readonly anchors: ReadonlyMap<string, string>
}

export function shownOf(record: RunRecord, judgement: Judgement, gates: readonly GateJudgement[] = []): Shown {
  const entries = [...record.entries, ...record.drills.flatMap((drill) => drill.entries)]
  return {
    record,
    judgement,
    gates,
    bySeq: new Map(entries.map((entry) => [entry.seq, entry])),
    anchors: new Map(judgement.drills.map(({ id }, index) => [id, anchor('drill', index, id)])),
  }
}
