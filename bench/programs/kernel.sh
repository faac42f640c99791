#!/bin/bash
# Runs in the lab's kernel, as root: for each folder of $1 (its name is the number of real servers) it measures, $2
# times, ways to fill the IPVS table. Writes "SERVERS CASE SECONDS" and "SERVERS CASE calls NUMBER" lines to $3.
set -eu
shopt -s inherit_errexit
folders=$1 rounds=$2 results=$3

# EPOCHREALTIME has the locale's decimal sign.
LC_ALL=C

# The serial line is slow, and the kernel halts as soon as this ends.
trap 'echo "ended at line $LINENO, status $?: $(tail -n 2 /run/bench-errors | tr "\n" " ")" >"$results"; sleep 0.5' EXIT

# measure CASE COMMAND...
measure() {
  local name=$1 begin end
  shift
  begin=${EPOCHREALTIME/./}
  "$@" >/dev/null 2>/run/bench-errors
  end=${EPOCHREALTIME/./}
  echo "$servers $name $((end - begin))" >"$results"
}

restore() { ipvsadm -R <"$1"; }

# As many hand-written scripts do it: a process for each rule.
one_by_one() {
  local words
  while read -r words; do
    # shellcheck disable=SC2086 # a rule's words
    ipvsadm $words
  done <"$1"
}

keepalived_pid() { cat /run/keepalived-bench.pid; }

start_keepalived() {
  keepalived --use-file="$1" --pid=/run/keepalived-bench.pid --checkers_pid=/run/keepalived-bench-check.pid \
    --dont-release-ipvs --check
}

# wait_for PATTERN: until the table has such a line
wait_for() {
  local _
  for _ in $(seq 600); do
    if ipvsadm -Sn | grep -q -e "$1"; then return 0; fi
    sleep 0.02
  done
  echo "no $1 in the table" >&2
  return 1
}

reload_keepalived() {
  cp "$1/changed.conf" /run/keepalived-bench.conf
  kill -HUP "$(keepalived_pid)"
  wait_for "$(cat "$1/changed-rule")"
}

# count CASE COMMAND: counts external commands by wrappers that are first on the script's PATH. arping counts once: a
# machine that is slow for a moment gets a second one.
count() {
  : >/run/bench-calls
  "$2" start >/dev/null 2>&1
  echo "$servers $1 calls $(awk '$0 != "arping" || !seen++' /run/bench-calls | wc -l)" >"$results"
}

# wrappers SCRIPT...: one for each program that the scripts' texts name. A process takes long here: few do it.
wrappers() {
  local word real
  mkdir -p /run/wrappers
  grep -hoE '[a-z][a-z0-9_.-]*' "$@" | sort -u | while read -r word; do
    type -P "$word" >/run/bench-real || continue
    read -r real </run/bench-real
    printf '#!/bin/sh\necho %s >>/run/bench-calls\nexec %s "$@"\n' "$word" "$real" >"/run/wrappers/$word"
  done
  chmod 755 /run/wrappers/*
}

ip link add eth0 type dummy
ip address add 10.20.0.2/14 dev eth0
ip link set eth0 up
ip link set lo up

# The first start of all finds no ip_vs in the kernel and loads it.
for folder in "$folders"/*/; do
  sh "$folder/lvs_dr.sh" start >/dev/null 2>&1
  sh "$folder/lvs_dr.sh" stop >/dev/null 2>&1
  break
done

wrappers "$folders"/*/lvs_dr.sh
for folder in "$folders"/*/; do
  servers=$(basename "$folder")
  for ((round = 1; round <= rounds; round++)); do
    ipvsadm -C
    measure restore restore "$folder/table"
    ipvsadm -C
    measure first sh "$folder/lvs_dr.sh" start
    measure unchanged sh "$folder/lvs_dr.sh" start
    measure changed sh "$folder/changed/lvs_dr.sh" start
    measure stop sh "$folder/changed/lvs_dr.sh" stop
    ipvsadm -C
    # A process for each of a thousand rules takes half a minute: once is enough to see that.
    if [ "$round" -eq 1 ] || [ "$servers" -lt 1000 ]; then
      measure one-by-one one_by_one "$folder/table"
    fi
    ipvsadm -C
    cp "$folder/keepalived.conf" /run/keepalived-bench.conf
    start_keepalived /run/keepalived-bench.conf
    wait_for "$(cat "$folder/last-rule")"
    measure keepalived-reload reload_keepalived "$folder"
    pid=$(keepalived_pid)
    kill "$pid"
    while [ -e "/proc/$pid" ]; do sleep 0.05; done
  done
  ipvsadm -C
  mkdir -p "$folder/counted/changed"
  sed 's|^PATH=|PATH=/run/wrappers:|' "$folder/lvs_dr.sh" >"$folder/counted/lvs_dr.sh"
  sed 's|^PATH=|PATH=/run/wrappers:|' "$folder/changed/lvs_dr.sh" >"$folder/counted/changed/lvs_dr.sh"
  chmod 755 "$folder"/counted/lvs_dr.sh "$folder"/counted/changed/lvs_dr.sh
  count first "$folder/counted/lvs_dr.sh"
  count unchanged "$folder/counted/lvs_dr.sh"
  count changed "$folder/counted/changed/lvs_dr.sh"
  "$folder/counted/changed/lvs_dr.sh" stop >/dev/null 2>&1
done
echo finished >"$results"
trap "sleep 0.5" EXIT
