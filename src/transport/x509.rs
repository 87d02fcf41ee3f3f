//! Reads what the doctor tells of a certificate out of its DER (RFC 5280, section 4.1).

use std::fmt::Write as _;

use chrono::{DateTime, TimeZone, Utc};

/// The parts of a certificate that are told.
#[derive(Debug)]
pub(super) struct X509<'a> {
    pub(super) issuer: Name<'a>,
    pub(super) subject: Name<'a>,
    pub(super) not_before: DateTime<Utc>,
    pub(super) not_after: DateTime<Utc>,
    alternatives: &'a [u8],
}

/// The name of a subject or an issuer, as its DER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a>(&'a [u8]);

/// One alternative name of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alternative<'a> {
    Dns(&'a str),
    Ip(&'a [u8]),
}

mod tag {
    pub(super) const BOOLEAN: u8 = 0x01;
    pub(super) const INTEGER: u8 = 0x02;
    pub(super) const OCTET_STRING: u8 = 0x04;
    pub(super) const OID: u8 = 0x06;
    pub(super) const UTC_TIME: u8 = 0x17;
    pub(super) const GENERALIZED_TIME: u8 = 0x18;
    pub(super) const BMP_STRING: u8 = 0x1e;
    pub(super) const SEQUENCE: u8 = 0x30;
    pub(super) const SET: u8 = 0x31;
    pub(super) const DNS_NAME: u8 = 0x82;
    pub(super) const IP_ADDRESS: u8 = 0x87;
    pub(super) const VERSION: u8 = 0xa0;
    pub(super) const EXTENSIONS: u8 = 0xa3;
    /// Every string whose bytes can be read as UTF-8: UTF8, Numeric, Printable, T61, Videotex, IA5,
    /// Graphic, Visible, and General.
    pub(super) const STRINGS: &[u8] = &[0x0c, 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1a, 0x1b];
}

const SUBJECT_ALTERNATIVE_NAME: &[u8] = &[0x55, 0x1d, 0x11];

/// The names of attributes (RFC 4514, section 3); others are written as their numbers.
const ATTRIBUTES: &[(&[u8], &str)] = &[
    (&[0x55, 4, 3], "CN"),
    (&[0x55, 4, 5], "serialNumber"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 9], "streetAddress"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x55, 4, 15], "businessCategory"),
    (&[0x55, 4, 17], "postalCode"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], "Email"),
];

/// Reads DER, value after value.
#[derive(Clone, Copy, Debug)]
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    /// The tag and the content of the next value.
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        let (&length, rest) = rest.split_first()?;
        let (length, rest) = match length {
            0..=0x7f => (usize::from(length), rest),
            0x81..=0x84 => {
                let (bytes, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
                (bytes.iter().fold(0, |length, byte| (length << 8) | usize::from(*byte)), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }

    /// The content of the next value, which must have this tag.
    fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next().filter(|(found, _)| *found == tag).map(|(_, content)| content)
    }

    /// The content of the next value if it has this tag; otherwise it stays the next.
    fn take_if(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.0.first() == Some(&tag) { self.take(tag) } else { None }
    }
}

impl<'a> X509<'a> {
    /// Reads a certificate; `None` where it is none.
    pub(super) fn read(der: &'a [u8]) -> Option<Self> {
        let mut all = Der(Der(der).take(tag::SEQUENCE)?);
        let mut signed = Der(all.take(tag::SEQUENCE)?);
        signed.take_if(tag::VERSION);
        signed.take(tag::INTEGER)?;
        signed.take(tag::SEQUENCE)?;
        let issuer = Name(signed.take(tag::SEQUENCE)?);
        let mut validity = Der(signed.take(tag::SEQUENCE)?);
        let not_before = time(validity.next()?)?;
        let not_after = time(validity.next()?)?;
        let subject = Name(signed.take(tag::SEQUENCE)?);
        signed.take(tag::SEQUENCE)?;
        let mut alternatives: &[u8] = &[];
        while let Some((tag, content)) = signed.next() {
            if tag == tag::EXTENSIONS {
                alternatives = alternatives_in(content).unwrap_or_default();
            }
        }
        Some(Self { issuer, subject, not_before, not_after, alternatives })
    }

    /// The host names and addresses that it is for.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = Alternative<'a>> {
        let mut names = Der(self.alternatives);
        std::iter::from_fn(move || names.next()).filter_map(|(tag, content)| match tag {
            tag::DNS_NAME => std::str::from_utf8(content).ok().map(Alternative::Dns),
            tag::IP_ADDRESS => Some(Alternative::Ip(content)),
            _ => None,
        })
    }
}

