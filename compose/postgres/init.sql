-- Makes the roles, schemas and rights of the database `tracseq`; run once in that database, before any service starts.
-- Plain SQL, so that the official image (docker-entrypoint-initdb.d) and prepare.ts can both run it; running it again
-- changes nothing but the passwords. They come from the server's environment; the defaults are for development only.
create temporary table role_password (role text primary key, password text not null);

-- Every service with a database has a role and a schema of that name; only harness_reader has no schema.
copy role_password from program '
  echo "auth,${AUTH_DB_PASSWORD:-auth}"
  echo "sample,${SAMPLE_DB_PASSWORD:-sample}"
  echo "storage,${STORAGE_DB_PASSWORD:-storage}"
  echo "template,${TEMPLATE_DB_PASSWORD:-template}"
  echo "sequencing,${SEQUENCING_DB_PASSWORD:-sequencing}"
  echo "notification,${NOTIFICATION_DB_PASSWORD:-notification}"
  echo "rag,${RAG_DB_PASSWORD:-rag}"
  echo "event_analytics,${EVENT_ANALYTICS_DB_PASSWORD:-event_analytics}"
  echo "transaction,${TRANSACTION_DB_PASSWORD:-transaction}"
  echo "qaqc,${QAQC_DB_PASSWORD:-qaqc}"
  echo "spreadsheet_versioning,${SPREADSHEET_VERSIONING_DB_PASSWORD:-spreadsheet_versioning}"
  echo "library_details,${LIBRARY_DETAILS_DB_PASSWORD:-library_details}"
  echo "reports,${REPORTS_DB_PASSWORD:-reports}"
  echo "lab_manager,${LAB_MANAGER_DB_PASSWORD:-lab_manager}"
  echo "harness_reader,${HARNESS_READER_PASSWORD:-harness_reader}"
' (format csv);

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

-- The harness and the exporter read everything and change nothing.
alter role harness_reader set default_transaction_read_only = on;
grant pg_monitor to harness_reader;

do $$
declare
  name text;
begin
  for name in select role from role_password where role <> 'harness_reader' loop
    execute format('create schema if not exists %1$I authorization %1$I', name);
    execute format('grant usage on schema %I to harness_reader', name);
    execute format('grant select on all tables in schema %I to harness_reader', name);
    execute format('alter default privileges for role %1$I in schema %1$I grant select on tables to harness_reader', name);
  end loop;
end $$;

drop table role_password;
