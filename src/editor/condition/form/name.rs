//! Names in fields: without blanks around them, unless they stand in double quotes.

use std::borrow::Cow;

/// A name as a field shows it: in double quotes where it would be read otherwise.
pub(super) fn shown(name: &str) -> Cow<'_, str> {
    if name.is_empty() || name.trim() != name || in_quotes(name).is_some() { Cow::Owned(format!("\"{name}\"")) } else { Cow::Borrowed(name) }
}

/// The name that was typed; `None` if nothing was. Two quotes with nothing between them are the empty name.
pub(super) fn read(typed: &str) -> Option<&str> {
    let typed = typed.trim();
    in_quotes(typed).or(Some(typed)).filter(|name| !name.is_empty() || !typed.is_empty())
}

/// What stands between the quotes around a text.
fn in_quotes(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_as_it_was_shown() {
        for name in ["Store.exe", "", " ", "\"", "\"\"", "\"a\"", " a ", "a\"", "\u{a0}b"] {
            assert_eq!(read(&shown(name)), Some(name), "{name:?}");
        }
        assert_eq!(read("  Store.exe "), Some("Store.exe"));
        assert_eq!(read("\"Store.exe\""), Some("Store.exe"));
        assert_eq!(read("  "), None);
    }
}
