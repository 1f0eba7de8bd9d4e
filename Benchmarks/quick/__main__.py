"""`make bench-quick`: compares instructions, bytes to the terminal and the binary's size with figures.tsv."""

import os
import sys

from . import figures, measuring

reason = " ".join(os.environ.get("REASON", "").split())
is_recording = bool(os.environ.get("RECORD"))
if is_recording and not reason:
    sys.exit('bench-quick: RECORD=1 needs REASON="why the figures have changed"')
measuring.build()
built_with, measured = measuring.built_with(), measuring.measure()
if is_recording:
    figures.write(measured, built_with, reason)
    print(f"recorded in {figures.PATH.relative_to(measuring.ROOT)}: {reason}")
else:
    sys.exit(figures.compare(measured, built_with))
