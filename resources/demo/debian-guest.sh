#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# debian-guest.sh IMAGE.qcow2: a small bootable disk with Debian's cloud kernel and a busybox userland, for ./dev demo --real-vms.
# The machine says so on its serial console, mounts a data area on its own disk and appends a line to a diary there every second.
set -euo pipefail
out=$(realpath -m "${1:?usage: debian-guest.sh IMAGE.qcow2}")
[ ! -s "$out" ] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
need=(syslinux mtools dosfstools busybox-static cpio kmod)
missing=()
for package in "${need[@]}"; do dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok' || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
  sudo=(); [ "$(id -u)" = 0 ] || sudo=(sudo)
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
fi

# The kernel as Debian ships it, taken out of its package, not installed.
kernel=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*cloud-amd64\)$/\1/p' | head -1)
(cd "$work" && apt-get download -q "$kernel" >&2 && dpkg-deb -x ./*.deb kernel)
modules=$(echo "$work"/kernel/lib/modules/*)

root=$work/root
mkdir -p "$root"/{bin,dev,proc,sys,data,modules}
cp /bin/busybox "$root/bin/"
wanted=(virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk fat vfat nls_cp437 nls_ascii)
for module in "${wanted[@]}"; do
  file=$(find "$modules" -name "$module.ko*" | head -1)
  [ -z "$file" ] || cp "$file" "$root/modules/"
done
cat >"$root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk fat vfat nls_cp437 nls_ascii; do
  [ -f "/modules/$module.ko" ] && insmod "/modules/$module.ko"
done 2>/dev/null
console=/dev/ttyS0
echo "PORTULAN-GUEST debian up, kernel $(uname -r), $(awk '/MemTotal/{print $2}' /proc/meminfo) kB" >$console
tries=0
until [ -b /dev/vda ] || [ $tries -ge 50 ]; do usleep 100000; tries=$((tries + 1)); done
mount -t vfat -o iocharset=ascii /dev/vda /data && echo "disk mounted" >$console
n=0
while :; do
  n=$((n + 1))
  echo "$n $(cut -d' ' -f1 /proc/uptime)" >>/data/DIARY.TXT
  sync
  echo "HB $n" >$console
  sleep 1
done
INIT
chmod +x "$root/init"
(cd "$root" && find . | cpio -o -H newc --quiet | gzip -9) >"$work/initrd"

raw=$work/disk.raw
truncate -s 64M "$raw"
mkfs.vfat -n PORTULAN "$raw" >/dev/null
export MTOOLS_SKIP_CHECK=1
mcopy -i "$raw" "$work"/kernel/boot/vmlinuz-* ::/VMLINUZ
mcopy -i "$raw" "$work/initrd" ::/INITRD
printf 'SERIAL 0 115200\nDEFAULT debian\nPROMPT 0\nTIMEOUT 1\nLABEL debian\n  KERNEL VMLINUZ\n  APPEND initrd=INITRD console=ttyS0 quiet loglevel=1 mitigations=off panic=-1\n' >"$work/syslinux.cfg"
mcopy -i "$raw" "$work/syslinux.cfg" ::/SYSLINUX.CFG
syslinux --install "$raw"
qemu-img convert -f raw -O qcow2 -o compat=1.1 "$raw" "$out.part"
mv "$out.part" "$out"
