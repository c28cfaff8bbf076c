# SPDX-FileCopyrightText: 2026 The Portulan authors
# SPDX-License-Identifier: EUPL-1.2
"""Neutron's migrations do not run on SQLite; its unit tests create the tables from the models. So do we."""
import sys
import sqlalchemy
from neutron.db.migration.models import head  # noqa: F401
from neutron_lib.db import model_base
engine = sqlalchemy.create_engine(sys.argv[1])
model_base.BASEV2.metadata.create_all(engine)
