// The notification service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'
import { CHANNELS, DELIVERY_STATUSES, PRIORITIES, STATUSES, TYPES } from './words.ts'

function oneOf(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const notificationSchema = `
select pg_advisory_xact_lock(7206010);

create table if not exists notification.templates (
  id uuid primary key default gen_random_uuid(),
  name varchar(100) not null unique,
  title varchar(255) not null,
  body text not null,
  description varchar(1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
insert into notification.templates (name, title, body) values (
  'sample_submission_success', 'Sample {{sample_barcode}} submitted',
  'The sample {{sample_barcode}} ({{sample_id}}) was submitted by {{submitter_id}}.'
) on conflict do nothing;

create table if not exists notification.channels (
  id uuid primary key default gen_random_uuid(),
  name varchar(100) not null unique,
  channel_type varchar(20) not null check (channel_type in (${oneOf(CHANNELS)})),
  enabled boolean not null,
  config jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists notification.subscriptions (
  id uuid primary key default gen_random_uuid(),
  name varchar(100) not null unique,
  event_types text[] not null,
  channels text[] not null,
  recipients text[] not null,
  priority varchar(20) not null check (priority in (${oneOf(PRIORITIES)})),
  template_id uuid references notification.templates (id),
  enabled boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table if not exists notification.notifications (
  id uuid primary key default gen_random_uuid(),
  title varchar(255) not null,
  message text not null,
  notification_type varchar(20) not null check (notification_type in (${oneOf(TYPES)})),
  priority varchar(20) not null check (priority in (${oneOf(PRIORITIES)})),
  channels text[] not null,
  recipients text[] not null,
  template_id uuid,
  template_data jsonb,
  metadata jsonb,
  status varchar(20) not null check (status in (${oneOf(STATUSES)})),
  -- What it was made from: one alert, event or transaction makes one notification, however often it is told of.
  source_key varchar(400) unique,
  transaction_id varchar(100),
  context jsonb not null default '{}',
  created_by varchar(255),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  scheduled_at timestamptz,
  sent_at timestamptz
);
create index if not exists notifications_newest on notification.notifications (created_at desc, id);
create index if not exists notifications_transaction on notification.notifications (transaction_id)
  where transaction_id is not null;

create table if not exists notification.deliveries (
  id uuid primary key default gen_random_uuid(),
  notification_id uuid not null references notification.notifications (id) on delete cascade,
  channel varchar(20) not null check (channel in (${oneOf(CHANNELS)})),
  status varchar(20) not null default 'pending' check (status in (${oneOf(DELIVERY_STATUSES)})),
  rank smallint not null,
  attempts integer not null default 0,
  -- When it is to be tried, or, while it is being tried, when somebody else may.
  due_at timestamptz not null,
  last_error varchar(500),
  sent_at timestamptz,
  unique (notification_id, channel)
);
create index if not exists deliveries_due on notification.deliveries (due_at) where status = 'pending';

-- A transaction that was undone gets no notification any more, even where its wish arrives late.
create table if not exists notification.cancelled_transactions (
  transaction_id varchar(100) primary key,
  cancelled_at timestamptz not null default now()
);

-- One row per event id taken from a stream, however often it was delivered.
create table if not exists notification.received_events (
  event_id uuid primary key,
  event_type varchar(100) not null,
  deliveries integer not null,
  received_at timestamptz not null default now()
);
create index if not exists received_events_age on notification.received_events (received_at);
${outboxSchema('notification')}`
