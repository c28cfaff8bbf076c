# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
# Debian packages (./dev package): portulan, portulanctl, portulan-site. Libraries they need are found by dpkg-shlibdeps.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The Portulan authors")
set(CPACK_PACKAGE_CONTACT "The Portulan authors <portulan@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL console ctl site)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)

set(CPACK_DEBIAN_CONSOLE_PACKAGE_NAME portulan)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_RECOMMENDS "fonts-inter, qt6-translations-l10n, gnome-keyring | kwalletmanager")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SUGGESTS "portulanctl, qt6-wayland")
set(CPACK_DEBIAN_CONSOLE_DESCRIPTION "desktop console for federations of sovereign clouds
Portulan shows the sites of many independent operators on one map of Europe:
where each machine, volume and data set is, under whose law, and whether it
may be there. It provisions on the best allowed site and migrates from site
to site, every byte verified.
.
This package contains the console, in French and English. It speaks to the
gateway of each site over mutual TLS; there is no central server.")

set(CPACK_DEBIAN_CTL_PACKAGE_NAME portulanctl)
set(CPACK_DEBIAN_CTL_PACKAGE_SUGGESTS "portulan, bash-completion, jq, qemu-utils")
set(CPACK_DEBIAN_CTL_DESCRIPTION "command line for federations of sovereign clouds
Portulan runs and moves workloads over a federation of independent clouds
and says for each whether it may be where it is, and why.
.
This package contains portulanctl, for scripts and terminals: tables, JSON
and CSV, exit codes that tell a refusal from a failure, completion for bash.
It also lays out new federations with their certificates.")

set(CPACK_DEBIAN_SITE_PACKAGE_NAME portulan-site)
set(CPACK_DEBIAN_SITE_PACKAGE_SECTION net)
set(CPACK_DEBIAN_SITE_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers | systemd-sysusers")
set(CPACK_DEBIAN_SITE_PACKAGE_RECOMMENDS "qemu-system-x86, qemu-utils")
set(CPACK_DEBIAN_SITE_PACKAGE_SUGGESTS "portulanctl")
set(CPACK_DEBIAN_SITE_PACKAGE_CONTROL_EXTRA
  "${PROJECT_SOURCE_DIR}/resources/debian/site/postinst;${PROJECT_SOURCE_DIR}/resources/debian/site/prerm;${PROJECT_SOURCE_DIR}/resources/debian/site/postrm")
set(CPACK_DEBIAN_SITE_DESCRIPTION "gateway of one site of a federation of sovereign clouds
Portulan federates independent clouds without a central server: each site
runs a gateway beside what it already has.
.
This package contains that gateway. It answers for its site over mutual TLS,
checks every order against rules, projects and grants, keeps a tamper-evident
trail, and moves data to other gateways. Its embedded driver runs machines
on QEMU. A systemd unit, an example of its configuration and the public gRPC
contract are included.")
include(CPack)
