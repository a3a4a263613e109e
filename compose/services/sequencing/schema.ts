// The sequencing service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { PRIORITIES } from './job-draft.ts'
import { JOB_STATUSES } from './job-status.ts'
import { PLATFORMS, RUN_TYPES } from './platforms.ts'
import { ACTIVE_RUN, RUN_STATUSES } from './run-status.ts'
import { SHEET_STATUSES } from './sheet-row.ts'

const labels = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')
const platform = `varchar(50) not null check (platform_id in (${labels(PLATFORMS)}))`

const WORKFLOWS = `
create table if not exists sequencing.workflows (
  id varchar(100) primary key,
  name varchar(255) not null,
  description text,
  version varchar(20) not null default '1.0',
  workflow_type varchar(30) not null check (workflow_type in (${labels(RUN_TYPES)})),
  platform_ids text[] not null,
  steps jsonb not null,
  default_parameters jsonb not null default '{}',
  estimated_duration_hours double precision not null default 24,
  is_active boolean not null default true,
  created_by varchar(255) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists sequencing.workflow_executions (
  id uuid primary key default gen_random_uuid(),
  workflow_id varchar(100) not null references sequencing.workflows (id),
  job_id uuid,
  status varchar(20) not null default 'running',
  parameters jsonb not null default '{}',
  steps jsonb not null,
  created_by varchar(255) not null,
  started_at timestamptz not null default now(),
  completed_at timestamptz
);
create index if not exists workflow_executions_newest on sequencing.workflow_executions (workflow_id, started_at desc);
`

const SHEETS = `
create table if not exists sequencing.sample_sheets (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  platform_id ${platform},
  version varchar(20) not null default '1.0',
  status varchar(20) not null default 'draft' check (status in (${labels(SHEET_STATUSES)})),
  samples_data jsonb not null,
  metadata jsonb not null default '{}',
  validation jsonb,
  created_by varchar(255) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists sample_sheets_newest on sequencing.sample_sheets (created_at desc, id);
`

const JOBS = `
create table if not exists sequencing.jobs (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  description text,
  status varchar(20) not null default 'draft' check (status in (${labels(JOB_STATUSES)})),
  priority varchar(10) not null check (priority in (${labels(PRIORITIES)})),
  platform_id ${platform},
  workflow_id varchar(100) not null references sequencing.workflows (id),
  sample_sheet_id uuid,
  run_id uuid,
  created_by varchar(255) not null,
  assigned_to varchar(255),
  estimated_start timestamptz,
  estimated_completion timestamptz,
  actual_start timestamptz,
  actual_completion timestamptz,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists jobs_newest on sequencing.jobs (created_at desc, id);
create index if not exists jobs_sheet on sequencing.jobs (sample_sheet_id) where sample_sheet_id is not null;

create table if not exists sequencing.job_status_history (
  id bigint generated always as identity primary key,
  job_id uuid not null,
  previous_status varchar(20) not null,
  new_status varchar(20) not null,
  changed_by varchar(255) not null,
  notes varchar(500),
  changed_at timestamptz not null default now()
);
create index if not exists job_status_history_job on sequencing.job_status_history (job_id, id);
`

/** The two unique indexes have the last word: a flow cell is in one instrument, a job in one run. */
const RUNS = `
create table if not exists sequencing.runs (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null,
  platform_id ${platform},
  run_type varchar(30) not null check (run_type in (${labels(RUN_TYPES)})),
  chemistry varchar(100),
  flowcell_id varchar(100) not null,
  status varchar(20) not null default 'preparing' check (status in (${labels(RUN_STATUSES)})),
  job_id uuid,
  cluster_generation_kit varchar(100),
  sequencing_kit varchar(100),
  read_structure varchar(100),
  sample_count integer not null default 0,
  estimated_yield_gb double precision,
  actual_yield_gb double precision,
  quality_score_mean double precision,
  percent_pf double precision,
  percent_q30 double precision,
  error_rate double precision,
  data_path varchar(500),
  started_at timestamptz,
  completed_at timestamptz,
  created_by varchar(255) not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists runs_newest on sequencing.runs (created_at desc, id);
create unique index if not exists runs_flowcell on sequencing.runs (flowcell_id) where status in (${ACTIVE_RUN});
create unique index if not exists runs_job on sequencing.runs (job_id) where status in (${ACTIVE_RUN});
`

const STEPS = `[{"name": "library_qc", "step_type": "quality_control"}, {"name": "sequencing", "step_type": "run"},
  {"name": "demultiplexing", "step_type": "preprocessing"}, {"name": "analysis", "step_type": "analysis"}]`

/** The workflows a laboratory starts with; standard_wgs is the documented default. */
const STANDARD = `
insert into sequencing.workflows (id, name, workflow_type, platform_ids, steps, estimated_duration_hours, created_by)
select id, name, type, array[${labels(PLATFORMS)}], '${STEPS}', hours, 'system' from (values
  ('standard_wgs', 'Standard whole genome', 'whole_genome', 44), ('standard_exome', 'Standard exome', 'exome', 30),
  ('standard_rna_seq', 'Standard RNA-seq', 'rna_seq', 26)
) as standard (id, name, type, hours)
on conflict do nothing;
`

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const sequencingSchema = [
  'select pg_advisory_xact_lock(7206005);',
  WORKFLOWS,
  SHEETS,
  JOBS,
  RUNS,
  STANDARD,
  outboxSchema('sequencing'),
].join('\n')
