"""What stands beside a total: what of it is trainable, what it lacks, and where the framework says otherwise."""

from __future__ import annotations

from sphinx_paramdoc.explanation.pieces import clauses
from sphinx_paramdoc.said import Said, counted, said


def own_trainable(count: int) -> Said:
    """Say whose word it is what is trainable, where the module around layers of Keras lists something else."""
    return said("that is what the Keras layers say, the module's own trainable_variables hold {count:,}", count=count)


def own_total(count: int, total: int) -> Said:
    """Say what the summary of a framework counts besides the weights."""
    return said(
        "the model's own summary() counts {count:,}, {more:,} for the state of metrics", count=count, more=count - total
    )


def total_text(trainable: int, non_trainable: int, logical: int | None, not_built: int, *more: str) -> str:
    """Say how a total divides into what is trainable and what is not; and what it lacks.

    :param more: what there is to say besides.
    """
    told: list[str] = []
    if not trainable and not non_trainable:
        told.append(said("no weights"))
    elif not non_trainable:
        told.append(said("all trainable"))
    elif not trainable:
        told.append(said("all non-trainable"))
    else:
        told.append(
            said(
                "{trainable:,} trainable + {non_trainable:,} non-trainable",
                trainable=trainable,
                non_trainable=non_trainable,
            )
        )
    if logical is not None:
        told.append(said("without quantisation {count}", count=f"{logical:,}"))
    if not_built:
        told.append(
            counted(
                not_built,
                "without {number:,} layer that is not built",
                "without {number:,} layers that are not built",
            )
        )
    return clauses([*told, *more])
