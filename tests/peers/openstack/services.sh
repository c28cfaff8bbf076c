# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Databases, the services themselves, and what is in the cloud at first. Sourced by openstack.sh.

# databases (each once)
done_ok() { [ -e "db/$1.done" ]; }
mark()    { touch "db/$1.done"; }
wal()     { for d in "$@"; do sqlite3 "db/$d.sqlite" 'PRAGMA journal_mode=WAL' >/dev/null; done; }
pyrun()   { "$PY" -c "import sys; sys.argv[0]='$1'; from $2 import main; sys.exit(main())" "${@:3}"; }
export PYTHONPATH="$DIR/lib"

init_keystone() {
  keystone-manage --config-file etc/keystone.conf db_sync
  # what keystone-manage fernet_setup and credential_setup write, without their seconds of imports
  local d k
  for d in fernet credential; do
    mkdir -p "data/$d"
    for k in 0 1; do [ -s "data/$d/$k" ] || head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' >"data/$d/$k"; done
  done
  local u=http://$IP:$P_KEYSTONE/v3
  keystone-manage --config-file etc/keystone.conf bootstrap --bootstrap-password "$PASS" \
    --bootstrap-region-id "$REGION" --bootstrap-public-url $u --bootstrap-internal-url $u --bootstrap-admin-url $u
  wal keystone
}
init_glance()    { pyrun glance-manage glance.cmd.manage --config-file etc/glance.conf db_sync; wal glance; }
init_placement() { placement-manage --config-file etc/placement.conf db sync; wal placement; }
init_nova() { "$PY" lib/nova_schema.py "$(db nova_cell0)" --config-file etc/nova.conf; wal nova_api nova_cell0 nova_cell1; }
init_neutron()   { "$PY" lib/neutron_schema.py "sqlite:///$DIR/db/neutron.sqlite"; wal neutron; }
init_cinder() {
  pyrun cinder-manage cinder.cmd.manage --config-file etc/cinder.conf db sync
  wal cinder
}
init_swift() { "$PY" lib/swift_rings.py etc/swift "$IP" account:$P_ACCT container:$P_CONT object:$P_OBJ; }
PIDS=() NAMES=()
for s in keystone nova cinder glance placement neutron swift; do
  want $s || continue
  done_ok $s && continue
  say "database: $s"
  rm -f db/$s.sqlite* ; [ $s = nova ] && rm -f db/nova_*.sqlite*
  ( TIMEFORMAT="init_$s: %R s wall, %U s user, %S s system"; set -e; time init_$s ) >"log/init-$s.log" 2>&1 & PIDS+=($!) NAMES+=($s)
done
for i in "${!PIDS[@]}"; do
  wait "${PIDS[$i]}" || { tail -25 "log/init-${NAMES[$i]}.log" >&2; die "database of ${NAMES[$i]} failed"; }
  mark "${NAMES[$i]}"
