"""A bidirectional layer of gated recurrent units that learns faster from small batches than torch's own.

torch takes the steps of each direction one by one, and in learning adds to the gradients of the weights at every
step. Here a step takes both directions together, and the gradients of the weights are one product over all steps.
Scores and gradients are those of `torch.nn.GRU` but for the last digits.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class Layer(nn.GRU):  # type: ignore[misc]
    """Reads `(batch, length, inputs)` and gives `(batch, length, 2 * units)`; its parameters are those of torch."""

    def __init__(self, inputs: int, units: int) -> None:
        super().__init__(inputs, units, batch_first=True, bidirectional=True)

    def forward(self, read: Tensor) -> Tensor:
        forth = read.transpose(0, 1)
        both = torch.stack((forth, forth.flip(0)))
        given = torch.baddbmm(
            self._both("bias_ih")[:, None], both.flatten(1, 2), self._both("weight_ih").transpose(1, 2)
        )
        states = _Steps.apply(
            given.unflatten(1, both.shape[1:3]), self._both("weight_hh"), self._both("bias_hh")[:, None]
        )
        return torch.cat((states[0], states[1].flip(0)), -1).transpose(0, 1)

    def _both(self, part: str) -> Tensor:
        """A parameter of both directions."""
        return torch.stack((getattr(self, f"{part}_l0"), getattr(self, f"{part}_l0_reverse")))


class _Steps(torch.autograd.Function):  # type: ignore[misc]
    """The states, `(2, length, batch, units)`. Gates stand in torch's order: reset r, update z, new n.

    r = σ(given + told), z likewise, n = tanh(given + r · told), state = (1 − z) · n + z · state before, where
    `told` is what the state before says (Cho et al. 2014, with the reset behind the product).
    """

    @staticmethod
    def forward(ctx: Any, given: Tensor, across: Tensor, bias: Tensor) -> Tensor:
        """`given` is what the characters say, `(2, length, batch, 3 * units)`; `across` and `bias` tell of the state before."""
        directions, length, batch, gates = given.shape
        units = gates // 3
        into = across.transpose(1, 2)
        states = given.new_zeros(directions, length + 1, batch, units)
        told_new = given.new_empty(directions, length, batch, units)
        values = torch.empty_like(given)
        for step in range(length):
            before = states[:, step]
            told = torch.baddbmm(bias, before, into)
            told_new[:, step] = told[..., 2 * units :]
            reset_update = values[:, step, :, : 2 * units]
            torch.add(given[:, step, :, : 2 * units], told[..., : 2 * units], out=reset_update).sigmoid_()
            new = values[:, step, :, 2 * units :]
            torch.addcmul(
                given[:, step, :, 2 * units :], reset_update[..., :units], told[..., 2 * units :], out=new
            ).tanh_()
            torch.lerp(new, before, reset_update[..., units:], out=states[:, step + 1])
        ctx.save_for_backward(states, values, told_new, across)
        return states[:, 1:]

    @staticmethod
    def backward(ctx: Any, wanted: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states, values, told_new, across = ctx.saved_tensors
        units = states.shape[-1]
        reset, update, new = values.split(units, -1)
        # by how much each gate changes with the state, for all steps
        of_update = (states[:, :-1] - new).mul_(update).mul_(1 - update)
        of_new = (1 - update).mul_(1 - new * new)
        of_reset = (told_new * reset).mul_(1 - reset)
        given, told = torch.empty_like(values), torch.empty_like(values)
        state = torch.zeros_like(wanted[:, 0])
        for step in reversed(range(wanted.shape[1])):
            state = state + wanted[:, step]
            to_given, to_told = given[:, step], told[:, step]
            to_new = torch.mul(state, of_new[:, step], out=to_given[..., 2 * units :])
            torch.mul(state, of_update[:, step], out=to_given[..., units : 2 * units])
            torch.mul(to_new, of_reset[:, step], out=to_given[..., :units])
            to_told[..., : 2 * units] = to_given[..., : 2 * units]
            torch.mul(to_new, reset[:, step], out=to_told[..., 2 * units :])
            state = torch.baddbmm(state * update[:, step], to_told, across)
        flat = told.flatten(1, 2)
        return given, flat.transpose(1, 2) @ states[:, :-1].flatten(1, 2), flat.sum(1, keepdim=True)
