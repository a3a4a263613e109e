// What a laboratory asks of the QA/QC service through the gateway, and what it promises to answer.
import { get, post } from './desk.ts'
import type { Desk } from './desk.ts'
import { aCount, aText, aTime, aUuid, contested, granted, refused } from './expectation.ts'
import type { Wanted } from './expectation.ts'
import { DILUTED } from './library-requests.ts'
import type { Ask } from './operation.ts'

const QC = '/api/qc'
/** Within every threshold that a new system has. */
const PREPARATION = { concentration_ng_ul: DILUTED.concentration, volume_ul: DILUTED.volume, fragment_size_bp: 300 }
const SCORE = 36

export type Decision = 'approved' | 'conditional' | 'rejected'

/** What was measured of the preparation of a library; its yield follows. */
export function recordPreparation(desk: Desk, library: string): Ask {
  const body = { library_prep_id: library, ...PREPARATION, quality_score: SCORE }
  const total_yield_ng = PREPARATION.concentration_ng_ul * PREPARATION.volume_ul
  const expect = granted({ id: aUuid, ...body, total_yield_ng, overall_status: 'passed' })
  const write = { store: 'library-preps', key: library }
  return { op: 'qc.record-preparation', ...post(desk, `${QC}/library-prep`, body), expect, write }
}

export function preparation(desk: Desk, library: string): Ask {
  const expect = granted({ library_prep_id: library, overall_status: 'passed', ...PREPARATION })
  return { op: 'qc.preparation', ...get(desk, `${QC}/library-prep/${library}`), expect }
}

/** One review of each library. */
export function askForReview(desk: Desk, library: string): Ask {
  const body = { entity_type: 'library', entity_id: library, review_type: 'preparation' }
  const expect = granted({ id: aUuid, ...body, status: 'pending', decision: null })
  const write = { store: 'qc-reviews', key: library }
  return { op: 'qc.ask-for-review', ...post(desk, `${QC}/reviews`, body), expect, write }
}

/** One of several decisions at the same time. */
export function decide(desk: Desk, review: string, decision: Decision): Ask {
  const done = { id: review, status: 'completed', decision, completed_at: aTime }
  return { op: 'qc.decide', ...decisionOn(desk, review, decision), expect: contested(done, 409, DECIDED) }
}

/** What is decided stays so. */
export function decideAgain(desk: Desk, review: string): Ask {
  return { op: 'qc.decide-again', ...decisionOn(desk, review, 'rejected'), expect: refused(409, DECIDED) }
}

const DECIDED = { 'error.code': 'CONFLICT' }

function decisionOn(desk: Desk, review: string, decision: Decision) {
  const asked = post(desk, `${QC}/reviews/${review}/complete`, { decision, comments: 'as seen under load' })
  return { ...asked, write: { store: 'qc-decisions', key: `${review}:${decision}` } }
}

export function review(desk: Desk, id: string, wanted: Wanted): Ask {
  return { op: 'qc.review', ...get(desk, `${QC}/reviews/${id}`), expect: granted({ id, status: 'completed', ...wanted }) }
}

/** How quality goes: one of several looks, each in its turn. */
export function figures(desk: Desk, turn: number): Ask {
  const all: readonly (readonly [op: string, path: string, wanted: Wanted])[] = [
    ['qc.dashboard', '/dashboard', { pending_reviews: aCount, completed_today: aCount }],
    ['qc.trends', '/metrics/trends?days=2', { '0.metric_name': aText, '0.pass_rate': aCount }],
    ['qc.recent', '/metrics/recent', { '0.type': 'library_prep', '0.status': aText }],
    ['qc.definitions', '/metrics/definitions?metric_type=library_prep', { '0.metric_type': 'library_prep' }],
    ['qc.reviews', '/reviews?status=completed&page_size=10', { '0.status': 'completed', '0.decision': aText }],
  ]
  const [op, path, wanted] = all[turn % all.length] ?? ['', '', {}]
  return { op, ...get(desk, `${QC}${path}`), expect: granted(wanted) }
}
