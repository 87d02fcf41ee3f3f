//! The strings of a JSON text by the object that they stand in, whatever else is wrong with the text.

use std::ops::Range;

/// Objects in objects are read to this depth; nobody records more.
const DEPTH: usize = 128;

/// The members of an object that matter here: strings without their quotation marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    pub(super) name: Option<Range<usize>>,
    pub(super) value: Option<Range<usize>>,
    pub(super) text: Option<Range<usize>>,
    /// True if its text is encoded.
    pub(super) is_base64: bool,
    /// True if it stands in a list of cookies.
    pub(super) is_cookie: bool,
}

/// An object or a list that is open.
#[derive(Default)]
struct Open {
    is_object: bool,
    object: Object,
    /// The member whose value comes next.
    member: Option<Range<usize>>,
}

/// Calls with each string, and with each object when it ends, or when the text does.
pub(super) fn read(
    text: &[u8],
    mut is_string: impl FnMut(Range<usize>),
    mut is_object: impl FnMut(&Object),
) {
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'"' => {
                let string = at + 1..closed(text, at + 1);
                at = string.end;
                is_string(string.clone());
                if let Some(open) = open.last_mut() {
                    open.string(text, string);
                }
            }
            sign @ (b'{' | b'[') if open.len() < DEPTH => {
                let is_cookie = is_cookies(text, open.last());
                let object = Object { is_cookie, ..Object::default() };
                open.push(Open { is_object: sign == b'{', object, member: None });
            }
            b'}' | b']' => {
                if let Some(closed) = open.pop() {
                    is_object(&closed.object);
                }
            }
            b',' => {
                if let Some(open) = open.last_mut() {
                    open.member = None;
                }
            }
            _ => {}
        }
        at += 1;
    }
    for open in &open {
        is_object(&open.object);
    }
}

/// True if what opens now is a list of cookies, or stands in one.
fn is_cookies(text: &[u8], outer: Option<&Open>) -> bool {
    outer.is_some_and(|outer| {
        let is_named = outer.member.as_ref().is_some_and(|name| &text[name.clone()] == b"cookies");
        is_named || !outer.is_object && outer.object.is_cookie
    })
}

impl Open {
    fn string(&mut self, text: &[u8], string: Range<usize>) {
        if !self.is_object {
            return;
        }
        let Some(member) = self.member.take() else {
            self.member = Some(string);
            return;
        };
        match &text[member] {
            b"name" => self.object.name = Some(string),
            b"value" => self.object.value = Some(string),
            b"text" => self.object.text = Some(string),
            b"encoding" => self.object.is_base64 = &text[string] == b"base64",
            _ => {}
        }
    }
}

/// Where a string ends that begins here.
fn closed(text: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(next) = memchr::memchr2(b'"', b'\\', &text[at..]) {
        at += next;
        if text[at] == b'"' {
            return at;
        }
        at = text.len().min(at + 2);
    }
    text.len()
}

/// A string without its escapes; if they can't be read, as it is written.
pub(super) fn plain(text: &[u8], string: &Range<usize>) -> String {
    let quoted = text.get(string.start - 1..=string.end).unwrap_or_default();
    serde_json::from_slice(quoted)
        .unwrap_or_else(|_| String::from_utf8_lossy(&text[string.clone()]).into_owned())
}
