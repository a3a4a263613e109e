-- Makes the roles, schemas and rights of the database `tracseq`; run once in that database, before any service starts.
-- Plain SQL, so that the official image (docker-entrypoint-initdb.d) and prepare.ts can both run it; running it again
-- changes nothing but the passwords. They come from the server's environment; the defaults are for development only.
create temporary table role_password (role text primary key, password text not null);

copy role_password from program 'echo "auth,${AUTH_DB_PASSWORD:-auth}"' (format csv);

copy role_password from program 'echo "sample,${SAMPLE_DB_PASSWORD:-sample}"' (format csv);

copy role_password from program 'echo "harness_reader,${HARNESS_READER_PASSWORD:-harness_reader}"' (format csv);

do $$
declare
  entry record;
begin
  for entry in select * from role_password loop
    if not exists (select from pg_roles where rolname = entry.role) then
      execute format('create role %I login', entry.role);
    end if;
    execute format('alter role %I password %L', entry.role, entry.password);
  end loop;
end $$;

drop table role_password;

create schema if not exists auth authorization auth;
create schema if not exists sample authorization sample;

-- The harness and the exporter read everything and change nothing.
alter role harness_reader set default_transaction_read_only = on;
grant pg_monitor to harness_reader;
grant usage on schema auth, sample to harness_reader;
grant select on all tables in schema auth, sample to harness_reader;
alter default privileges for role auth in schema auth grant select on tables to harness_reader;
alter default privileges for role sample in schema sample grant select on tables to harness_reader;
