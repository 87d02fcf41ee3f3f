"""Starts the program, which was installed as a script: `python -m heygen_doctor`."""

import os
import subprocess
import sys
import sysconfig

NAME = "heygen-doctor" + sysconfig.get_config_var("EXE")


def program():
    """In the scripts of this Python or of its user, or beside the module after `pip install --target`."""
    beside = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    user = sysconfig.get_preferred_scheme("user") if sys.version_info >= (3, 10) else os.name + "_user"
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", user), os.path.join(beside, "bin")]
    for folder in folders:
        if os.path.isfile(os.path.join(folder, NAME)):
            return os.path.join(folder, NAME)
    sys.exit("heygen-doctor: the program is not beside its package; run `pip install --force-reinstall heygen-doctor`")


if __name__ == "__main__":
    words = [program(), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(words))
    os.execv(words[0], words)
