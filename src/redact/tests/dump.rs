use proptest::prelude::*;

use super::{K1, K3, K4, K5, key, redacted, redactor};
use crate::redact::{Ledger, Redactor, stream, work};
use written::{DUMPS, LISTS, numbers};

mod written;

/// A request as HTTP sends it, with `before` bytes ahead of the key.
fn request(key: &str, before: usize) -> String {
    let pad = "p".repeat(before);
    format!("GET /v3/{pad} HTTP/1.1\r\nX-Api-Key: {key}\r\nAccept: */*\r\nHost: a.b\r\n\r\n")
}

fn streamed(redactor: &Redactor, text: &str) -> String {
    let mut clean = Vec::new();
    stream::filter(text.as_bytes(), &mut clean, redactor).unwrap();
    String::from_utf8(clean).unwrap()
}

/// Twelve characters of the key in a row, in all the numbers of a text that could be bytes.
fn leaks(text: &str, key: &str) -> bool {
    let secret = key.strip_prefix("sk_V2_hgu_k").unwrap_or(key).as_bytes();
    numbers(text).iter().any(|bytes| {
        secret.windows(12).any(|window| bytes.windows(12).any(|found| found == window))
    })
}

#[test]
fn every_dump_at_every_place() {
    for key_text in [K1, K3, K4, K5] {
        let redactor = redactor(key_text);
        for (name, dump) in DUMPS {
            for before in 0..16 {
                let text = dump(request(key_text, before).as_bytes());
                assert!(leaks(&text, key_text), "{name}: {text}");
                let clean = redacted(&redactor, &text);
                assert!(!leaks(&clean, key_text), "{name} {before}:\n{text}\n{clean}");
                assert_eq!(clean.lines().count(), text.lines().count(), "{name}: {clean}");
                assert_eq!(redactor.find(clean.as_bytes()), None, "{name}:\n{clean}");
                assert_eq!(redacted(&redactor, &clean), clean, "{name}");
            }
        }
    }
}

#[test]
fn every_list_goes_in_one_piece() {
    for key_text in [K1, K3, K4, K5] {
        let redactor = redactor(key_text);
        for (name, list) in LISTS {
            let (first, last) = (list(b"before"), list(b"after "));
            let text = format!("{first} then {} then {last}", list(key_text.as_bytes()));
            let clean = redacted(&redactor, &text);
            assert!(!leaks(&clean, key_text), "{name}:\n{text}\n{clean}");
            assert!(
                clean.contains("[redacted]") && clean.len() < first.len() + last.len() + 60,
                "{name}: {clean}"
            );
            assert_eq!(redactor.find(clean.as_bytes()), None, "{name}: {clean}");
        }
    }
}

#[test]
fn the_artefact_of_a_dump_is_refused() {
    let redactor = redactor(K1);
    let without = Redactor::leaving_out(&[&key(K1)], &[], &[], Some("dump"));
    for (name, dump) in DUMPS {
        let text = dump(request(K1, 3).as_bytes());
        assert!(redactor.find(text.as_bytes()).is_some(), "{name}");
        assert!(leaks(&redacted(&without, &text), K1) || *name == "xxd -p", "{name}");
    }
}

#[test]
fn what_is_shown_as_text_beside_masked_bytes_goes_with_them() {
    let text = "0030: 0a 58 2d 41 70 69 2d 4b 65 79 3a 20 73 6b 5f 56 .X-Api-Key: sk_V\n\
                0040: 32 5f 68 67 75 5f 6b 53 79 6e 74 68 65 74 69 63 2_hgu_kSynthetic\n\
                0050: 30 5f 30 46 61 6b 65 31 4b 65 79 32 4f 66 33 4e 0_0Fake1Key2Of3N\n\
                0060: 6f 34 41 63 63 6f 75 6e 74 35 41 74 36 41 6c 6c o4Account5At6All\n\
                0070: 37 0d 0a 41 63 63 65 70 74 3a 20 2a 2f 2a 0d 0a 7..Accept: */*..\n";
    let clean = redacted(&redactor(K1), text);
    assert_eq!(
        clean,
        "0030: 0a 58 2d 41 70 69 2d 4b 65 79 3a 20 [redacted] .X-Api-Key: [redacted]\n\
         0040: [redacted] [redacted]\n\
         0050: [redacted] [redacted]\n\
         0060: [redacted] [redacted]\n\
         0070: [redacted] 0d 0a 41 63 63 65 70 74 3a 20 2a 2f 2a 0d 0a [redacted]..Accept: */*..\n"
    );
    let mut ledger = Ledger::default();
    let _ = redactor(K1).redact(text, &mut ledger);
    assert!(ledger.by_form.contains_key("dump"), "{ledger:?}");
}

