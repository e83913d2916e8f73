//! The two MurmurHash functions that the model's tables are addressed by (Appleby, public domain).

/// MurmurHash64A with seed 1: the number of a string.
pub(super) fn number(text: &str) -> u64 {
    const MIX: u64 = 0xc6a4_a793_5bd1_e995;
    let bytes = text.as_bytes();
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MIX);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut key = u64::from_le_bytes(*word).wrapping_mul(MIX);
        key ^= key >> 47;
        hash = (hash ^ key.wrapping_mul(MIX)).wrapping_mul(MIX);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0_u64, |tail, byte| tail << 8 | u64::from(*byte));
        hash = (hash ^ tail).wrapping_mul(MIX);
    }
    hash = (hash ^ hash >> 47).wrapping_mul(MIX);
    hash ^ hash >> 47
}

/// MurmurHash3 (x64, 128 bits) of one number, as four rows' worth of bits.
pub(super) fn rows(key: u64, seed: u32) -> [u32; 4] {
    let key = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let length = 8;
    let mut first = u64::from(seed) ^ key ^ length;
    let mut second = u64::from(seed) ^ length;
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    first = finish(first);
    second = finish(second);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}

fn finish(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::{number, rows};

    #[test]
    fn strings_have_the_reference_numbers() {
        assert_eq!(number("apple"), 8_566_208_034_543_834_098);
        assert_eq!(number("coffee"), 3_197_928_453_018_144_401);
    }

    #[test]
    fn rows_depend_on_key_and_seed() {
        assert_ne!(rows(1, 8), rows(1, 9));
        assert_ne!(rows(1, 8), rows(2, 8));
    }
}
