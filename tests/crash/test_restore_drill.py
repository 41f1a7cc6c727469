"""One round of the restore drill (bench/restore.py does ten): serve killed -9 while backups run, the last one restored and worked in."""

import pytest

from bench.restore import Drill


@pytest.mark.crash
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_killed_service_is_restored_from_its_last_backup_and_loses_only_what_came_after(tmp_path):
    drill = Drill(tmp_path, seed=3, files=12, every=1.5)
    data = drill.begin()
    drill.round(1, data)  # the backup under way is killed too
    assert drill.dropped >= 5
    assert drill.lost[0][1] > 20, "events were recorded, or this shows nothing"
