//! A page as a strict parser reads it: no error of the tokenizer, and every element closed where it was
//! opened.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements that have no end.
const VOID: &[&str] = &["meta", "link", "br", "hr", "img", "input"];

#[derive(Default)]
struct Reading {
    open: Vec<String>,
    elements: Vec<Element>,
    faults: Vec<String>,
}

/// An element with its attributes, and the text in it that belongs to no other.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

struct Sink(RefCell<(Reading, Vec<usize>)>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let (reading, path) = &mut *self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                let attributes = tag.attrs.iter();
                let attributes = attributes
                    .map(|one| (one.name.local.to_string(), one.value.to_string()))
                    .collect();
                if !VOID.contains(&name.as_str()) {
                    reading.open.push(name.clone());
                    path.push(reading.elements.len());
                }
                reading.elements.push(Element {
                    name: name.clone(),
                    attributes,
                    text: String::new(),
                });
                return match name.as_str() {
                    "script" => TokenSinkResult::RawData(ScriptData),
                    "style" => TokenSinkResult::RawData(Rawtext),
                    "title" => TokenSinkResult::RawData(Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::TagToken(tag) => {
                path.pop();
                let opened = reading.open.pop();
                if opened.as_deref() != Some(&*tag.name) {
                    reading.faults.push(format!("{} ends {opened:?}, line {line}", &*tag.name));
                }
            }
            Token::CharacterTokens(text) => {
                if let Some(at) = path.last() {
                    reading.elements[*at].text.push_str(&text);
                }
            }
            Token::ParseError(error) => reading.faults.push(format!("{error}, line {line}")),
            Token::CommentToken(text) => reading.faults.push(format!("a comment: {text}")),
            Token::NullCharacterToken => reading.faults.push("a NUL".to_owned()),
            Token::DoctypeToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

/// Every element of a page, in its order.
///
/// # Panics
/// Where the page has a fault.
pub(crate) fn elements(page: &str) -> Vec<Element> {
    let options = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
    let sink = Sink(RefCell::new((Reading::default(), Vec::new())));
    let tokenizer = Tokenizer::new(sink, options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    // It stops before its end for scripts that run, and no page has one.
    let _ = tokenizer.feed(&input);
    assert!(input.is_empty(), "read to its end");
    tokenizer.end();
    let (reading, _) = tokenizer.sink.0.into_inner();
    assert!(
        reading.faults.is_empty() && reading.open.is_empty(),
        "{:?} {:?}",
        reading.faults,
        reading.open
    );
    reading.elements
}

/// What holds for every page of the program: it loads and runs nothing, and can be read by everyone.
pub(crate) fn assert_sound(what: &str, page: &str) -> Vec<Element> {
    let all = elements(page);
    let ids: Vec<&str> = all.iter().filter_map(|one| one.get("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{what}: an id stands twice");
    let mut level = 0;
    for one in &all {
        for (name, value) in &one.attributes {
            let acts = name.starts_with("on")
                || ["style", "src", "srcset", "action"].contains(&name.as_str());
            assert!(!acts, "{what}: <{} {name}={value}>", one.name);
        }
        match one.name.as_str() {
            "a" => {
                let target = one.get("href").unwrap();
                let own = target.strip_prefix('#').is_some_and(|id| unique.contains(id));
                let heygens = ["https://developers.heygen.com/", "https://docs.heygen.com/"];
                assert!(
                    own || heygens.iter().any(|site| target.starts_with(site)),
                    "{what}: {target}"
                );
            }
            "h1" | "h2" | "h3" => {
                let own = one.name[1..].parse::<u32>().unwrap();
                assert!(own <= level + 1, "{what}: {} below h{level}", one.name);
                level = own;
            }
            "th" => assert!(one.get("scope").is_some(), "{what}: a head without a scope"),
            "svg" => {
                let told = one.get("aria-label").is_some_and(|text| !text.is_empty());
                assert!(
                    told || one.get("aria-hidden").is_some(),
                    "{what}: a picture without words"
                );
            }
            "script" => assert_eq!(one.get("type"), Some("application/json"), "{what}"),
            "link" | "iframe" | "object" | "embed" | "form" | "img" | "base" => {
                panic!("{what}: <{}>", one.name)
            }
            _ => {}
        }
    }
    let count = |name: &str| all.iter().filter(|one| one.name == name).count();
    assert_eq!((count("h1"), count("main"), count("script")), (1, 1, 1), "{what}");
    all
}
