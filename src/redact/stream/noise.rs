//! Tells what is no text in any encoding: packed, encrypted, or a program.

/// So many bytes are judged at once, and no fewer.
pub(super) const BLOCK: usize = 4 << 10;
const LEAST: usize = 256;

/// One byte in so many controls nothing that a text has; of noise, one in ten does.
const SELDOM: usize = 16;

/// True for noise. Nobody can say what it holds.
pub(super) fn is_noise(block: &[u8]) -> bool {
    // NULs, blanks, backspaces and the start of a colour stand in texts.
    let is_control = |byte: &u8| {
        let is_in = |first: u8, last: u8| u32::from(byte.wrapping_sub(first) <= last - first);
        is_in(1, 7) | is_in(0xE, 0x1A) | is_in(0x1C, 0x1F) | is_in(0x7F, 0x7F)
    };
    block.len() >= LEAST
        && block.iter().map(is_control).sum::<u32>() as usize * SELDOM > block.len()
        && !is_utf8(block)
        && !is_utf16(block, u16::from_le_bytes)
        && !is_utf16(block, u16::from_be_bytes)
}

/// The first character and the last one may be cut.
fn is_utf8(block: &[u8]) -> bool {
    let cut = block.iter().take(3).take_while(|byte| **byte & 0xC0 == 0x80).count();
    std::str::from_utf8(&block[cut..]).map_or_else(|error| error.error_len().is_none(), |_| true)
}

fn is_utf16(block: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let (pairs, _) = block.as_chunks();
    let units = pairs.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).filter(Result::is_err).count() <= 2
}
