#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# A small but real OpenStack on 127.0.0.1, for tests: the services of Debian's packages, each one process, without broker and database server.
# Its hypervisors are Nova's fake ones: no machine runs.
#   openstack.sh up DIR          starts what does not run; everything is in DIR: endpoint, admin.json, member.json, openrc, log/
#   openstack.sh fresh DIR       the same, of a cloud that is new
#   openstack.sh down DIR        ends exactly what `up` started there; what is in DIR stays
#   openstack.sh gone DIR        the same, and nothing stays
#   openstack.sh servers DIR N   N more servers, as rows of Nova's database
# Why one process for each project: oslo.messaging's "fake" transport passes messages between the threads of one process, and SQLite then has
# one writer for each database.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
verb=${1:-} DIR=$(realpath -m "${2:?a folder}")
export LC_ALL=C.UTF-8
# Debian's own interpreter and programs: others do not see the packages.
PY=/usr/bin/python3
export PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONNOUSERSITE=1
unset PYTHONPATH PYTHONHOME http_proxy https_proxy HTTP_PROXY HTTPS_PROXY || true
IP=127.0.0.1 REGION=RegionOne PASS=portulan HOSTS=${OS_FAKE_HOSTS:-8}

say() { printf '%s\n' "$*" >&2; }
die() { echo "openstack: $*" >&2; exit 1; }
want() { true; }
ours() { [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$DIR"; }

down() {
  local file pid
  shopt -s nullglob
  for file in "$DIR"/run/*.pid; do
    pid=$(cat "$file")
    if ours "$pid"; then kill -TERM "$pid" 2>/dev/null || true; fi
  done
  for file in "$DIR"/run/*.pid; do
    pid=$(cat "$file")
    for _ in $(seq 150); do ours "$pid" || break; sleep 0.1; done
    if ours "$pid"; then kill -KILL "$pid" 2>/dev/null || true; fi
    rm -f "$file"
  done
}

# The packages this needs, named where they are missing.
demand_packages() {
  local package missing=()
  while read -r package; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
  done <"$here/packages"
  [ ${#missing[@]} -eq 0 ] || { echo "openstack: these Debian packages are missing: ${missing[*]}" >&2; exit 3; }
}

# What is added to the usual port numbers: chosen once for a folder, so that all of them are free.
choose_ports() {
  [ -s "$DIR/shift" ] || "$PY" "$here/lib/choose_shift.py" >"$DIR/shift"
  local shift
  shift=$(cat "$DIR/shift")
  P_KEYSTONE=$((5000 + shift)) P_GLANCE=$((9292 + shift)) P_PLACEMENT=$((8778 + shift)) P_NOVA=$((8774 + shift)) P_NEUTRON=$((9696 + shift))
  P_CINDER=$((8776 + shift)) P_SWIFT=$((8080 + shift)) P_OBJ=$((6200 + shift)) P_CONT=$((6201 + shift)) P_ACCT=$((6202 + shift))
}

account() { printf '{"user": "%s", "password": "%s", "project": "portulan"}\n' "$2" "$PASS" >"$DIR/$1.json"; }

up() {
  demand_packages
  umask 077
  mkdir -p "$DIR"/{etc,db,log,run,lib,lock} "$DIR"/data/{glance,glance-staging,glance-tasks,nova,cinder,swift/d1}
  choose_ports
  cp "$here"/lib/*.py "$DIR/lib/"
  cd "$DIR"
  source "$here/configure.sh"
  source "$here/services.sh"
  account admin admin
  account member portulan
  cat >openrc <<EOF
export OS_AUTH_URL=http://$IP:$P_KEYSTONE/v3 OS_IDENTITY_API_VERSION=3 OS_REGION_NAME=$REGION
export OS_USERNAME=admin OS_PASSWORD=$PASS OS_PROJECT_NAME=portulan OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default
EOF
  echo "http://$IP:$P_KEYSTONE/v3" >endpoint
}

case $verb in
  up) up ;;
  fresh) down; rm -rf "$DIR"; up ;;
  down) down ;;
  gone) down; rm -rf "$DIR" ;;
  servers) "$PY" "$here/lib/fake_servers.py" "$DIR" "${3:?a number}" ;;
  *) die "up, fresh, down, gone or servers" ;;
esac
