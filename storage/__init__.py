"""The storage room: a user's ledger, search, fast-weight files, profile folder and bundles.

Importing it is cheap; torch is imported only when weights are saved or loaded.
"""

from storage.bundle import export_bundle, import_bundle
from storage.embedder import Embedder, FakeEmbedder
from storage.errors import (
    BadName,
    BundleError,
    DiskFull,
    LedgerDamaged,
    ProfileBusy,
    ProfileMissing,
    StorageError,
    WeightsDamaged,
)
from storage.ledger import Ledger
from storage.paths import data_root, load_config, save_config
from storage.profile import Profile, check_name, create_profile, delete_profile, list_profiles
from storage.records import Conversation, Document, Item, SavedWeights, Turn, UpdateRow
from storage.search import Hit, Search
from storage.weights import WeightStore

__all__ = [
    "BadName",
    "BundleError",
    "Conversation",
    "DiskFull",
    "Document",
    "Embedder",
    "FakeEmbedder",
    "Hit",
    "Item",
    "Ledger",
    "LedgerDamaged",
    "Profile",
    "ProfileBusy",
    "ProfileMissing",
    "SavedWeights",
    "Search",
    "StorageError",
    "Turn",
    "UpdateRow",
    "WeightStore",
    "WeightsDamaged",
    "check_name",
    "create_profile",
    "data_root",
    "delete_profile",
    "export_bundle",
    "import_bundle",
    "list_profiles",
    "load_config",
    "save_config",
]
