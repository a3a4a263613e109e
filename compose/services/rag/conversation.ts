// Keeps the last turns of every conversation, so that a question can lean on the ones before it.
import type { RagWorld } from './world.ts'

/** A conversation belongs to the user who began it; others may use the same name for theirs. */
export interface Session {
  readonly userId: string
  readonly sessionId: string
}

/** So many earlier questions are remembered when a new one is answered. */
const REMEMBERED = 3
/** So many turns of a conversation are kept. */
const KEPT = 50

/** The last questions of a conversation, oldest first. */
export async function earlierQuestions({ database }: RagWorld, { userId, sessionId }: Session): Promise<string[]> {
  const sql = 'select query from rag.turns where user_id = $1 and session_id = $2 order by id desc limit $3'
  const rows = await database.query<{ query: string }>(sql, [userId, sessionId, REMEMBERED])
  return rows.map(({ query }) => query).reverse()
}

/** Adds a turn and forgets the oldest. */
const REMEMBER = `with forgotten as (
  delete from rag.turns where id in (
    select id from rag.turns where user_id = $1 and session_id = $2 order by id desc offset $5
  )
)
insert into rag.turns (user_id, session_id, query, answer) values ($1, $2, $3, $4)`

/** Adds a question and its answer to a conversation. */
export async function remember(
  { database }: RagWorld,
  { userId, sessionId }: Session,
  turn: { readonly query: string; readonly answer: string },
): Promise<void> {
  await database.query(REMEMBER, [userId, sessionId, turn.query, turn.answer, KEPT - 1])
}
