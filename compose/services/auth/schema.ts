// The auth service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const authSchema = `
select pg_advisory_xact_lock(7206001);

create table if not exists auth.users (
  id uuid primary key default gen_random_uuid(),
  email varchar(255) not null unique,
  password_hash varchar(255) not null,
  first_name varchar(100) not null,
  last_name varchar(100) not null,
  role varchar(50) not null default 'guest',
  status varchar(20) not null default 'active',
  email_verified boolean not null default false,
  failed_login_attempts integer not null default 0,
  locked_until timestamptz,
  last_login_at timestamptz,
  password_changed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  department varchar(255),
  position varchar(255),
  lab_affiliation varchar(255)
);

create table if not exists auth.user_sessions (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  token_hash varchar(64) not null unique,
  refresh_token_hash varchar(64) unique,
  refresh_expires_at timestamptz,
  device_info text,
  ip_address varchar(45),
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  revoked boolean not null default false,
  revoked_at timestamptz
) with (fillfactor = 80);
create index if not exists user_sessions_user on auth.user_sessions (user_id);

create table if not exists auth.security_audit_log (
  id uuid primary key default gen_random_uuid(),
  event_type varchar(50) not null,
  user_id uuid references auth.users (id) on delete set null,
  user_email varchar(255),
  ip_address varchar(45),
  user_agent text,
  details jsonb not null default '{}',
  severity varchar(20) not null default 'MEDIUM',
  "timestamp" timestamptz not null default now()
);
create index if not exists security_audit_log_time on auth.security_audit_log ("timestamp");

create table if not exists auth.one_time_tokens (
  token_hash varchar(64) primary key,
  purpose varchar(30) not null,
  user_id uuid not null references auth.users (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);

create table if not exists auth.outgoing_mail (
  id bigint generated always as identity primary key,
  recipient varchar(255) not null,
  purpose varchar(30) not null,
  token varchar(64) not null,
  created_at timestamptz not null default now()
);
${outboxSchema('auth')}`
