//! Links that a terminal opens, on what is shown anyway.

/// The text with its links to HeyGen's pages; what is shown stays the same, sign by sign. Other addresses
/// stay text: a server could have written them.
pub(crate) fn linked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("https://") {
        let (before, from) = rest.split_at(at);
        let ends = |c: char| !(c.is_ascii_alphanumeric() || "-._~:/?#&=%".contains(c));
        let whole = from.find(ends).map_or(from, |end| &from[..end]);
        let url = whole.trim_end_matches(['.', ':', '?']);
        out.push_str(before);
        if is_heygens(url) {
            for piece in ["\x1b]8;;", url, "\x1b\\", url, "\x1b]8;;\x1b\\"] {
                out.push_str(piece);
            }
        } else {
            out.push_str(url);
        }
        rest = &from[url.len()..];
    }
    out + rest
}

fn is_heygens(url: &str) -> bool {
    let rest = url.trim_start_matches("https://");
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    ["developers.heygen.com", "docs.heygen.com", "app.heygen.com", "help.heygen.com"]
        .contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_addresses_of_heygens_pages_are_links() {
        let page = "https://developers.heygen.com/docs/api-key";
        let link = format!("\x1b]8;;{page}\x1b\\{page}\x1b]8;;\x1b\\");
        assert_eq!(linked(&format!("Read on: {page}.\nNext")), format!("Read on: {link}.\nNext"));
        assert_eq!(linked(&format!("\x1b[2m{page}\x1b[0m")), format!("\x1b[2m{link}\x1b[0m"));
        for text in [
            "No address here.",
            "https://",
            "https://developers.heygen.com.example/docs",
            "https://user@developers.heygen.com/",
            "http://developers.heygen.com/docs",
            "https://portal.invalid/login?to=https://x",
        ] {
            assert_eq!(linked(text), text);
        }
    }
}
