"""The documents show the workflow as it is."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("diagram", ROOT / "docs" / "diagram.py")
assert spec is not None
assert spec.loader is not None
diagram = importlib.util.module_from_spec(spec)
spec.loader.exec_module(diagram)


def test_the_documents_show_the_workflow_table() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme == diagram.written(readme)
    assert (ROOT / "docs" / "workflow.md").read_text("utf-8") == diagram.document()


def test_every_step_and_every_stage_is_in_them() -> None:
    drawn, listed = diagram.mermaid(), diagram.steps()
    assert [step.verb for step in diagram.APPLICATION_STEPS if f"| {diagram.said(step.staff)} |" not in listed] == []
    assert [stage for stage in diagram.STAGES if f"{stage} : " not in drawn] == []


def test_every_make_target_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {line.split()[1] for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("make ")}
    assert named
    assert [target for target in named if f"\n{target}:" not in makefile] == []
