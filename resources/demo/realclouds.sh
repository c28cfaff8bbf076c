# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Three sites of the demonstration that stand before clouds which are not ours: a real OpenStack, whose hypervisors run nothing; a real libvirtd;
# and a simulated vCenter. The same that the tests start. Sourced by demo.sh.

# drive DIR SITE: the site's driver is what stdin says.
drive() {
  local file=$1/sites/$2/site.toml
  python3 - "$file" "$(cat)" <<'PYTHON'
import sys
path, section = sys.argv[1:]
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write(text.replace('[driver]\nname = "embedded"\n', section + "\n"))
PYTHON
}

start_clouds() {
  local dir=$1 peers=$root/tests/peers libvirt uri vcsim=$root/build/${PRESET:-dev}/tests/site/vcsim
  bash "$peers/openstack/openstack.sh" fresh "$dir/openstack"
  drive "$dir" nantes <<EOF
[driver]
name = "openstack"
[openstack]
auth_url = "$(cat "$dir/openstack/endpoint")"
credentials = "$dir/openstack/admin.json"
interval_seconds = 2
EOF
  libvirt=$(mktemp -d /tmp/portulan-XXXXXX) # a socket's path must be short
  chmod 755 "$libvirt"
  echo "$libvirt" >"$dir/libvirt"
  uri=$(bash "$peers/libvirtd.sh" up "$libvirt/lv")
  local pool
  for pool in default images; do
    install -d -m 777 "$libvirt/lv/$pool"
    virsh -q -c "$uri" pool-create-as "$pool" dir --target "$libvirt/lv/$pool" >/dev/null
  done
  drive "$dir" le-mans <<EOF
[driver]
name = "libvirt"
[libvirt]
uris = ["$uri"]
console_directory = "$libvirt/lv/data"
EOF
  mkdir -p "$dir/vcenter/exports"
  qemu-img convert -O vmdk -o subformat=streamOptimized "$root/build/${PRESET:-dev}/nano/nano.raw" "$dir/vcenter/exports/default.vmdk"
  (umask 077 && echo '{"user": "user", "password": "pass"}' >"$dir/vcenter/account.json")
  TMPDIR=$dir/vcenter "$vcsim" -tls=false -vm 4 -export "$dir/vcenter/exports" </dev/null >"$dir/vcenter/said" 2>&1 &
  echo $! >"$dir/vcenter/pid"
  for _ in $(seq 200); do grep -q '/sdk$' "$dir/vcenter/said" && break; sleep 0.1; done
  drive "$dir" rennes <<EOF
[driver]
name = "vsphere"
[vsphere]
url = "$(head -1 "$dir/vcenter/said")"
credentials = "$dir/vcenter/account.json"
interval_seconds = 5
EOF
}

stop_clouds() {
  local dir=$1 pid
  [ ! -e "$dir/openstack/endpoint" ] || bash "$root/tests/peers/openstack/openstack.sh" gone "$dir/openstack"
  if [ -s "$dir/libvirt" ]; then
    bash "$root/tests/peers/libvirtd.sh" down "$(cat "$dir/libvirt")/lv"
    rm -rf "$(cat "$dir/libvirt")" "$dir/libvirt"
  fi
  if [ -s "$dir/vcenter/pid" ]; then
    pid=$(cat "$dir/vcenter/pid")
    if [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -F "$dir/vcenter"; then kill "$pid" 2>/dev/null || true; fi
    rm -rf "$dir/vcenter"
  fi
}
