"""The memory session: one user's stream of tokens through the model, learned as it goes.

Tokens are fed, mini-batches are learned at their edges in prefill and decode alike, the remainder
is learned masked on `flush`, and a new conversation clears the window while the fast weights stay.
A mini-batch is learned when the token after it is known, since that is its last target.
What the user said is read a second time when the window is cleared, what the assistant said again of it
too (`core.retelling` says why).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from core.checkpoint import Model
from core.generate import Chunk, Generation, sample
from core.inner_loop import inner_step, masked_mean, suffix_nll, token_nll
from core.layers import attention_once
from core.model import FastWeights, KeyValue
from core.retelling import restated, retell
from kernels.half_linear import pack

Source = tuple[str, int]
LESSONS = ("user", "document")
"""Roles whose words are learned; the others are context."""
DRAFT_TOKENS = 24
"""A draft is no longer than this; most end before (docs/adr/0007)."""
REPLY_TOKENS = 32
"""A reply whose likelihood is asked for counts by so many tokens."""
MAX_STEP_SHARE = 0.5
"""An update that would change the fast weights by more than this share of their norm is refused."""


@dataclass(frozen=True, kw_only=True)
class Update:
    """One step on the fast weights, or the refusal of one."""

    tokens: int
    """Tokens learned."""
    loss_before: float
    """Mean loss of those tokens before the step, nats/token."""
    loss_after: float
    """The same after it."""
    grad_norm: float
    """Global norm of the gradient before clipping."""
    step_norm: float
    """Global norm of the change of the fast weights."""
    seconds: float
    accepted: bool
    reason: str
    """Why it was refused, or ''."""
    token_hash: str
    """SHA-256 of the mini-batch's token ids."""
    items: list[tuple[str, int, int]] = field(default_factory=list)
    """(kind, id, tokens) of the ledger items in it."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a document is."""

    tokens_done: int
    tokens_total: int


class _Ring:
    """Keys and values of one block's latest tokens, in one buffer that is shifted when full."""

    def __init__(self, past: int, room: int, like: tuple[int, int], device: str, dtype: torch.dtype) -> None:
        self.past, self.size = past, past + room
        self.data = torch.zeros(2, 1, self.size + room, *like, device=device, dtype=dtype)
        self.end = 0

    def append(self, kv: KeyValue) -> None:
        count = kv[0].shape[1]
        if self.end + count > self.data.shape[2]:
            keep = min(self.end, self.size)
            self.data[:, :, :keep] = self.data[:, :, self.end - keep : self.end].clone()
            self.end = keep
        self.data[0, :, self.end : self.end + count] = kv[0]
        self.data[1, :, self.end : self.end + count] = kv[1]
        self.end += count

    def last(self, count: int, before: int = 0) -> KeyValue:
        """The latest `count` tokens, leaving out the newest `before`."""
        stop = self.end - before
        start = max(0, stop - count)
        return self.data[0, :, start:stop], self.data[1, :, start:stop]

    def clear(self) -> None:
        self.end = 0


