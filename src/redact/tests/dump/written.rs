//! How tools write bytes as numbers, and a way back that knows nothing of the redactor's.

type Write = fn(&[u8]) -> String;

/// Lines with an offset, and what else.
pub(super) const DUMPS: &[(&str, Write)] = &[
    ("curl --trace", |bytes| {
        lines(bytes, 16, |at, line| format!("{at:04x}: {:<48}{}", each(line, "{} "), shown(line)))
    }),
    ("curl --trace in JSON", |bytes| {
        let dump = lines(bytes, 16, |at, line| {
            format!("{at:04x}: {:<48}{}", each(line, "{} "), shown(line))
        });
        serde_json::json!({"log": dump}).to_string()
    }),
    ("hexdump -C", |bytes| {
        lines(bytes, 16, |at, line| {
            let (one, other) = line.split_at(line.len().min(8));
            format!("{at:08x}  {:<25}{:<25}|{}|", each(one, "{} "), each(other, "{} "), shown(line))
        })
    }),
    ("xxd", |bytes| xxd(bytes, 16, 2)),
    ("xxd -g1", |bytes| xxd(bytes, 16, 1)),
    ("xxd -g4", |bytes| xxd(bytes, 16, 4)),
    ("xxd -g8", |bytes| xxd(bytes, 16, 8)),
    ("xxd -c8", |bytes| xxd(bytes, 8, 2)),
    ("xxd -c32", |bytes| xxd(bytes, 32, 2)),
    ("xxd -c4", |bytes| xxd(bytes, 4, 2)),
    ("xxd -p", |bytes| lines(bytes, 30, |_, line| each(line, "{}"))),
    ("xxd -i", |bytes| {
        lines(bytes, 12, |_, line| format!("  {}", each(line, "0x{}, ").trim_end()))
    }),
    ("tcpdump", |bytes| {
        lines(bytes, 16, |at, line| {
            format!("\t0x{at:04x}:  {:<40} {}", grouped(line, 2), shown(line))
        })
    }),
    ("Wireshark", |bytes| {
        lines(bytes, 16, |at, line| {
            let (one, other) = line.split_at(line.len().min(8));
            format!(
                "{at:04x}  {:<24} {:<24}  {}",
                each(one, "{} "),
                each(other, "{} "),
                shown(line)
            )
        })
    }),
    ("openssl s_client -debug", |bytes| {
        lines(bytes, 16, |at, line| {
            let (one, other) = line.split_at(line.len().min(8));
            let one = each(one, "{} ");
            let middle = if other.is_empty() { " " } else { "-" };
            format!(
                "{at:04x} - {:<23}{middle}{:<24}  {}",
                one.trim_end(),
                each(other, "{} "),
                shown(line)
            )
        })
    }),
    ("Java", |bytes| {
        lines(bytes, 16, |at, line| {
            let (one, other) = line.split_at(line.len().min(8));
            format!(
                "{at:04X}: {:<24}  {:<24} {}",
                each(one, "{} ").to_uppercase(),
                each(other, "{} ").to_uppercase(),
                shown(line)
            )
        })
    }),
    ("Netty", |bytes| {
        lines(bytes, 16, |at, line| {
            format!("|{at:08x}| {:<48}|{:<16}|", each(line, "{} "), shown(line))
        })
    }),
    ("strace", |bytes| {
        lines(bytes, 16, |at, line| {
            let (one, other) = line.split_at(line.len().min(8));
            format!(
                " | {at:05x}  {:<24} {:<24}  {:<16} |",
                each(one, "{} "),
                each(other, "{} "),
                shown(line)
            )
        })
    }),
    ("hexyl", |bytes| {
        lines(bytes, 16, |at, line| {
            let (one, other) = line.split_at(line.len().min(8));
            format!(
                "│{at:08x}│ {:<24}┊ {:<24}│{:<8}┊{:<8}│",
                each(one, "{} "),
                each(other, "{} "),
                shown(one).replace('.', "_"),
                shown(other)
            )
        })
    }),
    ("a log of lines", |bytes| {
        lines(bytes, 16, |at, line| {
            format!(
                "2026-01-02 03:04:05,123 wire {at:04x}: {:<48} {}",
                each(line, "{} "),
                shown(line)
            )
        })
    }),
    ("gdb x/8xb", |bytes| {
        lines(bytes, 8, |at, line| {
            format!("0x7fffffffe{at:03x} <buffer+{at}>:\t{}", each(line, "0x{}\t"))
        })
    }),
    ("od -t x1z", |bytes| {
        lines(bytes, 16, |at, line| format!("{at:07o} {:<48} >{}<", each(line, "{} "), shown(line)))
    }),
    ("od -A x -t x1", |bytes| {
        lines(bytes, 16, |at, line| format!("{at:06x} {}", each(line, "{} ").trim_end()))
    }),
    ("od -b", |bytes| {
        lines(bytes, 16, |at, line| {
            let numbers = join(line, |byte| format!(" {byte:03o}"));
            format!("{at:07o}{numbers}")
        })
    }),
    ("hexdump", |bytes| {
        lines(bytes, 16, |at, line| {
            let words: String = line.chunks(2).map(backwards).collect();
            format!("{at:07x}{words}")
        })
    }),
    ("xxd -e", |bytes| {
        lines(bytes, 16, |at, line| {
            let words: String = line.chunks(4).map(backwards).collect();
            format!("{at:08x}:{words:<38}{}", shown(line))
        })
    }),
    ("JSON over many lines", |bytes| {
        let buffer = serde_json::json!({"a": {"type": "Buffer", "data": bytes}});
        serde_json::to_string_pretty(&buffer).unwrap()
    }),
    ("colons over many lines", |bytes| {
        lines(bytes, 15, |_, line| format!("    {}", each(line, "{}:")))
    }),
    ("Uint8Array", |bytes| {
        lines(bytes, 12, |_, line| {
            format!("  {}", join(line, |byte| format!("{byte:3}, ")).trim_end())
        })
    }),
];

