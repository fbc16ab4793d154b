"""The failures that Pinpoint foresees. Each message is a sentence for people."""


class PinpointError(Exception):
    """A foreseen failure. `str(error)` says in plain words what happened and what to do."""


class CannotRead(PinpointError):
    """A file that cannot become a document: it is damaged, protected, empty, too large or of an unknown type."""


class ModelUnavailable(PinpointError):
    """A model that cannot be loaded: it is missing, on the disk and on the hub, or its file is not the right one."""


class LibraryUnavailable(PinpointError):
    """A library that cannot be used: another process has opened it, it is out of reach, or it cannot be written to."""


class LibraryInUse(LibraryUnavailable):
    """A library that another process has open."""


class WrongModel(LibraryUnavailable):
    """A library with vectors of another bi-encoder than the one in the settings."""


class BadQuestion(PinpointError):
    """A question that cannot be asked: it is empty, too long, or about documents that are not in the library."""


class BadCollection(PinpointError):
    """A collection or a tag that cannot be made, named or found."""


class CannotFollow(PinpointError):
    """A folder that cannot be followed: it is out of reach, or holds the library, or is followed already."""


class BadSetting(PinpointError):
    """A setting with an invalid value."""


class NotAllowed(PinpointError):
    """Something that a person of this role may not do, or that nobody may do who has not signed in."""


class CannotSignIn(PinpointError):
    """A sign-in that failed: a wrong name or password, too many tries, or somebody whom no owner has added."""


class BadPerson(PinpointError):
    """Somebody who cannot be added or changed: the name is taken, the password too short, or no owner would be left."""
