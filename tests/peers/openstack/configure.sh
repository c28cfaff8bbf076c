# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# The services' configuration, in DIR/etc. Sourced by openstack.sh.

# check_same_thread: uwsgi's threads may close a connection that another one opened
db() { echo "sqlite:///$DIR/db/$1.sqlite?timeout=60&check_same_thread=false"; }

# Options common to every service: how to check a token, where the messages go, one lock folder.
auth_section() { cat <<EOF

[$1]
auth_type = password
auth_url = http://$IP:$P_KEYSTONE/v3
username = svc
password = $PASS
user_domain_name = Default
project_name = service
project_domain_name = Default
region_name = $REGION
valid_interfaces = public
EOF
}
common() { cat <<EOF
[DEFAULT]
transport_url = fake://
rpc_response_timeout = 60
use_stderr = true
debug = ${OS_DEBUG:-false}
default_log_levels = amqp=WARN,sqlalchemy=WARN,stevedore=WARN,oslo_messaging=ERROR,oslo.messaging=ERROR,keystonemiddleware=ERROR,keystoneauth=WARN,urllib3.connectionpool=WARN,nova.osapi_compute.wsgi.server=WARN,neutron.wsgi=WARN,neutron.api.extensions=WARN,neutron.quota=ERROR,eventlet.wsgi.server=WARN,cinder.api.openstack.wsgi=WARN,requests=WARN,routes=WARN,taskflow=WARN
[oslo_messaging_notifications]
driver = noop
[oslo_concurrency]
lock_path = $DIR/lock
EOF
auth_section keystone_authtoken
cat <<EOF
www_authenticate_uri = http://$IP:$P_KEYSTONE
# tokens are re-checked with keystone only every 5 minutes (in-process cache, no memcached)
token_cache_time = 300
EOF
}

# --- keystone
cat >etc/keystone.conf <<EOF
[DEFAULT]
use_stderr = true
public_endpoint = http://$IP:$P_KEYSTONE
[database]
connection = $(db keystone)
[token]
provider = fernet
expiration = 14400
[fernet_tokens]
key_repository = $DIR/data/fernet
[fernet_receipts]
# its default is /etc/keystone/fernet-keys, and keystone refuses to start without that folder
key_repository = $DIR/data/fernet
[credential]
key_repository = $DIR/data/credential
[identity]
# cheap bcrypt: a test cloud only; the default (12) costs about 250 ms of CPU at each login
password_hash_rounds = 4
[cache]
enabled = true
backend = dogpile.cache.memory
EOF

# --- glance
{ common; cat <<EOF
[DEFAULT]
bind_host = $IP
bind_port = $P_GLANCE
workers = 0
enabled_backends = local:file
show_image_direct_url = false
enabled_import_methods = [glance-direct]
[database]
connection = $(db glance)
[glance_store]
default_backend = local
[local]
filesystem_store_datadir = $DIR/data/glance
[os_glance_staging_store]
filesystem_store_datadir = $DIR/data/glance-staging
[os_glance_tasks_store]
filesystem_store_datadir = $DIR/data/glance-tasks
[paste_deploy]
flavor = keystone
config_file = $DIR/etc/glance-paste.ini
EOF
} >etc/glance.conf
cp "$here/etc/glance-paste.ini" etc/glance-paste.ini

# --- placement
{ common; cat <<EOF
[placement_database]
connection = $(db placement)
[api]
auth_strategy = keystone
EOF
} >etc/placement.conf

# --- nova
{ common; cat <<EOF
[DEFAULT]
host = nova-ctl
my_ip = $IP
state_path = $DIR/data/nova
enabled_apis = osapi_compute
osapi_compute_listen = $IP
osapi_compute_listen_port = $P_NOVA
osapi_compute_workers = 1
compute_driver = fake.FakeDriver
vif_plugging_is_fatal = false
vif_plugging_timeout = 0
report_interval = 20
service_down_time = 120
update_resources_interval = 120
sync_power_state_interval = 600
osapi_max_limit = 1000
# one host: a server can only grow where it is
allow_resize_to_same_host = true
[api]
max_limit = 1000
[wsgi]
api_paste_config = $DIR/etc/nova-paste.ini
[database]
connection = $(db nova_cell1)
[api_database]
connection = $(db nova_api)
[scheduler]
discover_hosts_in_cells_interval = 30
[filter_scheduler]
track_instance_changes = false
[quota]
instances = -1
cores = -1
ram = -1
[cinder]
catalog_info = volumev3::publicURL
os_region_name = $REGION
EOF
auth_section placement; auth_section glance; auth_section neutron; auth_section service_user; echo "send_service_user_token = true"
} >etc/nova.conf
cp "$here/etc/nova-paste.ini" etc/nova-paste.ini

