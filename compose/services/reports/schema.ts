// The reports service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const reportsSchema = `
select pg_advisory_xact_lock(7206063);

create table if not exists reports.generated_reports (
  id uuid primary key default gen_random_uuid(),
  title varchar(255) not null,
  report_type varchar(50) not null,
  format varchar(20) not null,
  submitted jsonb,
  status varchar(20) not null default 'generating' check (status in ('generating', 'completed', 'failed')),
  content text,
  file_size integer,
  row_count integer,
  error_message text,
  generated_by uuid not null,
  context jsonb not null default '{}',
  attempts integer not null default 0,
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  check ((status = 'completed') = (content is not null))
);
create index if not exists generated_reports_newest on reports.generated_reports (created_at desc, id);
create index if not exists generated_reports_waiting on reports.generated_reports (attempts, created_at)
  where status = 'generating';
${outboxSchema('reports')}`
