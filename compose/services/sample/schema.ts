// The sample service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { STATUSES } from './status.ts'

const labels = STATUSES.map((status) => `'${status}'`).join(', ')

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const sampleSchema = `
select pg_advisory_xact_lock(7206002);

create table if not exists sample.samples (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  barcode varchar(100) not null,
  sample_type varchar(50) not null,
  status varchar(20) not null default 'pending' check (status in (${labels})),
  template_id uuid,
  source_type varchar(50),
  source_identifier varchar(255),
  collection_date timestamptz,
  collection_location varchar(255),
  collector varchar(255),
  concentration numeric(10, 4) check (concentration >= 0),
  volume numeric(10, 4) check (volume >= 0),
  unit varchar(20),
  quality_score numeric(3, 2) check (quality_score between 0 and 1),
  metadata jsonb,
  notes text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by varchar(255),
  updated_by varchar(255)
);
create unique index if not exists samples_barcode on sample.samples (barcode);
create index if not exists samples_newest on sample.samples (created_at desc, id);
create index if not exists samples_pending on sample.samples (id) where status = 'pending';

create table if not exists sample.sample_status_history (
  id bigint generated always as identity primary key,
  sample_id uuid not null references sample.samples (id) on delete cascade,
  previous_status varchar(20),
  new_status varchar(20) not null,
  changed_at timestamptz not null default now(),
  changed_by varchar(255),
  reason varchar(500)
);
create index if not exists sample_status_history_sample on sample.sample_status_history (sample_id);

create table if not exists sample.sample_audit_log (
  id bigint generated always as identity primary key,
  sample_id uuid not null,
  action varchar(50) not null,
  new_values jsonb,
  performed_by varchar(255),
  performed_at timestamptz not null default now()
);
create index if not exists sample_audit_log_sample on sample.sample_audit_log (sample_id);
${outboxSchema('sample')}`
