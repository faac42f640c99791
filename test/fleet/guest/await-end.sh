#!/bin/sh
# await-end.sh HOST: until the first process of a host that shuts down is gone; at most five minutes.
set -eu

read -r init <"/run/fleet/$1.pid"
tries=3000
while [ -d "/proc/$init" ]; do
  [ "$tries" -gt 0 ] || exit 1
  tries=$((tries - 1))
  sleep 0.1
done
