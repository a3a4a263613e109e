// What a laboratory asks of the transaction service through the gateway: samples submitted as sagas, and their ends.
import { get, post, remove } from './desk.ts'
import type { Desk } from './desk.ts'
import { aTime, at, aUuid, contested, granted, judge, refused } from './expectation.ts'
import type { Answer, Judgement, Wanted } from './expectation.ts'
import type { Ask, Row } from './operation.ts'

/** A sample to be submitted. */
export interface Submission {
  /** By which the client knows its saga before there is an answer. */
  readonly correlation: string
  readonly barcode: string
  /** The temperature zone it is to be stored in. */
  readonly zone: string
}

const TRANSACTIONS = '/api/transactions'
/** The laboratory and the submitter of every sample. */
const LABORATORY = '00000000-0000-4000-8000-000000000001'
/** A saga that takes longer than 25 s is answered with 202 while it runs on. */
const TIMEOUT = '30s'
const ENDS: readonly unknown[] = ['Completed', 'Compensated', 'Failed', 'Cancelled', 'TimedOut']

/** All is done when it is answered, or the saga runs on. */
export function submit(desk: Desk, submission: Submission): Ask {
  return { op: 'transaction.submit', ...asked(desk, submission, { status: aCompletedOrRunning }) }
}

/** One that is to be cancelled meanwhile: whoever comes first decides. */
export function submitInVain(desk: Desk, submission: Submission): Ask {
  return { op: 'transaction.submit-in-vain', ...asked(desk, submission, { status: aStatus }) }
}

/** One with a barcode that is taken: nothing is done, so there is nothing to undo. */
export function submitTaken(desk: Desk, submission: Submission): Ask {
  const wanted = { status: 'Failed', completed_steps: 0, failed_step: 'create_sample', compensation_executed: false }
  // Whether there is a sample with this barcode says nothing of this submission.
  return { op: 'transaction.submit-taken', ...asked(desk, submission, wanted), items: undefined }
}

/** One for a zone that no storage has: the sample is created and validated, and both is undone. */
export function submitHomeless(desk: Desk, submission: Submission): Ask {
  const undone = { status: 'Compensated', failed_step: 'assign_storage', compensation_executed: true }
  return { op: 'transaction.submit-homeless', ...asked(desk, submission, { completed_steps: 2, ...undone }) }
}

/** One that breaks a rule: refused before anything begins. */
export function submitInvalid(desk: Desk, submission: Submission): Ask {
  const expect = refused(400, { error: 'validation_error' })
  const asks = asked(desk, { ...submission, zone: '' }, {})
  return { op: 'transaction.submit-invalid', ...asks, expect, items: undefined }
}

/** Without steps a transaction is completed as soon as it is written down. */
export function record(desk: Desk, correlation: string): Ask {
  return {
    op: 'transaction.record',
    ...post(desk, TRANSACTIONS, namedAs('note', correlation)),
    expect: granted({ saga_id: aUuid, status: 'Completed', completed_steps: 0 }),
    write: { store: 'sagas', key: correlation },
  }
}

export function look(desk: Desk, id: string, wanted: Wanted = { status: aStatus }): Ask {
  return { op: 'transaction.look', ...get(desk, `${TRANSACTIONS}/${id}`), expect: granted({ saga_id: id, ...wanted }) }
}

/** The saga has come to this end. */
export function settled(desk: Desk, id: string, wanted: Wanted): Ask {
  return { ...look(desk, id, { completed_at: aTime, current_step: null, ...wanted }), op: 'transaction.settled' }
}

/** The sagas of a correlation; there may be none yet. */
export function find(desk: Desk, correlation: string, wanted: Wanted = {}): Ask {
  const path = `${TRANSACTIONS}?correlation_id=${correlation}`
  return { op: 'transaction.find', ...get(desk, path), expect: granted(wanted) }
}

/** Too late for a saga that has ended. */
export function cancel(desk: Desk, id: string): Ask {
  const expect = contested({ saga_id: id }, 409, { error: 'not_cancellable' })
  return { op: 'transaction.cancel', ...remove(desk, `${TRANSACTIONS}/${id}`), expect }
}

export function listDone(desk: Desk): Ask {
  const path = `${TRANSACTIONS}?status=Completed&page_size=10`
  return { op: 'transaction.list', ...get(desk, path), expect: granted({ '0.status': 'Completed', '0.progress': 100 }) }
}

export function templates(desk: Desk): Ask {
  const expect = granted({ '0.template_id': 'standard_processing', '1.template_id': 'dna_extraction' })
  return { op: 'transaction.templates', ...get(desk, '/api/workflows/enhanced/templates'), expect }
}

/** The sample leaves the position its saga found for it. */
export function leaveStorage(desk: Desk, sampleId: string): Ask {
  const expect = granted({ success: true })
  return { op: 'storage.leave', ...remove(desk, `/api/storage/samples/${sampleId}/position`), expect }
}

/** What is known of the sample itself: there when its saga is completed, not there when it came to any other end. */
export function judgeSample(_: Row, answer: Answer): Judgement {
  const whole = judge(granted({}), answer)
  if (whole.type !== 'acknowledged') return whole
  const status = at(answer.body, 'status')
  if (status === 'Completed') return { type: 'acknowledged', good: true }
  return anEnd(status)
    ? { type: 'failed', good: true }
    : { type: 'unknown', good: false, why: `the saga is ${JSON.stringify(status)}` }
}

export function anEnd(status: unknown): boolean {
  return ENDS.includes(status)
}

/** Any end but the one that leaves a sample behind. */
export function anEndInVain(status: unknown): boolean {
  return anEnd(status) && status !== 'Completed'
}

function aCompletedOrRunning(status: unknown): boolean {
  return status === 'Completed' || status === 'Executing'
}

function aStatus(status: unknown): boolean {
  return anEnd(status) || status === 'Executing' || status === 'Compensating'
}

function asked(desk: Desk, submission: Submission, wanted: Wanted) {
  return {
    ...post(desk, '/api/workflows/sample-submission', bodyOf(submission)),
    timeout: TIMEOUT,
    expect: granted({ saga_id: aUuid, ...wanted }),
    write: { store: 'sagas', key: submission.correlation },
    items: {
      op: 'transaction.submitted-sample',
      rows: [{ store: 'submitted-samples', key: submission.barcode }],
      judge: judgeSample,
    },
  }
}

function bodyOf({ correlation, barcode, zone }: Submission) {
  const sample_data = { barcode, sample_type: 'DNA', submitter_id: LABORATORY, lab_id: LABORATORY, metadata: {} }
  return {
    ...namedAs('sample_submission', correlation),
    sample_data,
    storage_requirements: { temperature_zone: zone, priority: 1, special_requirements: [] },
    notification_recipients: ['laboratory@readiness.example'],
  }
}

function namedAs(type: string, correlation: string) {
  return { name: type, transaction_type: type, correlation_id: correlation, metadata: {}, context_data: {} }
}
