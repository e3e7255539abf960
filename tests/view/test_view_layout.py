import random

from kg.view.layout import place


def ring(n):
    names = [f"n{i:03}" for i in range(n)]
    return names, [(names[i], names[(i + 1) % n]) for i in range(n)]


def test_same_picture_for_any_input_order():
    names, edges = ring(40)
    edges += [(names[i], names[i * 3 % 40]) for i in range(40)]
    expected = place(names, edges)
    shuffle = random.Random(3)
    for _ in range(3):
        mixed = [(b, a) if shuffle.random() < 0.5 else (a, b) for a, b in edges]
        shuffle.shuffle(mixed)
        shuffle.shuffle(names)
        assert place(names, mixed + mixed[:5]) == expected


def test_seed_is_what_changes_it():
    names, edges = ring(12)
    assert place(names, edges, seed=1) == place(names, edges, seed=1)
    assert place(names, edges, seed=1) != place(names, edges, seed=2)


def test_small_cases():
    assert place([], []) == {}
    assert place(["a"], [("a", "a")]) == {"a": (0, 0)}
    assert len(set(place(["a", "b"], []).values())) == 2
    assert set(place(["a", "a", "b"], [("a", "unknown")])) == {"a", "b"}


def test_no_two_nodes_touch_and_parts_stay_apart():
    names, edges = ring(60)
    edges += [(names[0], name) for name in names[1:]]
    other = [f"x{i}" for i in range(5)]
    found = place(names + other, [*edges, ("x0", "x1"), ("x2", "x3")])
    points = list(found.values())
    gaps = [
        (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for i, a in enumerate(points) for b in points[:i]
    ]
    assert min(gaps) > 30**2
    assert min(found[x][1] for x in other) > max(found[x][1] for x in names)


def test_room_grows_with_the_number_of_nodes():
    def extent(n):
        points = place(*ring(n)).values()
        return max(x for x, _ in points) - min(x for x, _ in points)

    assert extent(12) < extent(100) < extent(500)


def test_whole_pixels_and_wider_than_high():
    found = place(*ring(300))
    assert all(isinstance(v, int) for xy in found.values() for v in xy)
    xs, ys = ([xy[k] for xy in found.values()] for k in (0, 1))
    assert max(xs) - min(xs) >= 0.9 * (max(ys) - min(ys))
