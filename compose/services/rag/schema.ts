// The RAG service's tables, made at start; running it again changes nothing.
import { outboxSchema } from '../kit/outbox.ts'

/** Idempotent statements, to be run in one transaction; the lock keeps two starting processes apart. */
export const ragSchema = `
select pg_advisory_xact_lock(7206060);

create table if not exists rag.documents (
  id uuid primary key default gen_random_uuid(),
  filename varchar(255) not null,
  document_type varchar(20) not null,
  content text not null,
  uploaded_by uuid not null,
  status varchar(20) not null default 'processing' check (status in ('processing', 'completed', 'failed')),
  extracted_data jsonb not null default '{}',
  confidence_score real not null default 0,
  samples_found integer not null default 0,
  error text,
  context jsonb not null default '{}',
  attempts integer not null default 0,
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  processed_at timestamptz
);
create index if not exists documents_newest on rag.documents (created_at desc, id);
create index if not exists documents_waiting on rag.documents (attempts, created_at) where status = 'processing';

create table if not exists rag.passages (
  id bigint generated always as identity primary key,
  document_id uuid references rag.documents (id) on delete cascade,
  title varchar(255) not null,
  body text not null,
  search tsvector generated always as (to_tsvector('english', title || ' ' || body)) stored
);
create unique index if not exists passages_knowledge on rag.passages (title) where document_id is null;
create index if not exists passages_search on rag.passages using gin (search);

create table if not exists rag.turns (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  session_id varchar(100) not null,
  query text not null,
  answer text not null,
  created_at timestamptz not null default now()
);
create index if not exists turns_session on rag.turns (user_id, session_id, id desc);
${outboxSchema('rag')}`
