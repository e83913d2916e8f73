//! NumPy's array file, version 1: magic, header length, a header as Python text, the numbers.

/// The numbers' bytes of an array of `u8`.
pub(super) fn bytes(array: &[u8]) -> Option<&[u8]> {
    data(array, "'|u1'")
}

/// The bytes of an array of little-endian 32-bit floats, which is how our model file keeps them.
pub(super) fn floats(array: &[u8]) -> Option<Vec<u8>> {
    data(array, "'<f4'").map(<[u8]>::to_vec)
}

/// A single 64-bit float, narrowed.
pub(super) fn double(array: &[u8]) -> Option<f32> {
    let bytes = data(array, "'<f8'")?.first_chunk::<8>()?;
    Some(f64::from_le_bytes(*bytes) as f32)
}

fn data<'a>(array: &'a [u8], kind: &str) -> Option<&'a [u8]> {
    let rest = array.strip_prefix(b"\x93NUMPY\x01\x00")?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let (header, data) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    let header = std::str::from_utf8(header).ok()?;
    (header.contains(kind) && header.contains("'fortran_order': False")).then_some(data)
}
