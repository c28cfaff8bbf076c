# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
import sys
from nova import config
import nova.conf
from nova import objects
from nova.cmd import manage
from nova.db import migration
cell0 = sys.argv.pop(1)
config.parse_args(sys.argv)
objects.register_all()
cells = manage.CellV2Commands()
migration.db_sync(None, database='api')
cells.map_cell0(database_connection=cell0)
manage.DbCommands().sync()                    # cell0 and the main database, which is cell1's
rc = cells.create_cell(name='cell1')
sys.exit(rc)
