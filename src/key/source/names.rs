//! The names under which keys stand, and names that come near them.

use super::{HEYGEN_ACCESS_TOKEN, HEYGEN_API_KEY, HYPERFRAMES_API_KEY};
use crate::text::alike;

/// Words that build tools put before a name.
const BEFORE: [&str; 6] = ["VITE", "NEXTPUBLIC", "REACTAPP", "EXPOPUBLIC", "NUXTPUBLIC", "PUBLIC"];
/// The most characters of a name that somebody meant: in a longer one, a key could stand, too.
const LONGEST: usize = 40;
/// Names this much alike are a slip of the pen.
const SLIP: f64 = 0.84;

/// The names that are read.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// The one of the key: `--key-env`, else HeyGen's own.
    pub(super) key: &'a str,
}

impl Names<'_> {
    /// True for a name that somebody may have written in place of one that is read.
    ///
    /// Such a name is shown, so it must be one: in a line like `HEYGEN_KEY: KEY==`, what stands before
    /// the first `=` holds the key.
    pub(super) fn is_near(&self, name: &str) -> bool {
        let is_name = name.len() <= LONGEST
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name && name != self.key && !Self::is_known(name) && Self::is_related(name)
    }

    fn is_known(name: &str) -> bool {
        [HEYGEN_API_KEY, HYPERFRAMES_API_KEY, HEYGEN_ACCESS_TOKEN].contains(&name)
    }

    /// True for a name that is read by some tool, or comes near one.
    pub(super) fn is_related(name: &str) -> bool {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let plain =
            BEFORE.into_iter().find_map(|before| plain.strip_prefix(before)).unwrap_or(&plain);
        // What stands behind it tells where a key is, or since when.
        let about_it = ["FILE", "PATH", "CREATED", "EXPIRES", "ID", "NAME", "URL"];
        let holds = plain.contains("HEYGEN")
            && ["KEY", "TOKEN", "SECRET"].iter().any(|word| plain.contains(word))
            && !about_it.iter().any(|word| plain.ends_with(word));
        let slip = alike(plain, "HEYGENAPIKEY") >= SLIP;
        Self::is_known(name) || holds || slip
    }
}
