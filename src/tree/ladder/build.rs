//! Builds: version numbers of two to four parts.

use std::fmt;

/// A build or file version such as `5.5.2653.23`. It compares number by number, so leading zeros mean nothing.
///
/// A build of fewer than four parts stands for every build that begins with it: `5.5.2653` covers `5.5.2653.23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Build {
    parts: [u32; 4],
    length: usize,
}

impl Build {
    /// Reads a build; blanks around it do not count. `None` if it is not two to four numbers joined by dots.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut build = Self { parts: [0; 4], length: 0 };
        for part in text.trim().split('.') {
            if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            *build.parts.get_mut(build.length)? = part.parse().ok()?;
            build.length += 1;
        }
        (build.length >= 2).then_some(build)
    }

    /// The first two numbers, which tell the families of a product apart.
    #[must_use]
    pub fn generation(&self) -> (u32, u32) {
        let [major, minor, ..] = self.parts;
        (major, minor)
    }

    /// The lowest build that begins with this one.
    pub(super) fn lowest(&self) -> [u32; 4] {
        self.parts
    }

    /// The highest build that begins with this one.
    pub(super) fn highest(&self) -> [u32; 4] {
        let mut parts = self.parts;
        for part in parts.iter_mut().skip(self.length) {
            *part = u32::MAX;
        }
        parts
    }

    /// Whether `other` begins with this build.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.lowest() <= other.lowest() && other.highest() <= self.highest()
    }

    /// Whether this build is lower than every build that begins with `other`; `None` if it may be.
    #[must_use]
    pub fn is_below(&self, other: &Self) -> Option<bool> {
        if self.highest() < other.lowest() {
            Some(true)
        } else if self.lowest() >= other.lowest() {
            Some(false)
        } else {
            None
        }
    }

    /// Whether this build is higher than every build that begins with `other`; `None` if it may be.
    #[must_use]
    pub fn is_above(&self, other: &Self) -> Option<bool> {
        if self.lowest() > other.highest() {
            Some(true)
        } else if self.highest() <= other.highest() {
            Some(false)
        } else {
            None
        }
    }

    /// Whether this build is one of those that begin with `other`; `None` if it may be.
    #[must_use]
    pub fn is_one_of(&self, other: &Self) -> Option<bool> {
        if other.covers(self) {
            Some(true)
        } else if self.covers(other) {
            None
        } else {
            Some(false)
        }
    }
}

impl fmt::Display for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.parts.iter().take(self.length).enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(text: &str) -> Build {
        Build::parse(text).unwrap()
    }

    #[test]
    fn builds_compare_number_by_number_without_leading_zeros() {
        assert_eq!(build("15.01.0225.042"), build("15.1.225.42"));
        assert_eq!(build("5.5.999").is_below(&build("5.5.2653")), Some(true));
        assert_eq!(build("5.5.2653").is_below(&build("5.5.999")), Some(false));
        assert_eq!(build(" 08.03.083.6 ").to_string(), "8.3.83.6");
    }

    #[test]
    fn a_short_build_stands_for_all_that_begin_with_it() {
        assert_eq!(build("5.5.2653.23").is_one_of(&build("5.5.2653")), Some(true));
        assert_eq!(build("5.5.2653").is_one_of(&build("5.5.2653.23")), None);
        assert_eq!(build("5.5.2654").is_one_of(&build("5.5.2653")), Some(false));
        assert_eq!(build("5.5.2653.23").is_below(&build("5.5.2653")), Some(false));
        assert_eq!(build("5.5.2653").is_below(&build("5.5.2653.23")), None);
        assert_eq!(build("5.5.2653").is_below(&build("5.5.2653")), Some(false));
        assert_eq!(build("5.5.2653").is_below(&build("5.5.2653.0")), Some(false), "no build is lower than .0");
    }

    #[test]
    fn above_is_above_all_that_begin_with_it() {
        assert_eq!(build("5.5.2653.23").is_above(&build("5.5.2653")), Some(false));
        assert_eq!(build("5.5.2654").is_above(&build("5.5.2653")), Some(true));
        assert_eq!(build("5.5.2653").is_above(&build("5.5.2653.23")), None);
        assert_eq!(build("5.5.2652").is_above(&build("5.5.2653.23")), Some(false));
    }

    #[test]
    fn what_is_no_build_is_refused() {
        for text in ["", "5", "5.", ".5", "5.5.x", "5..5", "1.2.3.4.5", "5.5.99999999999", "-5.5"] {
            assert!(Build::parse(text).is_none(), "{text:?}");
        }
    }
}