done
[ ${#PIDS[@]} = 0 ] || say "databases ready"

# start
# A pid counts as ours only while its command line names DIR (pids are re-used).
alive() { local p; p=$(cat "run/$1.pid" 2>/dev/null) || return 1
          [ -r "/proc/$p/cmdline" ] && tr '\0' ' ' 2>/dev/null <"/proc/$p/cmdline" | grep -qF -- "$DIR"; }
start() { # name port command...
  local n=$1 port=$2; shift 2
  alive "$n" && { say "$n already runs (pid $(cat run/$n.pid))"; return; }
  (exec 3<>"/dev/tcp/$IP/$port") 2>/dev/null && die "port $port, which $n needs, is taken: start in another folder"
  setsid nohup "$@" >>"log/$n.log" 2>&1 </dev/null &
  echo $! >"run/$n.pid"
}
answers() { # name url seconds
  local end=$((SECONDS+$3))
  until curl -s -o /dev/null -m 5 "$2"; do
    alive "$1" || { tail -30 "log/$1.log" >&2; die "$1 died, see $DIR/log/$1.log"; }
    [ $SECONDS -lt $end ] || die "$1 does not answer $2"
    sleep 0.2
  done
  say "$1 answers on $2"
}
wsgi() { # name port module:callable()
  start "$1" "$2" uwsgi_python3 --http-socket "$IP:$2" --procname "uwsgi-$1 $DIR" --threads 8 --enable-threads \
    --need-app --lazy-apps --buffer-size 65535 --add-header 'Connection: close' \
    --disable-logging --die-on-term --module "$3"
}
export OS_KEYSTONE_CONFIG_FILES="$DIR/etc/keystone.conf" OS_PLACEMENT_CONFIG_DIR="$DIR/etc"
wsgi keystone $P_KEYSTONE 'keystone.server.wsgi:initialize_public_application()'
answers keystone http://$IP:$P_KEYSTONE/v3 60

# accounts, endpoints (idempotent REST)
EP=()
want glance    && EP+=("image|glance|http://$IP:$P_GLANCE")
want placement && EP+=("placement|placement|http://$IP:$P_PLACEMENT")
want nova      && EP+=("compute|nova|http://$IP:$P_NOVA/v2.1")
want neutron   && EP+=("network|neutron|http://$IP:$P_NEUTRON")
want cinder    && EP+=("volumev3|cinderv3|http://$IP:$P_CINDER/v3/\$(project_id)s" "block-storage|cinder|http://$IP:$P_CINDER/v3/\$(project_id)s")
want swift     && EP+=("object-store|swift|http://$IP:$P_SWIFT/v1/AUTH_\$(project_id)s")
# A tiny real image: qcow2 with 1 MiB of pseudo-random data at its start, 16 MiB virtual; and its raw form.
[ -s data/tiny.raw ] || { head -c 1048576 /dev/urandom >data/tiny.raw; truncate -s 16M data/tiny.raw; }
[ -s data/tiny.qcow2 ] || qemu-img convert -f raw -O qcow2 data/tiny.raw data/tiny.qcow2
export S_KS=http://$IP:$P_KEYSTONE/v3 S_REGION=$REGION S_PASS=$PASS S_ENDPOINTS="${EP[*]}" S_HOSTS=$HOSTS \
       S_QCOW2=$DIR/data/tiny.qcow2 S_RAW=$DIR/data/tiny.raw
"$PY" lib/seed.py identity
say "identity: region, projects, users, endpoints"

# the other services
export OS_FAKE_HOSTS=$HOSTS OS_SNAPSHOT_FILE=$DIR/data/tiny.qcow2
if want placement; then wsgi placement $P_PLACEMENT 'placement.wsgi:init_application()'; fi
want glance  && start glance  $P_GLANCE  "$PY" "$DIR/lib/run_glance.py"  --config-file "$DIR/etc/glance.conf"
want neutron && start neutron $P_NEUTRON "$PY" "$DIR/lib/run_neutron.py" --config-file "$DIR/etc/neutron.conf"
want swift   && start swift   $P_SWIFT   "$PY" "$DIR/lib/run_swift.py"   "$DIR/etc/swift"
want cinder  && start cinder  $P_CINDER  "$PY" "$DIR/lib/run_cinder.py"  --config-file "$DIR/etc/cinder.conf"
want placement && answers placement http://$IP:$P_PLACEMENT/ 60
want nova    && start nova    $P_NOVA    "$PY" "$DIR/lib/run_nova.py"    --config-file "$DIR/etc/nova.conf"
want glance  && answers glance  http://$IP:$P_GLANCE/ 90
want neutron && answers neutron http://$IP:$P_NEUTRON/ 90
want swift   && answers swift   http://$IP:$P_SWIFT/healthcheck 60
want cinder  && answers cinder  http://$IP:$P_CINDER/ 90
want nova    && answers nova    http://$IP:$P_NOVA/ 300
"$PY" lib/seed.py resources
say "images, flavors, network, volume type"
