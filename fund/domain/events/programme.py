"""The life of the programme, and who read its sealed texts."""

from fund.domain.event import Event, Internal, Public


class ProgrammeProposed(Event, frozen=True, kw_only=True):
    """The folder whose files have this digest was checked and put up for adoption; it is kept from here on."""

    name = "programme.proposed.v1"
    sentence = "Programme {programme}, version {version}, was checked and proposed: {reason}."

    programme: Public[str]
    version: Public[str]
    digest: Public[str]
    problems: Public[int]
    """How many the check found; none, or it would not have been proposed."""
    reason: Public[str]


class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    name = "programme.proposal_withdrawn.v1"
    sentence = "The proposal of version {version} was withdrawn: {reason}."

    version: Public[str]
    digest: Public[str]
    reason: Public[str]


class ProgrammeAdopted(Event, frozen=True, kw_only=True):
    name = "programme.adopted.v1"
    sentence = "Programme {programme}, version {version}, was adopted."

    programme: Public[str]
    version: Public[str]
    digest: Public[str]


class ProgrammeSuperseded(Event, frozen=True, kw_only=True):
    """Files that were submitted under it keep it."""

    name = "programme.superseded.v1"
    sentence = "Version {version} of the programme was superseded by version {by}."

    version: Public[str]
    digest: Public[str]
    by: Public[str]


class PriorityRenumbered(Event, frozen=True, kw_only=True):
    """The printed number of a priority was corrected. The code stays, and letters keep the numbers of their day."""

    name = "programme.priority_renumbered.v1"
    sentence = "The priority {priority} is printed with the number {printed}: {reason}."

    catalogue: Public[str]
    priority: Public[str]
    printed: Public[str]
    reason: Public[str]


class SealedRead(Event, frozen=True, kw_only=True):
    """Somebody opened sealed texts outside their daily work; that is itself a fact."""

    name = "programme.sealed_read.v1"
    sentence = "Sealed texts of {stream} were read."

    stream: Internal[str]
    purpose: Internal[str]