class Session:
    """A user's stream. Not thread-safe: one thread owns it."""

    def __init__(
        self,
        model: Model,
        *,
        fast_weights: FastWeights | None = None,
        learn: bool = True,
        use_weights: bool = True,
    ) -> None:
        """Start with an empty window.

        Args:
            fast_weights: a user's weights as saved, or None for the model's own (W0).
            learn: whether updates are made.
            use_weights: False answers with W0, whatever was learned.
        """
        self.model = model
        self.learn = learn
        self.use_weights = use_weights
        self._decoder, config = model.decoder, model.config
        self._base = {n: w.float() for n, w in self._decoder.initial_fast_weights().items()}
        self.set_fast_weights(self._base if fast_weights is None else fast_weights)
        self._updates: list[Update] = []
        shape = (config.heads, config.head_dim)
        dtype = self._decoder.norm.dtype
        room = max(config.mini_batch, 64)
        self._rings = [_Ring(config.past, room, shape, model.device, dtype) for _ in range(config.layers)]
        self.last_generation: Generation | None = None
        self._clear()

    # state -----------------------------------------------------------------------------------

    def _clear(self) -> None:
        for ring in self._rings:
            ring.clear()
        self._position = 0
        self._ids: list[int] = []
        self._weights: list[float] = []
        self._sources: list[Source | None] = []
        self._hidden: list[Tensor] = []
        self._out: Tensor | None = None
        self._understood: list[tuple[str, Source | None]] = []
        self._again: list[tuple[str, Source | None]] = []
        self._heard: tuple[str, Source | None] | None = None
        self.understood = ""
        """What the last answer said again of the user's turn before it."""

    @property
    def fast_weights(self) -> FastWeights:
        """A copy of the fast weights, fp32, on the CPU."""
        return {n: w.detach().to("cpu", copy=True) for n, w in self._fast.items()}

    def set_fast_weights(self, fast_weights: FastWeights) -> None:
        """Go on from these fast weights; the window stays."""
        self._fast = {n: w.to(self.model.device, torch.float32).clone() for n, w in fast_weights.items()}

    @property
    def window(self) -> int:
        return self.model.config.window

    @property
    def context_tokens(self) -> int:
        """Tokens the next one can see."""
        return min(self._position, self.window)

    @property
    def pending_tokens(self) -> int:
        """Tokens fed that are to be learned and are not yet."""
        return sum(w > 0 for w in self._weights)

    def take_updates(self) -> list[Update]:
        """Updates since the last call, in order."""
        out, self._updates = self._updates, []
        return out

    # feeding ---------------------------------------------------------------------------------

    def feed(
        self, text: str, role: str, *, learn: bool = True, source: Source | None = None, again: bool = True
    ) -> int:
        """Feed one turn; returns its tokens, the role and end tokens included.

        Args:
            again: whether a lesson of the user is read a second time, and with it what the
                assistant's next turn says again.
        """
        ids = self.model.tokenizer.turn(role, text)
        lesson = learn and role in LESSONS
        self._feed(ids, [0.0] + [float(lesson)] * (len(ids) - 1), source)
        if role == "user":
            self.understood = ""
            self._heard = (text, source) if again and lesson else None
            if self._heard:
                self.read_again(text, source)
        elif role == "assistant":
            self._answered(text)
        return len(ids)

    def read_again(self, text: str, source: Source | None = None, understood: str = "") -> None:
        """Leave a text's second reading for when the window is cleared.

        Args:
            understood: what the assistant said again of it (`restated`).
        """
        told = retell(text)
        if told and self.learn:
            self._again.append((told, source))
        if understood and self.learn:
            self._understood.append((understood, source))

    def _answered(self, reply: str) -> None:
        """What the reply says again of the user's last turn is left for the second reading."""
        if self._heard:
            self.understood = restated(self._heard[0], reply)
            if self.understood and self.learn:
                self._understood.append((self.understood, self._heard[1]))
        self._heard = None

    def draft(self, text: str, should_stop: Callable[[], bool] | None = None) -> str:
        """What the model would say to a message, alone in an empty window; the session stays as it is.

        Source of searching by such an answer: Gao et al., 2022, "Precise zero-shot dense retrieval".
        """
        other = Session(self.model, fast_weights=self._fast, learn=False, use_weights=self.use_weights)
        other.feed(text, "user", learn=False)
        for _ in other.generate(max_tokens=DRAFT_TOKENS, temperature=0, should_stop=should_stop):
            pass
        return other.last_generation.text if other.last_generation else ""

    @torch.no_grad()
    def likelihood(self, message: str, replies: Sequence[str]) -> list[float]:
        """How likely each reply is as the answer to a message, alone in an empty window; the session stays as it is.

        Args:
            replies: the first `REPLY_TOKENS` of each count.

        Returns:
            The geometric mean of the probabilities of its tokens, 0 to 1.
        """
        tokenizer, decoder, device = self.model.tokenizer, self._decoder, self.model.device
        given = [*tokenizer.turn("user", message), tokenizer.roles["assistant"]]
        ids = [tokenizer.encode(reply)[:REPLY_TOKENS] or [tokenizer.end] for reply in replies]
        start, most = len(given), max(map(len, ids), default=0)
        if not most:
            return []

        def run(tokens: Tensor, first: int, past: Sequence[KeyValue] | None) -> tuple[Tensor, list[KeyValue]]:
            count, split = tokens.shape[1], decoder.split
            angles = decoder.angles(torch.arange(first, first + count, device=device))
            mask = self._mask(count, first)

            def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
                return attention_once(q, k, v, mask)

            h, kv = decoder.run(decoder.prefix, decoder.embed(tokens), angles, attend, past and past[:split])
            h, more = decoder.run(decoder.suffix, h, angles, attend, past and past[split:], self._current())
            return h, [*kv, *more]

        before, kv = run(torch.tensor([given], device=device), 0, None)
        padded = [row + [tokenizer.end] * (most - len(row)) for row in ids]
        targets = torch.tensor(padded, device=device)
        rows = len(ids)
        past = [(k.expand(rows, -1, -1, -1), v.expand(rows, -1, -1, -1)) for k, v in kv]
        after, _ = run(targets, start, past)
        h = torch.cat((before[:, -1:].expand(rows, -1, -1), after[:, :-1]), 1)
        nll = token_nll(decoder, h, targets)
        return [float(row[: len(own)].mean().neg().exp()) for row, own in zip(nll, ids, strict=True)]

    def count_tokens(self, text: str) -> int:
        """Tokens of a turn with this text."""
        return len(self.model.tokenizer.encode(text)) + 2

    def count_again(self, text: str, understood: str = "") -> int:
        """Lesson tokens of its second reading, 0 where it has none."""
        return sum(self.count_tokens(t) - 1 for t in (retell(text), understood) if t)

    def feed_document(
        self, text: str, source: Source | None = None, *, skip_tokens: int = 0, learn: bool = True
    ) -> Iterator[Progress]:
        """Feed a document mini-batch by mini-batch; the caller may stop between two.

        Args:
            skip_tokens: tokens learned before; they are not learned again, and only as many of
                them are read as the window holds.
        """
        ids = self.model.tokenizer.turn("document", text)
        weights = [0.0] + [float(learn)] * (len(ids) - 1)
        size, skip = self.model.config.mini_batch, min(skip_tokens, len(ids))
        start = max(0, skip - self.window) // size * size
        for i in range(start, len(ids), size):
            part = [0.0 if i + j < skip else w for j, w in enumerate(weights[i : i + size])]
            self._feed(ids[i : i + size], part, source)
            yield Progress(tokens_done=min(i + size, len(ids)), tokens_total=len(ids))

    @torch.no_grad()
    def _feed(self, ids: Sequence[int], weights: Sequence[float], source: Source | None) -> None:
        size, done = self.model.config.mini_batch, 0
        while done < len(ids):
            if len(self._ids) >= size:
                self._learn(ids[done], weights[done])
            count = min(size - len(self._ids), len(ids) - done)
            self._forward(ids[done : done + count], weights[done : done + count], source)
            done += count

    def _forward(self, ids: Sequence[int], weights: Sequence[float], source: Source | None) -> None:
        """Run tokens of one mini-batch through all blocks and remember what learning needs."""
        decoder, device = self._decoder, self.model.device
        count = len(ids)
        tokens = torch.tensor([list(ids)], device=device)
        angles = decoder.angles(torch.arange(self._position, self._position + count, device=device))
        past = [ring.last(self.window - 1) for ring in self._rings]
        mask = self._mask(count, past[0][0].shape[1])

        def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            return attention_once(q, k, v, mask)

        split = decoder.split
        h, kv = decoder.run(decoder.prefix, decoder.embed(tokens), angles, attend, past[:split])
        self._hidden.append(h)
        out, kv_suffix = decoder.run(decoder.suffix, h, angles, attend, past[split:], self._current())
        for ring, own in zip(self._rings, [*kv, *kv_suffix], strict=True):
            ring.append(own)
        self._out = out[:, -1]
        self._position += count
        self._ids += ids
        self._weights += weights
        self._sources += [source] * count

    def _current(self) -> FastWeights:
        return self._fast if self.use_weights else self._base

    def _mask(self, count: int, past: int) -> Tensor | None:
        """[1, 1, T, S] mask of the window over past + own keys; None where all are seen."""
        if count == 1:
            return None
        q = torch.arange(past, past + count, device=self.model.device)[:, None]
        k = torch.arange(past + count, device=self.model.device)[None]
        return ((q >= k) & (q - k < self.window))[None, None]

    # learning --------------------------------------------------------------------------------

    @torch.no_grad()
    def _learn(self, next_id: int | None, next_weight: float) -> None:
        """Learn the tokens since the last edge; `next_id` is the last one's target, if known."""
        ids, count = self._ids, len(self._ids)
        weights = [*self._weights[1:], next_weight if next_id is not None else 0.0]
        lessons = sum(w > 0 for w in weights)
        if self.learn and lessons:
            began = time.perf_counter()
            device = self.model.device
            targets = torch.tensor([[*ids[1:], ids[-1] if next_id is None else next_id]], device=device)
            share = torch.tensor([weights], device=device)
            start = self._position - count
            angles = self._decoder.angles(torch.arange(start, start + count, device=device))
            past = [ring.last(self.window - 1, before=count) for ring in self._rings[self._decoder.split :]]
            mask = self._mask(count, past[0][0].shape[1])
            if mask is None:
                mask = torch.ones(1, 1, 1, past[0][0].shape[1] + 1, dtype=torch.bool, device=device)
            h = torch.cat(self._hidden, 1)
            fast = {n: w[None] for n, w in self._fast.items()}
            step = inner_step(self._decoder, fast, h, past, targets, share, angles, mask)
            change = sum((step.fast[n] - fast[n]).square().sum() for n in fast) ** 0.5
            size = float(sum(w.square().sum() for w in fast.values()) ** 0.5)
            before = masked_mean(step.nll, share)
            after, _ = suffix_nll(self._decoder, step.fast, h, past, targets, angles, mask)
            after = masked_mean(after, share)
            figures = [float(x) for x in (before, after, step.grad_norm, change)]
            reason = ""
            if not all(map(lambda x: x == x and abs(x) != float("inf"), figures)):
                reason = "the update was not finite"
            elif figures[3] > MAX_STEP_SHARE * size:
                reason = f"the update was too large ({figures[3]:.1f} of {size:.1f})"
            else:
                self._fast = {n: w[0] for n, w in step.fast.items()}
            sources = [*self._sources[1:], self._sources[-1]]
            self._updates.append(
                Update(
                    tokens=lessons,
                    loss_before=figures[0],
                    loss_after=figures[1] if not reason else figures[0],
                    grad_norm=figures[2],
                    step_norm=figures[3] if not reason else 0.0,
                    seconds=time.perf_counter() - began,
                    accepted=not reason,
                    reason=reason,
                    token_hash=hashlib.sha256(
                        torch.tensor(ids, dtype=torch.int32).numpy().tobytes()
                    ).hexdigest(),
                    items=_count(sources, weights),
                )
            )
        self._ids, self._weights, self._sources, self._hidden = [], [], [], []

    def flush(self) -> None:
        """Learn the remainder of the mini-batch, masked; the window stays."""
        if self._ids:
            self._learn(None, 0.0)

    def new_conversation(self) -> None:
        """Learn the remainder, clear the window, and learn the second readings in one of their own.

        The window is empty afterwards; the fast weights stay.
        """
        self.flush()
        again = self._understood + self._again
        self._clear()
        if again and self.learn:
            for text, source in again:
                self.feed(text, "user", source=source, again=False)
            self.flush()
            self._clear()

    def drop_pending(self) -> None:
        """Forget what was fed since the last edge and all second readings to come; clear the window."""
        self._clear()

    # answering -------------------------------------------------------------------------------

    def generate(
        self,
        *,
        max_tokens: int = 256,
        temperature: float = 0.7,
        top_p: float = 0.9,
        seed: int | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[Chunk]:
        """Stream the assistant's next turn; its words become context, not lessons.

        Args:
            max_tokens: the answer is cut here.
            temperature, top_p: see `core.generate.sample`.
            seed: makes the sampling repeatable.
            should_stop: asked before each token; what came so far is kept.

        Yields:
            Pieces of text; afterwards `last_generation` holds the whole and its figures.
        """
        tokenizer = self.model.tokenizer
        generator = None
        if seed is not None:
            generator = torch.Generator(self.model.device).manual_seed(seed)
        banned = torch.tensor(list(tokenizer.roles.values()), device=self.model.device)
        began = time.perf_counter()
        first, reason, pieces, count = 0.0, "length", [], 0
        stream = tokenizer.stream()
        self._feed([tokenizer.roles["assistant"]], [0.0], None)
        try:
            while count < max_tokens:
                if should_stop is not None and should_stop():
                    reason = "cancelled"
                    break
                with torch.no_grad():
                    assert self._out is not None
                    logits = self._decoder.logits(self._out)[0].float()
                    logits[banned] = float("-inf")
                    token = sample(logits, temperature=temperature, top_p=top_p, generator=generator)
                if token == tokenizer.end:
                    reason = "stop"
                    break
                count += 1
                first = first or time.perf_counter() - began
                for weight in self._current().values():
                    pack(weight)  # decoding reads them once a token
                text = stream.push(token)
                self._feed([token], [0.0], None)
                if text:
                    pieces.append(text)
                    yield Chunk(text=text, token_count=count)
            if rest := stream.finish():
                pieces.append(rest)
                yield Chunk(text=rest, token_count=count)
        finally:
            self._feed([tokenizer.end], [0.0], None)
            self.last_generation = Generation(
                text="".join(pieces).strip(),
                tokens=count,
                seconds=time.perf_counter() - began,
                first_token_seconds=first or time.perf_counter() - began,
                finish_reason=reason,
            )
            if reason != "cancelled":
                self._answered(self.last_generation.text)


def _count(sources: Sequence[Source | None], weights: Sequence[float]) -> list[tuple[str, int, int]]:
    """Learned tokens by source, in order of appearance."""
    out: dict[Source, int] = {}
    for source, w in zip(sources, weights, strict=True):
        if source is not None and w > 0:
            out[source] = out.get(source, 0) + 1
    return [(kind, item, count) for (kind, item), count in out.items()]
