"""What a file remembers: the state of one application, folded from its events, noun by noun."""

from fund.domain.application.stage import *
from fund.domain.application.matters import *
from fund.domain.application.file import *
from fund.domain.application.evolving import evolve as evolve
