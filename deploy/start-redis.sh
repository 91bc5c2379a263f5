#!/bin/sh
# The password goes through a file of the container's own, not through a command line that others can list.
set -eu
umask 077
printf 'requirepass %s\n' "$(cat /run/secrets/redis_password)" > /tmp/password.conf
chown redis /tmp/password.conf
# the image's own entrypoint gives up root
exec docker-entrypoint.sh redis-server /tmp/password.conf --appendonly yes --save "" --maxmemory-policy noeviction --dir /data
