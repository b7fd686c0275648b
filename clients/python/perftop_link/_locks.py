"""The one kind of lock that is used here."""

import threading

# A signal handler or a finaliser may record in the middle of a record of the same thread,
# and must not wait for itself.
Lock = threading.RLock
