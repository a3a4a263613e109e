#!/bin/sh
# Prepares the data directory on a first start, then becomes the server, as the entry point of the official image does.
set -eu
case "${1:-postgres}" in
  -*) set -- postgres "$@" ;;
  postgres) ;;
  *) exec "$@" ;;
esac
[ $# -eq 0 ] || shift
mkdir -p -m 700 "$PGDATA"
binaries=/usr/lib/postgresql/18/bin
INITDB="$binaries/initdb" POSTGRES_BIN="$binaries/postgres" INIT_SQL_DIR=/docker-entrypoint-initdb.d node /usr/local/lib/prepare/main.js
# nobody is trusted for coming through a socket (pg_hba.conf), so there is none
exec "$binaries/postgres" -c listen_addresses='*' -c unix_socket_directories= "$@"
