// Judges the phases that a run was made for, from its record alone: on the same day, or years later.
import type { EntryOf } from '../../model/entry.ts'
import type { JudgedDrill, Judgement } from '../../model/finding.ts'
import type { GateDrill, GateFact } from '../../model/gate-evidence.ts'
import type { GateJudgement } from '../../model/gate-finding.ts'
import type { RunRecord } from '../../model/record.ts'
import { worst } from '../../model/verdict.ts'
import { judgeGate } from './judge-gate.ts'
import { loadLooks } from './load-looks.ts'

/** In the order in which they were opened; none for a run that was made for no phase. Pure. */
export function judgeGates(record: RunRecord, judgement: Judgement): readonly GateJudgement[] {
  const drills = judgement.drills.map((drill) => withTags(drill, record))
  return record.entries.filter((entry) => entry.type === 'gate-opened').map((opened) => {
    const facts = [...looksOf(opened, record), ...opened.phase.criteria.flatMap((criterion) => loadLooks(criterion, record.drills))]
    return whole(judgeGate(opened.phase, { drills, facts, profile: opened.profile, skipped: opened.skipped }), record)
  })
}

function looksOf({ phase }: EntryOf<'gate-opened'>, { entries }: RunRecord): readonly GateFact[] {
  return entries.flatMap((entry) => (entry.type === 'gate-look' && entry.phase === phase.name ? [{ ...entry.look, lines: [entry.seq] }] : []))
}

/** A drill that was never opened carries no tags on record, and is missed by its name alone. */
function withTags(drill: JudgedDrill, { drills }: RunRecord): GateDrill {
  return { ...drill, tags: drills.find(({ id }) => id === drill.id)?.drill.tags ?? [] }
}

/** A run that was cut short proves nothing, whatever it had seen by then. */
function whole(judged: GateJudgement, { closed }: RunRecord): GateJudgement {
  if (closed?.reason === 'completed') return judged
  const why = closed === undefined ? 'the journal ends before the run does' : `the run was ${closed.reason}`
  return { ...judged, verdict: worst([judged.verdict, 'inconclusive']), because: `${why}; ${judged.because}` }
}
