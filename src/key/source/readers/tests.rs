use super::*;

fn read(text: &str) -> [Option<String>; 3] {
    let Readings { node, python, bash } = Readings::of(text, "K");
    [node, python, bash]
}

/// Measured with Node 20, python-dotenv 1.2, and bash 5.2: a file, and what Node, python-dotenv, and bash take for the value of `K`.
type Row = (&'static str, [Option<&'static str>; 3]);

const ALIKE: &[(&str, Option<&str>)] = &[
    ("K=a", Some("a")),
    ("K=a\nK=b\n", Some("b")),
    ("export K=a\n", Some("a")),
    ("K='a b'\n", Some("a b")),
    ("K=\"a\" # mine\n", Some("a")),
    ("K=a # mine\n", Some("a")),
    ("# K=a\n", None),
    ("X=1\n\nK=a\nY=2", Some("a")),
    ("K=\n", Some("")),
    ("K=a\nK=\n", Some("")),
    ("\u{feff}K=a\n", None),
    ("\u{feff}X=1\nK=a\n", Some("a")),
    ("K=\"a\nb\"\n", Some("a\nb")),
    ("X='\nK=inside\n'\n", None),
];

const APART: &[Row] = &[
    ("K = a\n", [Some("a"), Some("a"), None]),
    ("K=a\r\n", [Some("a"), Some("a"), Some("a\r")]),
    ("K=a#b\n", [Some("a"), Some("a#b"), Some("a#b")]),
    ("K=a b\n", [Some("a b"), Some("a b"), None]),
    ("K=`a`\n", [Some("a"), Some("`a`"), None]),
    ("B=a\nK=${B}\n", [Some("${B}"), Some("a"), Some("a")]),
    ("B=a\nK=$B\n", [Some("$B"), Some("$B"), Some("a")]),
    ("K=${B:-a}\n", [Some("${B:-a}"), Some("a"), Some("a")]),
    ("K='${B}'\n", [Some("${B}"), Some(""), Some("${B}")]),
    ("K=a\\b\n", [Some("a\\b"), Some("a\\b"), Some("ab")]),
    ("K=$(cat key)\n", [Some("$(cat key)"), Some("$(cat key)"), None]),
    ("X=1 K=a\n", [None, None, Some("a")]),
    ("K=\"a\"b\n", [Some("a"), None, Some("ab")]),
    ("export  K=a\n", [None, Some("a"), Some("a")]),
    ("K=\"a\nB=1\n", [Some("\"a"), None, None]),
];

#[test]
fn readers_agree_on_the_usual_lines() {
    for (text, value) in ALIKE {
        let value = value.map(str::to_owned);
        assert_eq!(read(text), [value.clone(), value.clone(), value], "{text:?}");
    }
}

#[test]
fn readers_differ_on_the_unusual_ones() {
    for (text, values) in APART {
        assert_eq!(read(text), values.map(|value| value.map(str::to_owned)), "{text:?}");
    }
}

#[test]
fn lines_that_are_not_understood_have_their_numbers() {
    assert_eq!(unclear_lines("A=1\nK: a\nB C D\n=x\nC=\"open\n"), [2, 3, 4, 5]);
    assert!(unclear_lines("A=1\n\n# a comment\nB\nC='x'\n").is_empty());
}

#[test]
fn two_of_three_decide() {
    for (text, value) in [
        ("K=a#b\n", Some("a#b")),
        ("K=a\r\n", Some("a")),
        ("K = a\n", Some("a")),
        ("B=a\nK=${B}\n", Some("a")),
        ("X=1 K=a\n", Some("a")),
        ("X=1\n", None),
    ] {
        assert_eq!(Readings::of(text, "K").agreed(), value, "{text:?}");
    }
}

#[test]
fn references_to_references_do_not_grow_without_end() {
    let doubled = |number| format!("A{}=${{A{number}}}${{A{number}}}\n", number + 1);
    let text =
        format!("A0=xxxxxxxxxxxxxxxx\n{}K=${{A60}}\n", (0..60).map(doubled).collect::<String>());
    for value in read(&text).into_iter().flatten() {
        assert!(value.len() <= 4096);
    }
}

/// Each of these took minutes while a line was read again for each that follows it.
#[test]
fn a_whole_file_of_short_lines_is_read_in_one_pass() {
    let lines = 200_000;
    for (line, unclear) in [("A=1\n", 0), ("B C\n", lines), ("B B\n", lines), ("D=${\n", 0)] {
        let text = line.repeat(lines) + "K=a\n";
        assert_eq!(Readings::of(&text, "K").agreed(), Some("a"), "{line}");
        assert_eq!(unclear_lines(&text).len(), unclear, "{line}");
    }
}
