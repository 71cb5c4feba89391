"""Everything that can be asked of the fund. A command is plain data; its `verb` is its word in URLs, buttons and the CLI.

The field named by `target` holds the stream it is addressed to. Fields marked "given by the handler" are filled in
from the injected sources of ids before the rules see the command; a border never accepts them from outside.
"""

from fund.domain.commands.command import *
from fund.domain.commands.draft import *
from fund.domain.commands.joint import *
from fund.domain.commands.track import *
from fund.domain.commands.questions import *
from fund.domain.commands.safeguards import *
from fund.domain.commands.conflicts import *
from fund.domain.commands.emergency import *
from fund.domain.commands.eligibility import *
from fund.domain.commands.coordination import *
from fund.domain.commands.assessment import *
from fund.domain.commands.scoring import *
from fund.domain.commands.experts import *
from fund.domain.commands.decision import *
from fund.domain.commands.ending import *
from fund.domain.commands.letters import *
from fund.domain.commands.appeals import *
from fund.domain.commands.corrections import *
from fund.domain.commands.awards import *
from fund.domain.commands.mitigations import *
from fund.domain.commands.rounds import *
from fund.domain.commands.cities import *
from fund.domain.commands.hubs import *
from fund.domain.commands.envelopes import *
from fund.domain.commands.people import *
from fund.domain.commands.programme import *