# --- neutron
{ common; cat <<EOF
[DEFAULT]
bind_host = $IP
bind_port = $P_NEUTRON
state_path = $DIR/data
core_plugin = ml2
service_plugins =
api_paste_config = $DIR/etc/neutron-paste.ini
api_workers = 0
rpc_workers = 0
rpc_state_report_workers = 0
dhcp_agent_notification = false
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
pagination_max_limit = 1000
[database]
connection = $(db neutron)
[ml2]
type_drivers = local
tenant_network_types = local
mechanism_drivers = portulan
extension_drivers = port_security
EOF
} >etc/neutron.conf
cp "$here/etc/neutron-paste.ini" etc/neutron-paste.ini

# --- cinder
{ common; cat <<EOF
[DEFAULT]
host = cinder-ctl
my_ip = $IP
state_path = $DIR/data/cinder
api_paste_config = $DIR/etc/cinder-paste.ini
osapi_volume_listen = $IP
osapi_volume_listen_port = $P_CINDER
osapi_volume_workers = 1
auth_strategy = keystone
enabled_backends = files
scheduler_driver_init_wait_time = 5
default_volume_type = files
glance_api_servers = http://$IP:$P_GLANCE
quota_volumes = -1
quota_snapshots = -1
quota_gigabytes = -1
osapi_max_limit = 1000
[coordination]
backend_url = file://$DIR/data/cinder/coordination
[database]
connection = $(db cinder)
[files]
volume_driver = portulan_cinder_driver.FileVolumeDriver
volume_backend_name = files
volumes_dir = $DIR/data/cinder/volumes
EOF
} >etc/cinder.conf
mkdir -p data/cinder/{volumes,coordination,conversion}
cp "$here/etc/cinder-paste.ini" etc/cinder-paste.ini

# --- swift (its own config style: one paste file for each of the four servers)
mkdir -p etc/swift data/swift-recon
[ -s etc/swift/swift.conf ] || cat >etc/swift/swift.conf <<EOF
[swift-hash]
swift_hash_path_prefix = $(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
swift_hash_path_suffix = $(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
[storage-policy:0]
name = gold
default = yes
EOF
swift_server() { # name port extra-filters
cat <<EOF
[DEFAULT]
bind_ip = $IP
bind_port = $2
swift_dir = $DIR/etc/swift
devices = $DIR/data/swift
mount_check = false
disable_fallocate = true
log_level = WARNING
user = $(id -un)
[pipeline:main]
pipeline = healthcheck recon $1-server
[app:$1-server]
use = egg:swift#$1
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:recon]
use = egg:swift#recon
recon_cache_path = $DIR/data/swift-recon
EOF
}
swift_server object    $P_OBJ  >etc/swift/object-server.conf
swift_server container $P_CONT >etc/swift/container-server.conf
swift_server account   $P_ACCT >etc/swift/account-server.conf
cat >etc/swift/proxy-server.conf <<EOF
[DEFAULT]
bind_ip = $IP
bind_port = $P_SWIFT
swift_dir = $DIR/etc/swift
log_level = WARNING
user = $(id -un)
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck listing_formats bulk tempurl authtoken keystoneauth copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:tempurl]
use = egg:swift#tempurl
[filter:copy]
use = egg:swift#copy
[filter:container-quotas]
use = egg:swift#container_quotas
[filter:account-quotas]
use = egg:swift#account_quotas
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:symlink]
use = egg:swift#symlink
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
auth_type = password
auth_url = http://$IP:$P_KEYSTONE/v3
www_authenticate_uri = http://$IP:$P_KEYSTONE
username = svc
password = $PASS
user_domain_name = Default
project_name = service
project_domain_name = Default
delay_auth_decision = true
token_cache_time = 300
EOF

# nova: every role in one process.

# nova-manage's four steps in one process: each start of nova-manage costs seconds of imports.

# neutron: a ten-line mechanism driver binds every port, since there is no agent; then neutron-server.
# stevedore finds the driver by its entry point: a minimal dist-info folder on PYTHONPATH is enough.
mkdir -p lib/portulan_ci-1.0.dist-info
printf 'Metadata-Version: 2.1\nName: portulan-ci\nVersion: 1.0\n' >lib/portulan_ci-1.0.dist-info/METADATA
printf '[neutron.ml2.mechanism_drivers]\nportulan = portulan_neutron:BindAll\n' >lib/portulan_ci-1.0.dist-info/entry_points.txt
# Only the API part of neutron-server: its RPC and maintenance children serve agents, and there are none.

# glance: the eventlet server that ships with glance.

# cinder: api, scheduler and volume in one process.

# swift: three rings with one device, in one process (swift-ring-builder would start nine times)
# swift: the four servers and the container updater in one process, as its own functional tests do.
