//! The fields of a form or a query, in the order sent. Tables of servers have field names of their own, so this is a list, not a struct.

use percent_encoding::percent_decode;

use super::Failure;

/// Most fields one form may have: 500 servers with sixteen columns.
const MOST_FIELDS: usize = 8000;
/// Longest name of a field, in bytes.
const LONGEST_NAME: usize = 64;

/// Names and values in the order sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded` bytes.
    ///
    /// # Errors
    /// [`Failure::BadInput`] for bytes that are not UTF-8, too many fields or a name that is too long.
    pub fn parse(encoded: &[u8]) -> Result<Self, Failure> {
        let mut fields = Vec::new();
        for pair in encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            check(fields.len(), &name)?;
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    /// Takes fields that came another way, within the same limits.
    ///
    /// # Errors
    /// [`Failure::BadInput`] for too many fields or a name that is too long.
    pub fn checked(fields: Vec<(String, String)>) -> Result<Self, Failure> {
        fields.iter().enumerate().try_for_each(|(before, (name, _))| check(before, name))?;
        Ok(Self(fields))
    }

    /// The same without the fields that `drop` names.
    #[must_use]
    pub fn without(&self, drop: &[&str]) -> Self {
        self.iter().filter(|(name, _)| !drop.contains(name)).collect()
    }

    /// The value of a field that a form has once, or nothing.
    ///
    /// # Errors
    /// [`Failure::BadInput`] when the field was sent more than once: no form of ours does that.
    pub fn get(&self, name: &str) -> Result<Option<&str>, Failure> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(Failure::bad_input(format!("The field \"{name}\" was sent more than once. Go back, reload the page and send it again.")));
        }
        Ok(first)
    }

    /// All values of a field that may be repeated, such as tick boxes, in the order sent.
    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.iter().filter(move |(candidate, _)| *candidate == name).map(|(_, value)| value)
    }

    /// Every name and value, in the order sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether nothing was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Refuses a field with this name after `before` others where that is more than a form of ours has.
fn check(before: usize, name: &str) -> Result<(), Failure> {
    if name.len() > LONGEST_NAME {
        return Err(Failure::bad_input(format!("A field's name is longer than {LONGEST_NAME} bytes; no form of this site has such a field.")));
    }
    if before == MOST_FIELDS {
        return Err(Failure::bad_input(format!("The form has more than {MOST_FIELDS} fields. Send fewer rows.")));
    }
    Ok(())
}

fn decode(encoded: &[u8]) -> Result<String, Failure> {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes: Vec<u8> = percent_decode(&spaced).collect();
    String::from_utf8(bytes).map_err(|_| Failure::bad_input("The text is not valid UTF-8. Copy it again from its source, or save the file as UTF-8 first."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_repeats_plus_signs_and_escapes_are_kept() {
        let fields = Fields::parse(b"name-1=EX+01&role=ims&name-2=50%25+%2B+1&role=bridge&empty=&flag&&n=a%3Db=c").unwrap();
        let pairs: Vec<_> = fields.iter().collect();
        let expected = [("name-1", "EX 01"), ("role", "ims"), ("name-2", "50% + 1"), ("role", "bridge"), ("empty", ""), ("flag", ""), ("n", "a=b=c")];
        assert_eq!(pairs, expected);
        assert_eq!(fields.all("role").collect::<Vec<_>>(), ["ims", "bridge"]);
        assert_eq!(fields.get("name-1").unwrap(), Some("EX 01"));
        assert_eq!(fields.get("absent").unwrap(), None);
    }

    #[test]
    fn a_field_sent_twice_is_an_error_where_one_is_expected() {
        let fields = Fields::parse(b"answer=yes&answer=no").unwrap();
        assert!(matches!(fields.get("answer"), Err(Failure::BadInput(_))));
    }

    #[test]
    fn bytes_that_are_no_utf8_are_an_error() {
        assert!(matches!(Fields::parse(b"text=%FF%FE"), Err(Failure::BadInput(_))));
        assert!(matches!(Fields::parse(b"te\xE9xt=1"), Err(Failure::BadInput(_))));
    }

    #[test]
    fn the_limits_hold_exactly() {
        let many = |count: usize| vec!["a=1"; count].join("&");
        assert!(Fields::parse(many(MOST_FIELDS).as_bytes()).is_ok());
        assert!(Fields::parse(many(MOST_FIELDS + 1).as_bytes()).is_err());
        let named = |length: usize| format!("{}=1", "n".repeat(length));
        assert!(Fields::parse(named(LONGEST_NAME).as_bytes()).is_ok());
        assert!(Fields::parse(named(LONGEST_NAME + 1).as_bytes()).is_err());
    }
}
