"""The JSON API, version 1, by noun. Every address is given by the workflow's own words."""

from fastapi import FastAPI

from fund.api.v1 import applications, breaches, cities, commands, messages, people, programme, registers, rounds, sources


def mount(app: FastAPI) -> None:
    commands.mount(app)
    applications.mount(app)
    registers.mount(app)
    people.mount(app)
    messages.mount(app)
    rounds.mount(app)
    sources.mount(app)
    programme.mount(app)
    cities.mount(app)
    breaches.mount(app)
