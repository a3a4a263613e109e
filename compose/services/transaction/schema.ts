// The transaction service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { ENDS, STATUSES } from './status.ts'

const labels = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const transactionSchema = `
select pg_advisory_xact_lock(7206064);

-- Who runs sagas: a process that starts under a name takes over the sagas of the one before it.
create table if not exists transaction.runners (
  name varchar(100) primary key,
  epoch bigint not null
);

create table if not exists transaction.sagas (
  id uuid primary key,
  name varchar(255) not null,
  transaction_type varchar(100) not null,
  workflow varchar(50) not null,
  status varchar(20) not null check (status in (${labels(STATUSES)})),
  outcome varchar(20) check (outcome in (${labels(ENDS)})),
  user_id varchar(255) not null,
  correlation_id uuid,
  metadata jsonb not null,
  context_data jsonb not null,
  input jsonb not null,
  context jsonb not null default '{}',
  current_step varchar(100),
  completed_steps integer not null default 0,
  total_steps integer not null,
  failed_step varchar(100),
  error_message text,
  cancel_requested boolean not null default false,
  compensation_executed boolean not null default false,
  runner varchar(100) not null references transaction.runners (name),
  epoch bigint not null,
  trace jsonb not null,
  created_at timestamptz not null default now(),
  deadline_at timestamptz not null,
  updated_at timestamptz not null default now(),
  settled_at timestamptz
);
create index if not exists sagas_active on transaction.sagas (runner) where settled_at is null;
create index if not exists sagas_newest on transaction.sagas (created_at desc, id);
create index if not exists sagas_correlation on transaction.sagas (correlation_id) where correlation_id is not null;
create index if not exists sagas_settled on transaction.sagas (settled_at) where settled_at is not null;

create table if not exists transaction.saga_steps (
  saga_id uuid not null references transaction.sagas (id) on delete cascade,
  position integer not null,
  name varchar(100) not null,
  status varchar(20) not null check (status in ('pending', 'executing', 'completed', 'failed', 'skipped')),
  attempts integer not null default 0,
  output jsonb,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (saga_id, position)
);

create table if not exists transaction.saga_compensations (
  saga_id uuid not null references transaction.sagas (id) on delete cascade,
  position integer not null,
  step varchar(100) not null,
  name varchar(100) not null,
  status varchar(20) not null default 'pending'
    check (status in ('pending', 'executing', 'completed', 'skipped', 'failed')),
  certain boolean not null,
  attempts integer not null default 0,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (saga_id, position)
);
${outboxSchema('transaction')}`
