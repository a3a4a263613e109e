// The storage service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { ZONE_NAMES } from './zones.ts'

const zones = ZONE_NAMES.map((zone) => `'${zone}'`).join(', ')
const STATUSES = `'active', 'maintenance', 'offline', 'decommissioned'`

/** Locations and what stands in them. A position is the only container that holds a sample, and it holds one. */
const PLACES = `
create table if not exists storage.locations (
  id uuid primary key default gen_random_uuid(),
  name varchar(255) not null unique,
  description text,
  location_type varchar(50) not null,
  temperature_zone varchar(30) not null check (temperature_zone in (${zones})),
  target_celsius double precision not null,
  max_capacity integer not null check (max_capacity >= 1),
  capacity_level varchar(10) not null default 'normal',
  coordinates jsonb,
  status varchar(20) not null default 'active' check (status in (${STATUSES})),
  metadata jsonb not null default '{}',
  temperature_celsius double precision,
  temperature_at timestamptz,
  temperature_state varchar(10) not null default 'normal',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists storage.containers (
  id uuid primary key default gen_random_uuid(),
  ordinal bigint generated always as identity,
  name varchar(255) not null,
  container_type varchar(10) not null check (container_type in ('freezer', 'rack', 'box', 'position')),
  parent_container_id uuid references storage.containers (id),
  location_id uuid references storage.locations (id),
  grid_row integer,
  grid_column integer,
  dimensions jsonb,
  capacity integer not null check (capacity >= 1),
  occupied boolean not null default false check (not occupied or container_type = 'position'),
  temperature_zone varchar(30) not null check (temperature_zone in (${zones})),
  barcode varchar(100) unique,
  description text,
  status varchar(20) not null default 'active' check (status in (${STATUSES})),
  container_metadata jsonb not null default '{}',
  access_restrictions jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by varchar(255)
);
create unique index if not exists containers_grid on storage.containers (parent_container_id, grid_row, grid_column);
create index if not exists containers_location on storage.containers (location_id) where container_type = 'position';
create index if not exists containers_free on storage.containers (temperature_zone, ordinal)
  where container_type = 'position' and status = 'active' and not occupied;

create or replace function storage.slots_in(container uuid) returns table (slots integer, samples integer)
language sql stable as $body$
  with recursive inside as (
    select id, container_type, occupied from storage.containers where id = container
    union all
    select c.id, c.container_type, c.occupied
    from storage.containers c join inside on c.parent_container_id = inside.id
  )
  select count(*)::integer, (count(*) filter (where occupied))::integer from inside where container_type = 'position'
$body$;
`

/** Who stands or stood where. The two unique indexes are the last word on every race for a position. */
const SAMPLES = `
create table if not exists storage.sample_positions (
  id uuid primary key default gen_random_uuid(),
  sample_id uuid not null,
  container_id uuid not null references storage.containers (id),
  position_identifier varchar(50) not null,
  arrival varchar(20) not null,
  assigned_at timestamptz not null default now(),
  assigned_by varchar(255) not null,
  removed_at timestamptz,
  removed_by varchar(255),
  removal varchar(20),
  reason varchar(500),
  storage_conditions jsonb not null default '{}',
  special_requirements jsonb not null default '{}',
  notes text,
  transaction_id varchar(100)
);
create unique index if not exists sample_positions_sample on storage.sample_positions (sample_id)
  where removed_at is null;
create index if not exists sample_positions_history on storage.sample_positions (sample_id, assigned_at);
create index if not exists sample_positions_assigned on storage.sample_positions (assigned_at);
create index if not exists sample_positions_removed on storage.sample_positions (removed_at);

create table if not exists storage.saga_assignments (
  transaction_id varchar(100) not null,
  sample_id uuid not null,
  released_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (transaction_id, sample_id)
);
`

const GUARD = `create unique index if not exists sample_positions_container on storage.sample_positions (container_id)
  where removed_at is null;`
const NO_GUARD = 'drop index if exists storage.sample_positions_container;'

const SENSORS = `
create table if not exists storage.sensors (
  id uuid primary key default gen_random_uuid(),
  sensor_id varchar(100) not null unique,
  sensor_type varchar(50) not null,
  location_id uuid references storage.locations (id) on delete set null,
  status varchar(20) not null default 'active',
  battery_level integer,
  signal_strength integer,
  firmware_version varchar(50),
  configuration jsonb not null default '{}',
  last_reading timestamptz,
  last_value double precision,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists storage.sensor_readings (
  id bigint generated always as identity primary key,
  sensor uuid not null references storage.sensors (id) on delete cascade,
  location_id uuid,
  value double precision not null,
  unit varchar(20) not null,
  metadata jsonb,
  recorded_at timestamptz not null,
  received_at timestamptz not null default now()
);
create index if not exists sensor_readings_latest on storage.sensor_readings (sensor, recorded_at desc);
create index if not exists sensor_readings_received on storage.sensor_readings (received_at);

create table if not exists storage.alerts (
  id uuid primary key default gen_random_uuid(),
  sensor_id varchar(100) not null,
  location_id uuid references storage.locations (id) on delete cascade,
  alert_type varchar(50) not null,
  severity varchar(20) not null,
  message text not null,
  threshold_value double precision not null,
  actual_value double precision not null,
  created_at timestamptz not null default now(),
  resolved_at timestamptz
);
create index if not exists alerts_newest on storage.alerts (created_at desc, id);
create index if not exists alerts_open on storage.alerts (location_id) where resolved_at is null;
`

/** Idempotent statements, to be run in one transaction; `guarded` is false with the defect alone. */
export function storageSchema(guarded: boolean): string {
  const lock = 'select pg_advisory_xact_lock(7206004);'
  return [lock, PLACES, SAMPLES, guarded ? GUARD : NO_GUARD, SENSORS, outboxSchema('storage')].join('\n')
}