#[test]
fn the_base64_of_a_key_goes_from_a_dump() {
    use base64::Engine;
    let basic = base64::prelude::BASE64_STANDARD.encode(format!("user:{K1}"));
    for (name, dump) in DUMPS {
        let clean = redacted(&redactor(K1), &dump(request(&basic, 3).as_bytes()));
        assert!(!leaks(&clean, &basic[10..60]), "{name}: {clean}");
    }
}

#[test]
fn other_dumps_stay_as_they_are() {
    let other = request("another-value.Another0_9Real2Value4In6This8Dump1Is3Not", 5);
    let noise: Vec<u8> = (0..4096_u32).map(|n| ((n * n * 31) >> 3).to_le_bytes()[0]).collect();
    let redactor = redactor(K1);
    let without = Redactor::leaving_out(&[&key(K1)], &[], &[], Some("dump"));
    for (name, dump) in DUMPS.iter().chain(LISTS) {
        for bytes in [other.as_bytes(), &noise, b"sk_V2_hgu_k and no more"] {
            let text = dump(bytes);
            assert_eq!(redacted(&redactor, &text), redacted(&without, &text), "{name}");
        }
    }
}

#[test]
fn a_dump_is_twice_the_work_for_twice_the_text() {
    let redactor = redactor(K1);
    let part = |text: &str| text.repeat((8 << 10) / text.len() + 1);
    let cut = format!("{} ", &K1[20..31]);
    for (name, dump) in DUMPS.iter().chain(LISTS) {
        for bytes in [K1, &cut, &K1[20..23]] {
            let whole = dump(part(bytes).as_bytes());
            let short = dump(bytes.as_bytes());
            for text in [whole, part(&short), part(&(short + "\n\n"))] {
                let work = [2, 4, 8].map(|size| size << 10).map(|size| {
                    let text = &text[..text.ceil_char_boundary(size)];
                    let work = work::of(|| drop(redacted(&redactor, text)));
                    assert!(work <= 50 * size as u64, "{name} {bytes}: {work} for {size}");
                    work
                });
                for pair in work.windows(2) {
                    // Numbers of lines grow.
                    assert!(pair[1] <= pair[0] * 11 / 4 + 4096, "{name} {bytes}: {work:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn no_dump_of_any_key_is_kept(
        key_text in prop_oneof![
            "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}", "[0-9a-f]{32}-17[0-9]{8}",
            "hg_[A-Za-z0-9_-]{16,40}", "[A-Za-z0-9+/=_.:~-]{16,64}",
        ],
        before in "[ -~\r\n]{0,40}", after in "[ -~\r\n]{0,40}", dump in prop::sample::select(DUMPS),
        cut in (any::<prop::sample::Index>(), any::<prop::sample::Index>()), lead in "[a-z \n]{0,20}",
    ) {
        prop_assume!(key(&key_text).is_secret());
        let secret = key_text.strip_prefix("sk_V2_hgu_k").unwrap_or(&key_text);
        let from = cut.0.index(secret.len() - 11);
        let piece = &secret[from..from + 12 + cut.1.index(secret.len() - from - 11)];
        let redactor = Redactor::new(&[&key(&key_text)], &[], &[]);
        let text = format!("{lead}\n{}\nend", dump.1(format!("{before}{piece}{after}").as_bytes()));
        let clean = redacted(&redactor, &text);
        prop_assert!(!leaks(&clean, &key_text), "{}: {text}\n{clean}", dump.0);
        prop_assert!(redactor.find(text.as_bytes()).is_some() && redactor.find(clean.as_bytes()).is_none());
    }

    #[test]
    fn a_stream_of_dumps_is_cleaned_like_a_text(
        key_text in "sk_V2_hgu_k[A-Za-z0-9]{10}_[A-Za-z0-9]{32}",
        parts in prop::collection::vec(("[ -~\r\n]{0,60}", any::<bool>()), 10..60),
        form in any::<prop::sample::Index>(), blanks in 0..3000_usize,
    ) {
        let all: Vec<_> = DUMPS.iter().chain(LISTS).collect();
        let bytes: String = parts.iter().map(|(text, is_key)| if *is_key { text.clone() + &key_text } else { text.clone() }).collect();
        let (name, dump) = all[form.index(all.len())];
        let text = " ".repeat(blanks) + "\n" + &dump(bytes.as_bytes());
        let redactor = Redactor::new(&[&key(&key_text)], &[], &[]);
        let clean = redacted(&redactor, &text);
        let streamed = streamed(&redactor, &text);
        let differs = streamed.bytes().zip(clean.bytes()).position(|(one, other)| one != other);
        let near = |text: &str| {
            let at = differs.unwrap_or(0).saturating_sub(60);
            String::from_utf8_lossy(&text.as_bytes()[at..text.len().min(at + 160)]).into_owned()
        };
        prop_assert!(streamed == clean, "{name} {differs:?}:\n{}\n--\n{}", near(&streamed), near(&clean));
        prop_assert!(!leaks(&clean, &key_text), "{name}: {clean}");
    }
}
