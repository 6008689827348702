"""Components: which nodes hold each other in circles, found without recursion."""

from collections.abc import Sequence

__all__ = ["components"]


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components; each comes after all that lead to it.

    Tarjan's algorithm (SIAM J. Comput. 1972), on a stack of its own so that a chain of any
    length is walked.
    """
    found: list[list[int]] = []
    index = [-1] * len(successors)
    low = [0] * len(successors)
    is_open = [False] * len(successors)
    stack: list[int] = []
    count = 0
    for root in range(len(successors)):
        if index[root] >= 0:
            continue
        walk = [(root, 0)]
        while walk:
            node, turn = walk.pop()
            if turn == 0:
                index[node] = low[node] = count
                count += 1
                stack.append(node)
                is_open[node] = True
            else:
                low[node] = min(low[node], low[successors[node][turn - 1]])
            turn = _next_turn(successors[node], turn, node, (index, low, is_open))
            if turn < len(successors[node]):
                walk.append((node, turn + 1))
                walk.append((successors[node][turn], 0))
            elif low[node] == index[node]:
                found.append(_closed(stack, node, is_open))
    return found[::-1]


def _next_turn(
    following: Sequence[int],
    turn: int,
    node: int,
    state: tuple[list[int], list[int], list[bool]],
) -> int:
    """Find the next successor that was not visited; note how far back the visited ones lead."""
    index, low, is_open = state
    while turn < len(following) and index[following[turn]] >= 0:
        if is_open[following[turn]]:
            low[node] = min(low[node], index[following[turn]])
        turn += 1
    return turn


def _closed(stack: list[int], node: int, is_open: list[bool]) -> list[int]:
    component = []
    while True:
        member = stack.pop()
        is_open[member] = False
        component.append(member)
        if member == node:
            return sorted(component)
