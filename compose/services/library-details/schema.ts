// The library details service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { STATUSES } from './status.ts'

const labels = STATUSES.map((status) => `'${status}'`).join(', ')

const stamps = `id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()`

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const librarySchema = `
select pg_advisory_xact_lock(7206061);

create table if not exists library_details.kits (
  ${stamps},
  name varchar(255) not null,
  manufacturer varchar(255) not null,
  catalog_number varchar(100),
  version varchar(50),
  library_types jsonb not null,
  reagents jsonb,
  specifications jsonb,
  storage_conditions varchar(255),
  expiry_date varchar(10),
  cost_per_reaction double precision check (cost_per_reaction >= 0),
  throughput_capacity integer check (throughput_capacity >= 0)
);

create table if not exists library_details.platforms (
  ${stamps},
  name varchar(255) not null,
  manufacturer varchar(255) not null,
  model varchar(255) not null,
  capabilities jsonb not null,
  supported_library_types jsonb not null,
  read_configurations jsonb,
  flow_cell_types jsonb,
  throughput_specs jsonb,
  quality_metrics jsonb,
  is_active boolean not null default true
);

create table if not exists library_details.protocols (
  ${stamps},
  name varchar(255) not null,
  version varchar(50) not null,
  library_type varchar(50) not null,
  description text,
  steps jsonb not null,
  parameters jsonb,
  kit_id uuid references library_details.kits (id),
  platform_compatibility jsonb,
  quality_thresholds jsonb,
  is_active boolean not null default true
);

create table if not exists library_details.libraries (
  ${stamps},
  name varchar(255) not null,
  sample_id uuid,
  library_type varchar(50) not null,
  concentration double precision check (concentration >= 0),
  volume double precision check (volume >= 0),
  fragment_size_min integer,
  fragment_size_max integer,
  preparation_protocol_id uuid references library_details.protocols (id),
  preparation_date timestamptz,
  barcode varchar(100),
  adapter_sequence varchar(1000),
  quality_score double precision check (quality_score between 0 and 1),
  status varchar(20) not null default 'pending' check (status in (${labels})),
  metadata jsonb
);
create index if not exists libraries_newest on library_details.libraries (created_at desc, id);
create index if not exists libraries_sample on library_details.libraries (sample_id);

create table if not exists library_details.quality_control_metrics (
  id uuid primary key default gen_random_uuid(),
  library_id uuid not null references library_details.libraries (id) on delete cascade,
  metric_type varchar(100) not null,
  value double precision not null,
  unit varchar(50),
  threshold_min double precision,
  threshold_max double precision,
  status varchar(20) not null check (status in ('Pass', 'Fail', 'Warning', 'Pending')),
  measured_at timestamptz not null default now(),
  equipment_id varchar(100),
  operator_id varchar(100),
  notes text,
  created_at timestamptz not null default now()
);
create index if not exists quality_control_metrics_library
  on library_details.quality_control_metrics (library_id, created_at desc);
${outboxSchema('library-details')}`
