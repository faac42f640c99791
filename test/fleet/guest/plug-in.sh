#!/bin/sh
# plug-in.sh HOST: a network namespace for the host, with its interfaces, their cables and their addresses.
set -eu

ip netns add "$1"
ip -batch "$FOLDER/network.$1"
ip -n "$1" -batch "$FOLDER/network.$1.inside"
