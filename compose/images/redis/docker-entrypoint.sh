#!/bin/sh
# Options alone are those of the server, as with the official image; and like that one it is open to the network of its containers.
set -eu
case "${1:-redis-server}" in
  -*) set -- redis-server "$@" ;;
esac
[ "${1:-redis-server}" = redis-server ] || exec "$@"
[ $# -eq 0 ] || shift
exec redis-server --protected-mode no "$@"
