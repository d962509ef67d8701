import datetime

import freezegun

with freezegun.freeze_time("2020-01-01"):
    assert datetime.datetime.now().year == 2020
