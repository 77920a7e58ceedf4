"""The random numbers of the documentation, for many paths at once, in numpy.

Philox4x32-10: Salmon, Moraes, Dror and Shaw 2011; the known answers of their library Random123 are checked below.
xoshiro256++: Blackman and Vigna 2021. Normal numbers: Box and Muller 1958. Gamma numbers: Marsaglia and Tsang 2000. Sobol
points: the direction numbers of Joe and Kuo 2008, as scipy ships them, scrambled after Matousek 1998. Which numbers are used
where: `docs/RANDOM_NUMBERS.md`.
"""

import numpy as np
from scipy.stats import norm, qmc

RETURNS, MARKET, MIXING, REGIMES, SCRAMBLING = 0, 1, 16, 17, 18
DIMENSIONS, BATCH, ATTEMPTS = 1111, 256, 32
LOW = np.uint64(2**32 - 1)
HALF = np.uint64(32)


def halves(number):
    """The lower and the upper 32 bits."""
    return number & LOW, number >> HALF


def rounds(counter, key):
    """The ten rounds of Philox4x32."""
    a, b, c, d = counter
    k, l = key
    for _ in range(10):
        low, high = halves(a * np.uint64(0xD2511F53))
        other_low, other_high = halves(c * np.uint64(0xCD9E8D57))
        a, b, c, d = other_high ^ b ^ k, other_low, high ^ d ^ l, low
        k, l = (k + np.uint64(0x9E3779B9)) & LOW, (l + np.uint64(0xBB67AE85)) & LOW
    return a, b, c, d


def philox(seed, purpose, paths, block):
    """The two 64-bit words of a block, for each path."""
    paths = np.asarray(paths, dtype=np.uint64)
    filled = [np.full(paths.shape, number, dtype=np.uint64) for number in (block, purpose)]
    a, b, c, d = rounds((*filled, *halves(paths)), halves(np.uint64(seed)))
    return a | (b << HALF), c | (d << HALF)