/// The content of the alternative names, found among all extensions.
fn alternatives_in(extensions: &[u8]) -> Option<&[u8]> {
    let mut extensions = Der(Der(extensions).take(tag::SEQUENCE)?);
    loop {
        let mut extension = Der(extensions.take(tag::SEQUENCE)?);
        let is_meant = extension.take(tag::OID)? == SUBJECT_ALTERNATIVE_NAME;
        extension.take_if(tag::BOOLEAN);
        if is_meant {
            return Der(extension.take(tag::OCTET_STRING)?).take(tag::SEQUENCE);
        }
    }
}

/// `YYMMDDHHMMSSZ` from 1950 to 2049, or `YYYYMMDDHHMMSSZ`.
fn time((tag, content): (u8, &[u8])) -> Option<DateTime<Utc>> {
    let digits = content.strip_suffix(b"Z").filter(|rest| rest.iter().all(u8::is_ascii_digit))?;
    let pairs: Vec<u32> = digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')))
        .collect();
    let (year, [month, day, hour, minute, second]) = match (tag, pairs.as_slice()) {
        (tag::UTC_TIME, &[year, month, day, hour, minute, second]) if digits.len() == 12 => {
            let century = if year < 50 { 2000 } else { 1900 };
            (century + year, [month, day, hour, minute, second])
        }
        (tag::GENERALIZED_TIME, &[century, year, month, day, hour, minute, second])
            if digits.len() == 14 =>
        {
            (century * 100 + year, [month, day, hour, minute, second])
        }
        _ => return None,
    };
    Utc.with_ymd_and_hms(i32::try_from(year).ok()?, month, day, hour, minute, second).single()
}

impl std::fmt::Display for Name<'_> {
    /// `C=US, O=Somebody, CN=example.com`; attributes that stand for one part are joined by ` + `.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Der(self.0);
        let mut between = "";
        while let Some(part) = parts.take(tag::SET) {
            let mut part = Der(part);
            while let Some(attribute) = part.take(tag::SEQUENCE) {
                let mut attribute = Der(attribute);
                let (Some(oid), Some(value)) = (attribute.take(tag::OID), attribute.next()) else {
                    return Ok(());
                };
                write!(f, "{between}{}={}", attribute_name(oid), text(value))?;
                between = " + ";
            }
            between = ", ";
        }
        Ok(())
    }
}

fn attribute_name(oid: &[u8]) -> String {
    let known = ATTRIBUTES.iter().find(|(known, _)| *known == oid);
    known.map_or_else(|| dotted(oid), |(_, name)| (*name).to_owned())
}

/// An object identifier in numbers, such as `2.5.4.97`.
fn dotted(oid: &[u8]) -> String {
    let mut text = String::new();
    let mut number = 0_u128;
    for byte in oid {
        number = (number << 7) | u128::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            continue;
        }
        if text.is_empty() {
            // The first two numbers are in one.
            let first = (number / 40).min(2);
            let _ = write!(text, "{first}.{}", number - first * 40);
        } else {
            let _ = write!(text, ".{number}");
        }
        number = 0;
    }
    text
}

/// The value of an attribute; in hexadecimal digits where it is no string.
fn text((tag, content): (u8, &[u8])) -> String {
    if tag::STRINGS.contains(&tag) {
        String::from_utf8_lossy(content).into_owned()
    } else if tag == tag::BMP_STRING {
        let (units, _) = content.as_chunks::<2>();
        String::from_utf16_lossy(
            &units.iter().map(|unit| u16::from_be_bytes(*unit)).collect::<Vec<_>>(),
        )
    } else {
        content.iter().fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
    }
}

#[cfg(test)]
mod tests;
