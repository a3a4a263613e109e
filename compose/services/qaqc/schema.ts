// The QA/QC service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'

const threshold = (name: string): string => `${name} double precision`

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const qaqcSchema = `
select pg_advisory_xact_lock(7206062);

create table if not exists qaqc.qc_reviews (
  id uuid primary key default gen_random_uuid(),
  entity_type varchar(100) not null,
  entity_id uuid not null,
  review_type varchar(50) not null,
  status varchar(20) not null default 'pending' check (status in ('pending', 'completed')),
  priority varchar(20) not null default 'normal',
  requested_by uuid not null,
  reviewer_id uuid,
  decision varchar(20) check (decision in ('approved', 'rejected', 'conditional', 'repeat_required')),
  review_comments text,
  deviations text[],
  corrective_actions text[],
  notes text,
  metadata jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  check ((status = 'completed') = (decision is not null))
);
create index if not exists qc_reviews_newest on qaqc.qc_reviews (created_at desc, id);
create index if not exists qc_reviews_completed on qaqc.qc_reviews (completed_at) where completed_at is not null;
create index if not exists qc_reviews_pending on qaqc.qc_reviews (id) where status = 'pending';

create table if not exists qaqc.qc_metric_definitions (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  metric_type varchar(100) not null,
  data_type varchar(50) not null default 'numeric',
  unit varchar(50),
  ${threshold('min_value')},
  ${threshold('max_value')},
  ${threshold('warning_threshold_low')},
  ${threshold('warning_threshold_high')},
  ${threshold('fail_threshold_low')},
  ${threshold('fail_threshold_high')},
  description text,
  calculation_method text,
  is_required boolean not null default true,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (name, metric_type)
);

create table if not exists qaqc.library_prep_qc (
  id uuid primary key default gen_random_uuid(),
  library_prep_id uuid not null,
  concentration_ng_ul double precision,
  volume_ul double precision,
  total_yield_ng double precision,
  fragment_size_bp integer,
  quality_score double precision,
  overall_status varchar(20) not null check (overall_status in ('passed', 'conditional', 'failed')),
  performed_by uuid not null,
  notes text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists library_prep_qc_prep on qaqc.library_prep_qc (library_prep_id, created_at desc);

create table if not exists qaqc.qc_metric_history (
  id uuid primary key default gen_random_uuid(),
  metric_type varchar(100) not null,
  metric_name varchar(255) not null,
  entity_id uuid not null,
  value double precision not null,
  unit varchar(50),
  status varchar(20) not null check (status in ('pass', 'warning', 'fail')),
  recorded_by uuid not null,
  created_at timestamptz not null default now()
);
create index if not exists qc_metric_history_newest on qaqc.qc_metric_history (created_at desc);
create index if not exists qc_metric_history_type on qaqc.qc_metric_history (metric_type, created_at);

create table if not exists qaqc.qc_control_samples (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  control_type varchar(100) not null,
  expected_concentration double precision,
  expected_fragment_size integer,
  tolerance_percent double precision not null default 10,
  lot_number varchar(255),
  expiry_date timestamptz,
  storage_location varchar(255),
  is_active boolean not null default true,
  metadata jsonb,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists qc_control_samples_name on qaqc.qc_control_samples (name, id);

create table if not exists qaqc.qc_control_results (
  id uuid primary key default gen_random_uuid(),
  control_sample_id uuid not null references qaqc.qc_control_samples (id),
  run_id uuid,
  measured_concentration double precision,
  measured_fragment_size integer,
  passed boolean not null,
  performed_by uuid not null,
  notes text,
  created_at timestamptz not null default now()
);
create index if not exists qc_control_results_sample on qaqc.qc_control_results (control_sample_id, created_at desc);
${outboxSchema('qaqc')}`
