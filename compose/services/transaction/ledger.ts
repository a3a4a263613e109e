// Which sagas are this process's: taking them over, finding lost ones, forgetting old ones.
import type { Database } from '../kit/database.ts'
import type { Saga } from './saga.ts'
import type { Runner } from './store.ts'

/** Starting is bounded: more than this many lost sagas are found in the next round. */
const AT_ONCE = 1000

const CLAIM = `insert into transaction.runners (name, epoch) values ($1, 1)
on conflict (name) do update set epoch = runners.epoch + 1 returning name, epoch`

const ADOPT = `update transaction.sagas set epoch = $2 where runner = $1 and settled_at is null`

const LOST = `select * from transaction.sagas
where runner = $1 and epoch = $2 and settled_at is null and id <> all ($3::uuid[]) order by created_at limit ${AT_ONCE}`

const FORGET = `delete from transaction.sagas where id in (
  select id from transaction.sagas where settled_at < now() - make_interval(secs => $1) limit ${AT_ONCE}
)`

/** Makes this process the runner of that name; what a process before it wrote under that name is its own now. */
export function claim(database: Database, name: string): Promise<Runner> {
  return database.transaction(async (query) => {
    const [runner] = await query<{ name: string; epoch: string }>(CLAIM, [name])
    if (runner === undefined) throw new Error('the runner could not be written down')
    await query(ADOPT, [runner.name, runner.epoch])
    return runner
  })
}

/** Sagas of ours that are not settled and not among the known ones. */
export function lostSagas({ query }: Database, { name, epoch }: Runner, known: readonly string[]): Promise<Saga[]> {
  return query<Saga>(LOST, [name, epoch, known])
}

/** Forgets sagas that were settled more than `hours` ago. */
export async function forgetOld({ query }: Database, hours: number): Promise<void> {
  await query(FORGET, [hours * 3600])
}

/** The shipped defect: what the process before had not finished is lost. */
export async function forgetUnfinished({ query }: Database, name: string): Promise<void> {
  await query('delete from transaction.sagas where runner = $1 and settled_at is null', [name])
}

/** The shipped defect: nobody can ask about a saga once it has ended. */
export async function forgetSaga({ query }: Database, id: string): Promise<void> {
  await query('delete from transaction.sagas where id = $1', [id])
}
