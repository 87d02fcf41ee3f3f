//! The look of a key in words: runs and separators, no character of its secret part.

/// From this many runs on, where the separators stand would tell too much.
const MOST_RUNS: usize = 9;

/// Describes a value whose first `prefix` bytes are public.
pub(super) fn describe(whole: &[u8], prefix: usize) -> String {
    let (public, core) = whole.split_at(prefix);
    let mut words = Vec::new();
    if !public.is_empty() {
        words.push(format!("\"{}\"", String::from_utf8_lossy(public)));
    }
    let runs: Vec<&[u8]> = core.chunk_by(|left, right| sort(*left) == sort(*right)).collect();
    if runs.len() > MOST_RUNS {
        words.push(mixture(core));
    } else {
        words.extend(runs.into_iter().map(run));
    }
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

#[derive(PartialEq)]
enum Sort {
    Text,
    Separator(u8),
    Other,
}

const fn sort(byte: u8) -> Sort {
    match byte {
        b'-' | b'_' | b'.' | b':' | b'=' => Sort::Separator(byte),
        b'+' | b'/' => Sort::Text,
        _ if byte.is_ascii_alphanumeric() => Sort::Text,
        _ => Sort::Other,
    }
}

fn run(run: &[u8]) -> String {
    let count = run.len();
    let all = |fits: fn(&u8) -> bool| run.iter().all(fits);
    match sort(run[0]) {
        // More than two of them are content, such as a row of dashes.
        Sort::Separator(byte) if count <= 2 => {
            format!("\"{}\"", char::from(byte).to_string().repeat(count))
        }
        Sort::Separator(_) => format!("{count} separators"),
        Sort::Other => format!("{count} other {}", plural(count, "byte")),
        Sort::Text if all(u8::is_ascii_digit) => format!("{count} {}", plural(count, "digit")),
        Sort::Text if all(u8::is_ascii_alphabetic) && count < 8 => {
            format!("{count} {}", plural(count, "letter"))
        }
        Sort::Text if all(|byte| super::shapes::is_hex(*byte)) => {
            format!("{count} hex {}", plural(count, "digit"))
        }
        Sort::Text if all(u8::is_ascii_alphabetic) => format!("{count} letters"),
        Sort::Text if all(u8::is_ascii_alphanumeric) => format!("{count} letters and digits"),
        Sort::Text => format!("{count} base64 {}", plural(count, "character")),
    }
}

fn mixture(core: &[u8]) -> String {
    let others = core.iter().filter(|byte| !byte.is_ascii_alphanumeric()).count();
    format!("{} letters and digits, {others} others among them", core.len() - others)
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
