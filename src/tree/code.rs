//! Error codes, which compare across notations.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An error code as it was written: decimal (`4294966768`, `-528`) or hexadecimal (`0xFFFFFDF0`, `c1030ad1`).
///
/// Equality (`==`) is that of the text; [`Code::matches`] compares the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

impl Code {
    /// Reads a code in any notation; blanks around it do not count.
    ///
    /// # Errors
    /// What is wrong with the text, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if read(text).iter().any(Option::is_some) {
            return Ok(Self(text.to_owned()));
        }
        Err(format!(
            "\"{text}\" is not an error code: write it as a decimal number (-528), as 0x with up to eight hexadecimal digits, or as eight hexadecimal digits (c1030ad1)"
        ))
    }

    /// The 32-bit numbers that the text can stand for: one, or two where bare digits may be decimal or hexadecimal.
    pub fn readings(&self) -> impl Iterator<Item = u32> + use<> {
        read(&self.0).into_iter().flatten()
    }

    /// Whether both can stand for the same number.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.readings().any(|mine| other.readings().any(|theirs| mine == theirs))
    }

    /// The code as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

/// The numbers that `text` can stand for.
fn read(text: &str) -> [Option<u32>; 2] {
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return [prefixed_hexadecimal(digits), None];
    }
    if let Some(digits) = text.strip_prefix('-') {
        return [negative(digits), None];
    }
    let decimal = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let hexadecimal = bare_hexadecimal(text);
    if decimal.is_some() { [decimal, hexadecimal] } else { [hexadecimal, None] }
}

/// Up to eight digits, or sixteen where a 32-bit number was widened with its sign.
fn prefixed_hexadecimal(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let number = u64::from_str_radix(digits, 16).ok()?;
    u32::try_from(number).or_else(|_| u32::try_from(number ^ 0xFFFF_FFFF_0000_0000)).ok()
}

/// A negative number as the 32 bits that hold it.
fn negative(digits: &str) -> Option<u32> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits.parse::<u32>().ok().filter(|&magnitude| magnitude <= 1 << 31)?;
    Some(magnitude.wrapping_neg())
}

/// Eight digits without a prefix: with a letter among them they cannot be decimal; without one only the numbers that
/// Windows uses for failures (they begin with 8) are also read as hexadecimal.
fn bare_hexadecimal(text: &str) -> Option<u32> {
    let looks_so = text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit()) && (text.starts_with('8') || text.bytes().any(|b| b.is_ascii_alphabetic()));
    looks_so.then(|| u32::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn notations_of_one_number_match() {
        for (one, other) in [
            ("4294966768", "-528"),
            ("-528", "0xFFFFFDF0"),
            ("0xfffffdf0", "4294966768"),
            ("c1030ad1", "0xC1030AD1"),
            ("80004005", "0x80004005"),
            ("-2147467259", "0x80004005"),
            ("0xFFFFFFFF80004005", "80004005"),
            ("0x5", "5"),
            ("C10312C6", "3238204102"),
        ] {
            assert!(code(one).matches(&code(other)), "{one} and {other}");
            assert!(code(other).matches(&code(one)), "{other} and {one}");
        }
    }

    #[test]
    fn other_numbers_do_not_match() {
        for (one, other) in [("528", "-528"), ("12345678", "0x12345678"), ("c1030ad1", "c1030ad2"), ("0x10", "10")] {
            assert!(!code(one).matches(&code(other)), "{one} and {other}");
        }
    }

    #[test]
    fn eight_bare_digits_that_begin_with_8_have_two_readings() {
        assert_eq!(code("80004005").readings().collect::<Vec<_>>(), [80_004_005, 0x8000_4005]);
        assert_eq!(code("10004005").readings().collect::<Vec<_>>(), [10_004_005]);
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["", "-", "0x", "0xG", "abc", "c1030ad", "99999999999", "-2147483649", "0x123456789", "1.5", "--5", "+5", "0x+5"] {
            assert!(Code::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn json_is_the_text_as_written() {
        assert_eq!(serde_json::to_string(&code(" c1030ad1 ")).unwrap(), "\"c1030ad1\"");
        assert_eq!(serde_json::from_str::<Code>("\"-528\"").unwrap(), code("-528"));
        assert!(serde_json::from_str::<Code>("\"nonsense\"").is_err());
    }
}
