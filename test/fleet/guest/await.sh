#!/bin/sh
# await.sh HOST: until the host has reached its default target, whose last unit leaves a mark; at most two minutes.
set -eu

read -r init <"/run/fleet/$1.pid"
tries=1200
until [ -e "/proc/$init/root/run/fleet-up" ]; do
  [ "$tries" -gt 0 ] && [ -d "/proc/$init" ] || exit 1
  tries=$((tries - 1))
  sleep 0.1
done
