"""The exceptions of the storage room: each message is a sentence the user can act on."""


class StorageError(Exception):
    """Base of every error that `storage` raises on purpose."""


class BadName(StorageError):
    """A user name that cannot be a folder name."""


class ProfileMissing(StorageError):
    """No user of that name."""


class ProfileBusy(StorageError):
    """Another process holds the user's memory."""


class LedgerDamaged(StorageError):
    """The ledger cannot be read."""


class WeightsDamaged(StorageError):
    """A fast-weight file is missing, altered, or of another model."""


class DiskFull(StorageError):
    """A write did not fit."""


class BundleError(StorageError):
    """An export file that cannot be imported."""
