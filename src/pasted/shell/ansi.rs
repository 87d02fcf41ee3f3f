//! The escapes of C in `$'…'`.

use super::Cursor;

/// Reads what stands behind a backslash.
pub(super) fn escape(cursor: &mut Cursor<'_>, text: &mut Vec<u8>) {
    let Some(byte) = cursor.next() else { return };
    let simple = match byte {
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 27,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' | b'\'' | b'"' | b'?' => byte,
        b'x' => return number(cursor, 16, 2, b"\\x", text),
        b'u' => return letter(cursor, 4, b"\\u", text),
        b'U' => return letter(cursor, 8, b"\\U", text),
        b'0'..=b'7' => {
            cursor.at -= 1;
            return number(cursor, 8, 3, b"\\", text);
        }
        other => {
            text.extend([b'\\', other]);
            return;
        }
    };
    text.push(simple);
}

fn digits(cursor: &mut Cursor<'_>, radix: u32, most: usize) -> Option<u32> {
    let start = cursor.at;
    while cursor.at < start + most
        && cursor.peek(0).is_some_and(|byte| char::from(byte).is_digit(radix))
    {
        cursor.at += 1;
    }
    u32::from_str_radix(&cursor.since(start), radix).ok()
}

fn number(cursor: &mut Cursor<'_>, radix: u32, most: usize, typed: &[u8], text: &mut Vec<u8>) {
    match digits(cursor, radix, most) {
        Some(value) => text.push(u8::try_from(value & 0xff).unwrap_or_default()),
        None => text.extend(typed),
    }
}

fn letter(cursor: &mut Cursor<'_>, most: usize, typed: &[u8], text: &mut Vec<u8>) {
    match digits(cursor, 16, most).and_then(char::from_u32) {
        Some(letter) => text.extend(letter.to_string().bytes()),
        None => text.extend(typed),
    }
}
