#!/bin/sh
# power-off.sh HOST: the plug is pulled. Everything in a process namespace ends with its first process, and with the
# network namespace go its addresses, its IPVS table and its end of the cable; what is on its disk stays.
set -eu

read -r init <"/run/fleet/$1.pid"
: >"/run/fleet/$1.pid"
[ ! -d "/proc/$init" ] || kill -KILL "$init"
ip netns del "$1"
