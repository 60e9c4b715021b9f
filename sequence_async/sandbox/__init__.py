"""A Sequence on loopback to develop and test against: ``async with Sandbox() as sandbox``."""

from sequence_async.sandbox import faults
from sequence_async.sandbox.sandbox import Sandbox
from sequence_async.sandbox.scenario import ScenarioError
from sequence_async.sandbox.world import Settings

__all__ = ["Sandbox", "ScenarioError", "Settings", "faults"]
