use std::io::{Read, Write};

use proptest::prelude::*;

use super::{Decoder, Encoder, Order, detect};

fn there_and_back(bytes: &[u8], order: Order, size: usize) -> Vec<u8> {
    let mut decoder = Decoder::new(bytes, order);
    let mut text = Vec::new();
    decoder.read_to_end(&mut text).unwrap();
    let mut written = Vec::new();
    let mut encoder = Encoder::new(&mut written, order);
    for piece in text.chunks(size) {
        encoder.write_all(piece).unwrap();
    }
    encoder.finish(decoder.rest()).unwrap();
    written
}

fn detected(bytes: &[u8]) -> Option<Order> {
    let (order, mut reader) = detect(bytes).unwrap();
    let mut again = Vec::new();
    reader.read_to_end(&mut again).unwrap();
    assert_eq!(again, bytes);
    order
}

#[test]
fn marks_and_zero_bytes_tell_the_order() {
    assert_eq!(detected(b"\xFF\xFEa\0"), Some(Order::Little));
    assert_eq!(detected(b"\xFE\xFF\0a"), Some(Order::Big));
    assert_eq!(detected(b"w\0i\0t\0h\0o\0u\0t\0 \0"), Some(Order::Little));
    assert_eq!(detected(b"\0w\0i\0t\0h\0o\0u\0t\0 "), Some(Order::Big));
    for other in [&b""[..], b"a", b"a\0b\0", b"\xEF\xBB\xBFtext", b"A=1\0B=2\0C=3\0D=4\0", &[0; 99]]
    {
        assert_eq!(detected(other), None, "{other:?}");
    }
}

#[test]
fn it_is_read_as_utf_8() {
    let mut text = String::new();
    let bytes: Vec<u8> =
        "\u{FEFF}a\u{e9}\u{20ac}\u{1f511}".encode_utf16().flat_map(u16::to_be_bytes).collect();
    Decoder::new(&bytes[..], Order::Big).read_to_string(&mut text).unwrap();
    assert_eq!(text, "\u{FEFF}a\u{e9}\u{20ac}\u{1f511}");
}

#[test]
fn a_character_that_is_cut_by_a_mask_is_replaced() {
    let mut written = Vec::new();
    let mut encoder = Encoder::new(&mut written, Order::Little);
    encoder.write_all(b"\xE2\x82[x]\xE2").unwrap();
    encoder.finish(&[]).unwrap();
    assert_eq!(written, b"\xFD\xFF[\0x\0]\0\xFD\xFF");
}

proptest! {
    #[test]
    fn whatever_it_is_it_comes_back(
        units in prop::collection::vec(prop_oneof![any::<u16>(), 0xD7F0..0xE010_u16, 0..128_u16], 0..200),
        odd in any::<bool>(), size in 1..9_usize,
    ) {
        for order in [Order::Little, Order::Big] {
            let mut bytes = order.bytes(units.iter().copied());
            bytes.extend(vec![7; usize::from(odd)]);
            prop_assert_eq!(there_and_back(&bytes, order, size), bytes);
        }
    }
}
