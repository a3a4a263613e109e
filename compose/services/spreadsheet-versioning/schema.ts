// The spreadsheet versioning service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const versioningSchema = `
select pg_advisory_xact_lock(7206065);

create table if not exists spreadsheet_versioning.spreadsheets (
  id uuid primary key,
  last_number integer not null default 1,
  head_version_id uuid
);

create table if not exists spreadsheet_versioning.versions (
  id uuid primary key default gen_random_uuid(),
  spreadsheet_id uuid not null references spreadsheet_versioning.spreadsheets (id),
  version_number integer not null,
  version_tag varchar(100),
  status varchar(20) not null check (status in ('Draft', 'Active', 'Archived', 'Deleted')),
  is_branch boolean not null,
  parent_version_id uuid references spreadsheet_versioning.versions (id),
  name varchar(255) not null,
  filename varchar(255) not null,
  original_filename varchar(255) not null,
  file_type varchar(20) not null,
  file_size integer not null,
  file_hash varchar(64) not null,
  changes_summary text,
  change_count integer not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  metadata jsonb not null default '{}',
  grid jsonb not null,
  unique (spreadsheet_id, version_number)
);
create index if not exists versions_parent on spreadsheet_versioning.versions (parent_version_id);

create table if not exists spreadsheet_versioning.conflicts (
  id uuid primary key default gen_random_uuid(),
  base_version_id uuid not null references spreadsheet_versioning.versions (id),
  version_a_id uuid not null references spreadsheet_versioning.versions (id),
  version_b_id uuid not null references spreadsheet_versioning.versions (id),
  conflict_type varchar(30) not null default 'CellConflict',
  sheet_name varchar(100) not null default 'Sheet1',
  row_index integer not null,
  column_index integer not null,
  column_name text,
  value_a text,
  value_b text,
  base_value text,
  status varchar(20) not null default 'Pending' check (status in ('Pending', 'Resolved')),
  resolution_strategy varchar(20),
  resolved_value text,
  resolution_notes text,
  resolved_by uuid,
  resolved_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (base_version_id, version_a_id, version_b_id, row_index, column_index)
);
create index if not exists conflicts_newest on spreadsheet_versioning.conflicts (created_at desc, id);
${outboxSchema('spreadsheet-versioning')}`
