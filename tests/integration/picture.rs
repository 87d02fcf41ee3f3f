//! The picture at the top of the README: what a terminal really shows, as SVG.

use std::fmt::Write as _;

use super::binary::{doctor, page};
use super::readme::{settled, steady};

/// The line that is typed, and what it means to the double.
const TYPED: &str = "heygen-doctor check --simulate support-ticket";
const LINE: usize = 18;
const COLUMN: usize = 9;

/// The look of a piece of text, by the number of its escape: a colour with enough contrast on the dark ground.
fn look(code: &str) -> Option<&'static str> {
    Some(match code {
        "31" => "fill=\"#ff7b72\"",
        "32" => "fill=\"#56d364\"",
        "33" => "fill=\"#e3b341\"",
        "36" => "fill=\"#56d4dd\"",
        "1" => "font-weight=\"bold\"",
        "2" => "fill=\"#9da7b3\"",
        _ => return None,
    })
}

/// One line with its looks as elements.
fn spans(line: &str) -> String {
    let mut out = String::new();
    let escaped = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Blanks in a row are one in SVG.
    let escaped = escaped.replace(' ', "\u{a0}");
    let mut open = false;
    for (at, piece) in escaped.split("\u{1b}[").enumerate() {
        let (code, text) = match at {
            0 => ("", piece),
            _ => piece.split_once('m').unwrap(),
        };
        if open {
            out.push_str("</tspan>");
        }
        let look = look(code);
        open = look.is_some();
        if let Some(look) = look {
            write!(out, "<tspan {look}>").unwrap();
        }
        out.push_str(text);
    }
    if open { out + "</tspan>" } else { out }
}

/// The words without escapes, for those who can't see the picture.
fn plain(text: &str) -> String {
    text.split("\u{1b}[")
        .enumerate()
        .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('m').unwrap().1 })
        .collect()
}

#[test]
fn the_picture_shows_what_the_program_prints() {
    let args = TYPED.split(' ').skip(1).chain(["--color", "always"]);
    let run = doctor().env("COLUMNS", "80").args(args).output().unwrap();
    let text = steady(&String::from_utf8(run.stdout).unwrap());
    assert!(text.contains("key_encoded") && text.contains('\u{1b}'), "{text}");
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let (width, height) = (82 * COLUMN, (lines.len() + 3) * LINE);
    let verdict = plain(lines[0]).replace('✗', "").trim().to_owned();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{verdict}\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0d1117\"/>\n<g font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"15\" fill=\"#e6edf3\">\n"
    );
    let typed = format!("\u{1b}[2m$\u{1b}[0m {TYPED}");
    for (at, line) in std::iter::once(typed.as_str()).chain(lines.iter().copied()).enumerate() {
        let y = (at + 2) * LINE;
        writeln!(svg, "<text x=\"{COLUMN}\" y=\"{y}\">{}</text>", spans(line)).unwrap();
    }
    svg.push_str("</g>\n</svg>\n");
    page("docs/check.svg", &settled("docs/check.svg", svg));
}
