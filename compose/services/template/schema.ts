// The template service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { FIELD_TYPES } from './field-draft.ts'
import { STATUSES } from './status.ts'

const labels = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const templateSchema = `
select pg_advisory_xact_lock(7206003);

create table if not exists template.templates (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  description varchar(1000),
  template_type varchar(100) not null,
  status varchar(20) not null default 'draft' check (status in (${labels(STATUSES)})),
  version integer not null default 1,
  category varchar(100) not null default 'general',
  tags text[] not null default '{}',
  is_public boolean not null default false,
  is_system boolean not null default false,
  form_config jsonb not null default '{}',
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by varchar(255) not null,
  updated_by varchar(255),
  published_at timestamptz,
  published_by varchar(255),
  deleted_at timestamptz
);
create index if not exists templates_newest on template.templates (created_at desc, id) where deleted_at is null;

create table if not exists template.template_fields (
  id uuid primary key default gen_random_uuid(),
  template_id uuid not null references template.templates (id) on delete cascade,
  field_name varchar(255) not null,
  field_label varchar(255) not null,
  field_description text,
  field_type varchar(20) not null check (field_type in (${labels(FIELD_TYPES)})),
  is_required boolean not null default false,
  field_order integer not null default 0,
  validation_rules jsonb not null default '[]',
  default_value text,
  field_options jsonb not null default '{}',
  field_metadata jsonb not null default '{}',
  unique (template_id, field_name)
);

create table if not exists template.template_files (
  template_id uuid primary key references template.templates (id) on delete cascade,
  file_name varchar(255) not null,
  content bytea not null
);
${outboxSchema('template')}`