/// All on one line.
pub(super) const LISTS: &[(&str, Write)] = &[
    ("blanks", |bytes| each(bytes, "{} ")),
    ("colons", |bytes| each(bytes, "{}:")),
    ("capitals and dashes", |bytes| each(bytes, "{}-").to_uppercase()),
    ("commas", |bytes| each(bytes, "{}, ")),
    ("dots", |bytes| each(bytes, "{}.")),
    ("underscores", |bytes| each(bytes, "{}_")),
    ("0x", |bytes| format!("{{{}}}", each(bytes, "0x{}, "))),
    ("0X without blanks", |bytes| each(bytes, "0X{},")),
    ("Node", |bytes| format!("<Buffer {}>", each(bytes, "{} ").trim_end())),
    ("Go", |bytes| format!("{bytes:?}").replace(',', "")),
    ("Rust", |bytes| format!("{bytes:?}")),
    ("Rust in hex", |bytes| format!("{bytes:02x?}")),
    ("JSON", |bytes| serde_json::json!({"type": "Buffer", "data": bytes}).to_string()),
    ("JSON with indices", |bytes| {
        let members = bytes.iter().enumerate().map(|(at, byte)| format!("\"{at}\":{byte}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }),
    ("octal escapes", |bytes| join(bytes, |byte| format!("\\{byte:03o}"))),
    ("quoted printable", |bytes| each(bytes, "={}").to_uppercase()),
    ("groups", |bytes| grouped(bytes, 4)),
    ("tabs", |bytes| each(bytes, "{}\t")),
];

fn lines(bytes: &[u8], width: usize, write: impl Fn(usize, &[u8]) -> String) -> String {
    let lines = bytes.chunks(width).enumerate();
    lines.map(|(number, line)| write(number * width, line) + "\n").collect()
}

fn join(bytes: &[u8], write: impl Fn(&u8) -> String) -> String {
    bytes.iter().map(write).collect::<Vec<_>>().concat()
}

fn each(bytes: &[u8], form: &str) -> String {
    join(bytes, |byte| form.replace("{}", &format!("{byte:02x}")))
}

fn grouped(bytes: &[u8], size: usize) -> String {
    bytes.chunks(size).map(|group| each(group, "{}")).collect::<Vec<_>>().join(" ")
}

/// A word whose last byte comes first, after a blank.
fn backwards(word: &[u8]) -> String {
    " ".to_owned() + &each(&word.iter().rev().copied().collect::<Vec<_>>(), "{}")
}

fn xxd(bytes: &[u8], width: usize, size: usize) -> String {
    let room = width * 2 + width.div_ceil(size);
    lines(bytes, width, |at, line| {
        format!("{at:08x}: {:<room$} {}", grouped(line, size), shown(line))
    })
}

fn shown(bytes: &[u8]) -> String {
    let shown = |byte: &u8| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' };
    bytes.iter().map(shown).collect()
}

/// All bytes that the numbers of a text could be, read in several ways.
pub(super) fn numbers(text: &str) -> Vec<Vec<u8>> {
    let text = text.replace("\\n", "\n");
    let mut all: Vec<Vec<u8>> = vec![Vec::new(); 12];
    for line in text.lines() {
        let line = line.split("wire ").last().unwrap_or(line);
        let body = line.split_once(": ").or_else(|| line.split_once(":\t"));
        let body = body.map_or(line, |(_, body)| body);
        // The text at the end may have digits, too.
        let alone = body.split("  ").next().unwrap_or(body);
        for (body, all) in [body, alone].iter().zip(all.chunks_mut(6)) {
            words(body, all);
        }
    }
    // Every second number, where the others count.
    let odd = all[4].iter().skip(1).step_by(2).copied().collect();
    let even = all[4].iter().step_by(2).copied().collect();
    all.extend([odd, even]);
    all
}

fn words(body: &str, all: &mut [Vec<u8>]) {
    let words = body.split(|sign: char| !sign.is_ascii_alphanumeric());
    for word in words.map(|word| word.trim_start_matches("0x").trim_start_matches("0X")) {
        let pairs = (0..word.len() / 2).filter_map(|at| word.get(at * 2..at * 2 + 2));
        let hex: Vec<_> = pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
        let is_hex = word.len() % 2 == 0 && hex.len() == word.len() / 2;
        if is_hex && word.len() != 8 {
            all[0].extend(&hex);
        }
        if is_hex && word.len() >= 4 {
            all[1].extend(&hex);
            all[2].extend(hex.iter().rev());
        }
        if is_hex && word.len() == 2 {
            all[3].extend(&hex);
        }
        if let (Ok(number), true) = (word.parse(), word.len() <= 3) {
            all[4].push(number);
        }
        if let (Ok(number), 3) = (u8::from_str_radix(word, 8), word.len()) {
            all[5].push(number);
        }
    }
}
