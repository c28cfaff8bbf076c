# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Cinder backend whose volumes are sparse raw files: real bytes, no LVM, no iSCSI, no root helper."""
import os
import shutil
import subprocess

from oslo_config import cfg
from cinder import exception, interface
from cinder.volume import driver

CONF = cfg.CONF
GIB = 1 << 30


@interface.volumedriver
class FileVolumeDriver(driver.VolumeDriver):
    VERSION = '1.0'
    CI_WIKI_NAME = 'none'

    def _dir(self):
        return self.configuration.safe_get('volumes_dir')

    def _path(self, thing):
        return os.path.join(self._dir(), thing['name'])

    def do_setup(self, context):
        os.makedirs(self._dir(), exist_ok=True)

    def check_for_setup_error(self):
        pass

    def _update_volume_stats(self):
        st = os.statvfs(self._dir())
        names = os.listdir(self._dir())
        self._stats = {
            'volume_backend_name': 'files', 'vendor_name': 'Portulan', 'driver_version': self.VERSION,
            'storage_protocol': 'file',
            'pools': [{
                'pool_name': 'files',
                'total_capacity_gb': round(st.f_frsize * st.f_blocks / GIB, 2),
                'free_capacity_gb': round(st.f_frsize * st.f_bavail / GIB, 2),
                'provisioned_capacity_gb': round(sum(os.path.getsize(os.path.join(self._dir(), n))
                                                     for n in names) / GIB, 2),
                'reserved_percentage': 0, 'max_over_subscription_ratio': '20.0',
                'thin_provisioning_support': True, 'thick_provisioning_support': False,
                'total_volumes': len(names), 'QoS_support': False, 'multiattach': False}]}

    def create_volume(self, volume):
        with open(self._path(volume), 'wb') as f:
            f.truncate(volume['size'] * GIB)

    def extend_volume(self, volume, new_size):
        os.truncate(self._path(volume), new_size * GIB)

    def delete_volume(self, volume):
        if os.path.exists(self._path(volume)):
            os.unlink(self._path(volume))

    def _copy(self, src, dst, size):
        subprocess.check_call(['cp', '--sparse=always', '--', src, dst])
        os.truncate(dst, size * GIB)

    def create_snapshot(self, snapshot):
        self._copy(os.path.join(self._dir(), snapshot['volume_name']), self._path(snapshot),
                   snapshot['volume_size'])

    def delete_snapshot(self, snapshot):
        self.delete_volume(snapshot)

    def revert_to_snapshot(self, context, volume, snapshot):
        self._copy(self._path(snapshot), self._path(volume), volume['size'])

    def create_volume_from_snapshot(self, volume, snapshot):
        self._copy(self._path(snapshot), self._path(volume), volume['size'])

    def create_cloned_volume(self, volume, src_vref):
        self._copy(self._path(src_vref), self._path(volume), volume['size'])

    def copy_image_to_volume(self, context, volume, image_service, image_id, disable_sparse=False):
        tmp = self._path(volume) + '.part'
        with open(tmp, 'wb') as f:
            image_service.download(context, image_id, f)
        try:
            fmt = image_service.show(context, image_id)['disk_format']
            subprocess.check_call(['qemu-img', 'convert', '-f', fmt, '-O', 'raw', tmp, self._path(volume)])
            os.truncate(self._path(volume), volume['size'] * GIB)
        except subprocess.CalledProcessError as e:
            raise exception.ImageUnacceptable(image_id=image_id, reason=str(e))
        finally:
            os.unlink(tmp)

    def copy_volume_to_image(self, context, volume, image_service, image_meta):
        fmt = image_meta.get('disk_format') or 'raw'
        src, tmp = self._path(volume), None
        if fmt != 'raw':
            tmp = src + '.' + fmt
            subprocess.check_call(['qemu-img', 'convert', '-f', 'raw', '-O', fmt, src, tmp])
        try:
            with open(tmp or src, 'rb') as f:
                image_service.update(context, image_meta['id'], {}, f)
        finally:
            if tmp:
                os.unlink(tmp)

    def ensure_export(self, context, volume):
        pass

    def create_export(self, context, volume, connector):
        pass

    def remove_export(self, context, volume):
        pass

    def initialize_connection(self, volume, connector):
        return {'driver_volume_type': 'local', 'data': {'device_path': self._path(volume)}}

    def terminate_connection(self, volume, connector, **kwargs):
        pass
