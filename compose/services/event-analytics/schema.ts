// The event analytics service's table, made at start; running it again changes nothing.

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const analyticsSchema = `
select pg_advisory_xact_lock(7206011);

-- One row per event id, however often it was delivered: what was published and is not here was lost.
create table if not exists event_analytics.events (
  event_id uuid primary key,
  event_type varchar(100) not null,
  source_service varchar(64) not null,
  stream_entry varchar(50) not null,
  deliveries integer not null check (deliveries > 0),
  occurred_at timestamptz not null,
  first_delivered_at timestamptz not null default now(),
  last_delivered_at timestamptz not null default now()
);
create index if not exists events_delivered on event_analytics.events (last_delivered_at);
create index if not exists events_type on event_analytics.events (event_type, occurred_at);
`
