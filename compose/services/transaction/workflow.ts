// What a workflow is made of: steps that are safe to repeat, and how each is undone.
import type { JsonObject } from '../kit/fields.ts'
import type { Saga } from './saga.ts'

/** A question to another service; `path` starts with a slash. */
export interface Question {
  readonly peer: 'sample' | 'storage' | 'notification'
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: object
}

/** A definite answer; one that leaves things open is thrown as a StepFailure. */
export interface PeerAnswer {
  readonly status: number
  readonly ok: boolean
  /** Empty when the answer's body is no JSON object. */
  readonly body: JsonObject
}

/** Asks another service on behalf of one saga, within the time of the step. */
export type Ask = (question: Question) => Promise<PeerAnswer>

/** What a step works with. */
export interface Errand {
  readonly saga: Pick<Saga, 'id' | 'user_id' | 'input' | 'context'>
  readonly ask: Ask
}

/** One step. */
export interface Step {
  readonly name: string
  /** The time (ms) all its attempts may take together. */
  readonly timeout: number
  /** One attempt; doing it twice has the effect of doing it once. Resolves with what is worth knowing later. */
  run(errand: Errand): Promise<JsonObject>
  readonly undo?: Undo
}

/** How a step is undone; doing it twice has the effect of doing it once. */
export interface Undo {
  readonly name: string
  /** The time (ms) one attempt may take; there are as many attempts as it needs. */
  readonly timeout: number
  /** `skipped` when there was nothing to undo. */
  run(errand: Errand): Promise<'completed' | 'skipped'>
}

/** A step whose time the settings say. */
export type TimelessStep = Omit<Step, 'timeout'>