def known_answers():
    """Random123's for Philox4x32-10: the counter and the key all zeros, all ones, and the digits of pi."""
    cases = [
        ([0] * 6, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ([0xFFFFFFFF] * 6, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0],
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ]
    for words, answer in cases:
        words = [np.full(1, word, dtype=np.uint64) for word in words]
        assert " ".join(f"{int(word[0]):08x}" for word in rounds(words[:4], words[4:])) == answer


def uniform(word):
    return (2 * (word >> np.uint64(12)).astype(float) + 1) / 2.0**53


def normal_pair(first, second):
    radius = np.sqrt(-2 * np.log(uniform(first)))
    angle = np.pi / 2 * (2 * (second & np.uint64(2**52 - 1)).astype(float) + 1) / 2.0**53
    signs = [1 - 2 * ((second >> np.uint64(bit)) & np.uint64(1)).astype(float) for bit in (63, 62)]
    return signs[0] * radius * np.cos(angle), signs[1] * radius * np.sin(angle)


class Sequence:
    """The xoshiro256++ generator of each path."""

    def __init__(self, seed, purpose, paths):
        self.state = [*philox(seed, purpose, paths, 2**32 - 1), *philox(seed, purpose, paths, 2**32 - 2)]

    def word(self):
        a, b, c, d = self.state
        answer = turned(a + d, 23) + a
        shifted = b << np.uint64(17)
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        self.state = [a, b, c ^ shifted, turned(d, 45)]
        return answer

    def normals(self):
        first = self.word()
        return normal_pair(first, self.word())

    def vector(self, size):
        """Normal numbers of one draw; of an odd number of them the last pair's second is not used."""
        pairs = [self.normals() for _ in range((size + 1) // 2)]
        return np.array([number for pair in pairs for number in pair][:size])


def turned(word, bits):
    return (word << np.uint64(bits)) | (word >> np.uint64(64 - bits))


def shocks(sampling, seed, paths, draws, size):
    """Standard normal numbers: draws by variables by paths."""
    if sampling == "sobol":
        return bridged(seed, paths, draws, size)
    if sampling == "antithetic":
        half = shocks("random", seed, paths // 2, draws, size)
        return half * np.where(paths % 2, -1.0, 1.0)
    if sampling == "momentMatching":
        batches = np.unique(paths // BATCH)
        every = (batches[:, None] * BATCH + np.arange(BATCH)).ravel()
        drawn = shocks("random", seed, every, draws, size).reshape(draws, size, len(batches), BATCH)
        drawn = (drawn - drawn.mean(axis=-1, keepdims=True)) / drawn.std(axis=-1, keepdims=True)
        return drawn.reshape(draws, size, -1)[:, :, np.searchsorted(every, paths)]
    sequence = Sequence(seed, MARKET, paths)
    return np.array([sequence.vector(size) for _ in range(draws)])


def sobol_normals(seed, paths, count):
    """The normal numbers of scrambled points: dimensions by paths."""
    within = min(count, DIMENSIONS)
    directions = qmc.Sobol(within, scramble=False, bits=32)._sv.astype(np.uint64)
    points = np.zeros((within, len(paths)), dtype=np.uint64)
    for bit in range(32):
        taken = (paths.astype(np.uint64) >> np.uint64(bit)) & np.uint64(1)
        points ^= directions[:, bit, None] * taken
    words = np.array([philox(seed, SCRAMBLING, np.arange(within), block) for block in range(17)])
    rows = (words.reshape(34, within) >> HALF)[:33]
    scrambled = np.zeros_like(points)
    for row in range(32):
        digit = np.uint64(31 - row)
        above = np.uint64((2**32 - 1) ^ (2 ** (32 - row) - 1))
        mask = (rows[row] & above) | (np.uint64(1) << digit)
        odd = np.bitwise_count(points & mask[:, None]).astype(np.uint64) & np.uint64(1)
        scrambled |= odd << digit
    scrambled ^= rows[32][:, None]
    normals = norm.ppf((scrambled.astype(float) + 0.5) / 2.0**32)
    if count > within:
        sequence = Sequence(seed, MARKET, paths)
        normals = np.concatenate([normals, [sequence.normals()[0] for _ in range(count - within)]])
    return normals


def bridged(seed, paths, draws, size):
    """Brownian bridges over the draws: the sum first, then the midpoints of gaps between known levels."""
    numbers = sobol_normals(seed, paths, draws * size).reshape(draws, size, len(paths))
    levels = np.zeros((draws + 1, size, len(paths)))
    levels[draws] = np.sqrt(draws) * numbers[0]
    gaps, used = [(0, draws)], 1
    for start, end in gaps:
        if end - start < 2:
            continue
        middle = (start + end) // 2
        share = (middle - start) / (end - start)
        spread = np.sqrt((middle - start) * (end - middle) / (end - start))
        levels[middle] = (1 - share) * levels[start] + share * levels[end] + spread * numbers[used]
        used += 1
        gaps += [(start, middle), (middle, end)]
    return np.diff(levels, axis=0)


def student_factors(seed, paths, step, freedom):
    """What turns the normal numbers of a step into those of Student's distribution with the same variance."""
    d = freedom / 2 - 1 / 3
    c = 1 / np.sqrt(9 * d)
    chi_squared, open_ = np.full(len(paths), np.nan), np.ones(len(paths), dtype=bool)
    for attempt in range(ATTEMPTS):
        block = 2 * (ATTEMPTS * step + attempt)
        y = normal_pair(*philox(seed, MIXING, paths, block))[0]
        u = uniform(philox(seed, MIXING, paths, block + 1)[0])
        root = 1 + c * y
        w = np.where(root > 0, root, 1.0) ** 3
        accepted = open_ & (root > 0) & (np.log(u) < y**2 / 2 + d - d * w + d * np.log(w))
        chi_squared[accepted] = 2 * d * w[accepted]
        open_ &= ~accepted
        if not open_.any():
            break
    return np.minimum(100, np.sqrt((freedom - 2) / chi_squared))


known_answers()
