//! The table of direction numbers: a published text, packed while the crate is compiled.
//!
//! As text the numbers would be a twentieth of a browser's module. They are nearly as random as their bits, so only the bits
//! that differ are kept.

/// For each dimension from the second on: a primitive polynomial over the field of two elements, as the integer whose
/// bits are its coefficients, and as many initial direction numbers as its degree. Polynomials ascend; the direction
/// numbers of a dimension are odd, and number `bit` is below 2^(`bit` + 1).
pub(super) const TEXT: &str = include_str!("direction_numbers.txt");

/// The bits for a step from one polynomial to the next, halved: polynomials are odd.
const STEP_BITS: u32 = 7;

/// The polynomial before the first one.
const START: u32 = 1;

/// For each line of the text the step to its polynomial, and number `bit` without its last binary digit in `bit` bits; the
/// lowest bits come first.
static PACKED: [u8; packed_bytes()] = pack();

#[expect(clippy::indexing_slicing, reason = "runs at compile time only")]
const fn packed_bytes() -> usize {
    let text = TEXT.as_bytes();
    let (mut bits, mut place, mut index) = (0, 0, 0);
    while index < text.len() {
        // A number ends here.
        if !text[index].is_ascii_digit() {
            bits += width(place);
            place = if text[index] == b'\n' { 0 } else { place + 1 };
        }
        index += 1;
    }
    (bits as usize).div_ceil(8)
}

/// How many bits the number at a place of a line has.
const fn width(place: u32) -> u32 {
    match place {
        0 => STEP_BITS,
        place => place - 1,
    }
}

#[expect(clippy::indexing_slicing, reason = "runs at compile time only")]
const fn pack() -> [u8; packed_bytes()] {
    let text = TEXT.as_bytes();
    let mut packed = [0; packed_bytes()];
    let (mut length, mut pending, mut pending_bits) = (0, 0_u32, 0);
    let (mut polynomial, mut number, mut place, mut index) = (START, 0, 0, 0);
    while index < text.len() {
        let character = text[index];
        index += 1;
        if character.is_ascii_digit() {
            number = 10 * number + (character - b'0') as u32;
            continue;
        }
        let kept = if place == 0 { (number - polynomial) / 2 } else { number / 2 };
        assert!(kept < 1 << width(place), "the number has more bits than are kept");
        if place == 0 {
            polynomial = number;
        }
        pending |= kept << pending_bits;
        pending_bits += width(place);
        while pending_bits >= 8 {
            packed[length] = pending as u8;
            length += 1;
            pending >>= 8;
            pending_bits -= 8;
        }
        place = if character == b'\n' { 0 } else { place + 1 };
        number = 0;
    }
    if pending_bits > 0 {
        packed[length] = pending as u8;
    }
    packed
}

/// The polynomials and the direction numbers of the dimensions from the second on, one after the other.
pub(super) struct Lines {
    /// The place of the next bit.
    bit: usize,
    polynomial: u32,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { bit: 0, polynomial: START }
    }

    #[expect(clippy::indexing_slicing, reason = "the table has the bits of every dimension")]
    fn take(&mut self, bits: u32) -> u32 {
        let first = self.bit;
        self.bit += bits as usize;
        let bit = |place: usize| u32::from(PACKED[place / 8] >> (place % 8) & 1);
        (first..self.bit).rev().fold(0, |number, place| number << 1 | bit(place))
    }

    /// The next polynomial, and its direction numbers.
    pub(super) fn next(&mut self) -> (u32, Vec<u32>) {
        self.polynomial += 2 * self.take(STEP_BITS);
        let degree = self.polynomial.ilog2();
        (self.polynomial, (0..degree).map(|bit| 2 * self.take(bit) + 1).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_numbers_of_the_text() {
        let mut lines = Lines::new();
        for line in TEXT.lines() {
            let numbers: Vec<u32> = line.split(' ').map(|number| number.parse().unwrap()).collect();
            let (polynomial, directions) = lines.next();
            assert_eq!(([&[polynomial], directions.as_slice()]).concat(), numbers);
        }
        assert_eq!(lines.bit.div_ceil(8), PACKED.len());
    }
}
