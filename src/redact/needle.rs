//! The texts that are looked for of each secret: the few that are truly different, in one letter case.

use std::collections::HashSet;
use std::ops::Range;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;

use super::SecretKind;
use super::secret::Secret;
use crate::text::named_enum;

/// This many characters of a key in a row are a leak.
pub(super) const WINDOW: usize = 12;

/// The same, where a reading that undoes an escape may have taken some of them for its own.
pub(super) const NEAR: usize = 8;

named_enum! {
    /// How a secret is written, by its name in the ledger.
    pub(super) enum Code {
        Plain = "plain",
        Reversed = "reversed",
        Base64 = "base64",
        Hex = "hex",
    }
}

/// One text of one secret.
pub(super) struct Needle {
    /// In small letters, with the characters of URL-safe base64.
    pub(super) folded: Vec<u8>,
    /// As it is written, to tell whether a text has it in another letter case.
    pub(super) exact: Vec<u8>,
    /// The part of it that counts: all but a public prefix, of which a few characters may belong to a window.
    pub(super) secret: Range<usize>,
    /// The part without any of the prefix.
    pub(super) core: Range<usize>,
    /// How much of it in a row is a leak.
    pub(super) window: usize,
    pub(super) code: Code,
    /// The name of a hit on the whole of a plain value.
    pub(super) form: &'static str,
    pub(super) kind: SecretKind,
}

/// Letters in one case, and the two alphabets of base64 as one.
pub(super) const FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut at = 0_usize;
    while at < 256 {
        let byte = at.to_le_bytes()[0];
        folded[at] = match byte {
            b'+' => b'-',
            b'/' => b'_',
            _ => byte.to_ascii_lowercase(),
        };
        at += 1;
    }
    folded
};

pub(super) fn folded(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| FOLDED[usize::from(*byte)]).collect()
}

/// Every text of every secret, each once.
pub(super) fn all(secrets: &[Secret], left_out: Option<&str>) -> Vec<Needle> {
    let (mut needles, mut known) = (Vec::new(), HashSet::new());
    for secret in secrets.iter().filter(|secret| left_out != Some(secret.form)) {
        let all = of_secret(secret);
        for mut needle in all.into_iter().filter(|needle| left_out != Some(needle.code.as_str())) {
            if left_out == Some("window") {
                needle.window = needle.secret.len();
            }
            if known.insert(needle.folded.clone()) {
                needles.push(needle);
            }
        }
    }
    needles
}

fn of_secret(secret: &Secret) -> Vec<Needle> {
    let length = secret.bytes.len();
    let plain = Needle {
        folded: folded(&secret.bytes),
        exact: secret.bytes.clone(),
        secret: secret.from..length,
        core: secret.core..length,
        window: WINDOW.min(length - secret.from),
        code: Code::Plain,
        form: secret.form,
        kind: secret.kind,
    };
    let mut needles = vec![plain.reversed(), plain];
    for code in 0..2 {
        needles.push(needles[code].hex());
        if !secret.is_encoded() {
            needles.extend((0..3).map(|shift| needles[code].base64(shift)).collect::<Vec<_>>());
        }
    }
    needles
}

impl Needle {
    fn reversed(&self) -> Self {
        let length = self.exact.len();
        let turned = |range: &Range<usize>| length - range.end..length - range.start;
        let exact: Vec<u8> = self.exact.iter().rev().copied().collect();
        self.written(exact, turned(&self.secret), turned(&self.core), self.window, Code::Reversed)
    }

    fn hex(&self) -> Self {
        let digits = self.exact.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let exact = digits.map(|digit| b"0123456789abcdef"[usize::from(digit)]).collect();
        let twice = |range: &Range<usize>| range.start * 2..range.end * 2;
        self.written(exact, twice(&self.secret), twice(&self.core), self.window * 2, Code::Hex)
    }

    /// The part of its base64 that depends on it alone, with so many bytes before it.
    fn base64(&self, shift: usize) -> Self {
        let shifted = [&[0; 2][..shift], &self.exact].concat();
        let certain = (shift * 8).div_ceil(6)..shifted.len() * 8 / 6;
        let exact = BASE64_STANDARD_NO_PAD.encode(&shifted).as_bytes()[certain.clone()].to_vec();
        let part = |range: &Range<usize>| {
            let part = ((range.start + shift) * 8).div_ceil(6)..(range.end + shift) * 8 / 6;
            part.start - certain.start..part.end - certain.start
        };
        let secret = part(&self.secret);
        // Of so many characters in a row, base64 tells all but six bits for certain, in any alignment.
        let window = if self.window == WINDOW { (WINDOW * 8 - 6) / 6 } else { secret.len() };
        self.written(exact, secret, part(&self.core), window, Code::Base64)
    }

    fn written(
        &self,
        exact: Vec<u8>,
        secret: Range<usize>,
        core: Range<usize>,
        window: usize,
        code: Code,
    ) -> Self {
        let folded = folded(&exact);
        Self { folded, exact, secret, core, window, code, form: self.form, kind: self.kind }
    }

    /// Its letters and digits alone, if enough of them are left.
    pub(super) fn squeezed(&self) -> Option<Self> {
        let is_kept = |byte: &&u8| byte.is_ascii_alphanumeric();
        let kept = |to: usize| self.exact[..to].iter().filter(is_kept).count();
        let part = |range: &Range<usize>| kept(range.start)..kept(range.end);
        let exact: Vec<u8> = self.exact.iter().filter(is_kept).copied().collect();
        let secret = part(&self.secret);
        (secret.len() >= self.window && self.window >= WINDOW)
            .then(|| self.written(exact, secret, part(&self.core), self.window, self.code))
    }
}
