"""A local Sequence server to develop and test against: ``async with Sandbox()``, or ``with Sandbox()``."""

from sequence_async.sandbox import faults
from sequence_async.sandbox.sandbox import Sandbox
from sequence_async.sandbox.scenario import ScenarioError
from sequence_async.sandbox.state import Settings

__all__ = ["Sandbox", "ScenarioError", "Settings", "faults"]
