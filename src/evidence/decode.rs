//! Bytes of a file as text, whatever program wrote them.

use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes at the beginning show whether text without a byte order mark is UTF-16.
const SAMPLE: usize = 4096;

/// The encoding that a text was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first: what Windows calls "Unicode".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// The Western European code page of Windows: what Windows calls "ANSI".
    Windows1252,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (low byte first)",
            Self::Utf16Be => "UTF-16 (high byte first)",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// Text, and how its bytes were taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text. Its lines end with `\n`; other than that and tabs it has no control characters.
    pub text: String,
    /// What the bytes were taken for.
    pub encoding: Encoding,
}

/// Reads bytes as text. This never fails: what is no character in the encoding becomes U+FFFD.
///
/// A byte order mark decides. Without one, zero bytes in every second place mean UTF-16, then whatever is valid UTF-8 is UTF-8, and all else is
/// Windows-1252, in which every byte is a character.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let (encoding, rest) = encoding_of(bytes);
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(rest),
        Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(rest).0,
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(rest).0,
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(rest).0,
    };
    Decoded { text: plain(&text), encoding }
}

/// The encoding, and the bytes after the byte order mark.
fn encoding_of(bytes: &[u8]) -> (Encoding, &[u8]) {
    const MARKS: [(&[u8], Encoding); 3] = [(b"\xEF\xBB\xBF", Encoding::Utf8), (b"\xFF\xFE", Encoding::Utf16Le), (b"\xFE\xFF", Encoding::Utf16Be)];
    let marked = MARKS.iter().find_map(|(mark, encoding)| Some((*encoding, bytes.strip_prefix(*mark)?)));
    marked.unwrap_or_else(|| (unmarked_utf16(bytes).unwrap_or_else(|| if is_utf8(bytes) { Encoding::Utf8 } else { Encoding::Windows1252 }), bytes))
}

/// Which UTF-16 it is, if most characters are of the first 256 and so have a zero byte in the same place.
pub(super) fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let units = sample.len() / 2;
    let zeros_at = |place: usize| sample.iter().skip(place).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros_at(0), zeros_at(1));
    let mostly = |zeros: usize| units > 0 && zeros * 2 >= units;
    let hardly = |zeros: usize| zeros * 20 <= units;
    match () {
        () if mostly(second) && hardly(first) => Some(Encoding::Utf16Le),
        () if mostly(first) && hardly(second) => Some(Encoding::Utf16Be),
        () => None,
    }
}

/// Whether it is valid UTF-8, apart from a character that the end cuts off.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// The text with `\n` as its line end, and without control characters other than that and tabs.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => plain.push('\n'),
            '\n' | '\t' => plain.push(c),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Fehler: Größe der Datenbank\nÜbertragung";

    fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], encoding: Encoding, text: &str) {
        assert_eq!(decode(bytes), Decoded { text: text.to_owned(), encoding });
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_no_part_of_the_text() {
        check(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), Encoding::Utf8, TEXT);
        check(&[&b"\xFF\xFE"[..], &utf16(TEXT, u16::to_le_bytes)].concat(), Encoding::Utf16Le, TEXT);
        check(&[&b"\xFE\xFF"[..], &utf16(TEXT, u16::to_be_bytes)].concat(), Encoding::Utf16Be, TEXT);
    }

    #[test]
    fn without_a_mark_the_bytes_tell() {
        check(TEXT.as_bytes(), Encoding::Utf8, TEXT);
        check(&utf16(TEXT, u16::to_le_bytes), Encoding::Utf16Le, TEXT);
        check(&utf16(TEXT, u16::to_be_bytes), Encoding::Utf16Be, TEXT);
        check(b"Gr\xF6\xDFe \x80 \x85", Encoding::Windows1252, "Größe € …");
        check(b"", Encoding::Utf8, "");
    }

    #[test]
    fn a_character_that_the_end_cuts_off_does_not_change_the_encoding() {
        let bytes = "Größe".as_bytes();
        check(&bytes[..3], Encoding::Utf8, "Gr\u{FFFD}");
        let utf16 = utf16("Size", u16::to_le_bytes);
        check(&utf16[..7], Encoding::Utf16Le, "Siz\u{FFFD}");
    }

    #[test]
    fn lines_end_alike_and_control_characters_are_dropped() {
        check(b"one\r\ntwo\rthree\n\tfour\x1B[31m\x07\0!", Encoding::Utf8, "one\ntwo\nthree\n\tfour[31m!");
    }
}
