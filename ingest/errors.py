"""Everything that can go wrong on purpose. Each message is the sentence a person will read."""


class PinpointError(Exception):
    """A failure that was foreseen. `str(error)` says what happened and what to do, in plain words."""


class CannotRead(PinpointError):
    """A file that does not become a document: damaged, protected, empty, too large, of no known type."""


class ModelUnavailable(PinpointError):
    """A model that cannot be loaded: not on the disk, not on the hub, or not the file it should be."""


class LibraryUnavailable(PinpointError):
    """A library that cannot be opened: in use by another process, out of reach, or not writable."""


class WrongModel(LibraryUnavailable):
    """A library whose vectors were made by another bi-encoder than the one that is set."""


class BadQuestion(PinpointError):
    """A question that cannot be asked: empty, too long, or about documents that are not there."""


class BadSetting(PinpointError):
    """A setting of the environment that has a value it cannot have."""
