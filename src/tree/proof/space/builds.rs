//! Version numbers around those that conditions name.

use crate::tree::ladder::Build;

/// The numbers themselves and one between each two of them, one below all and one above; lowest first.
pub(super) fn around(numbers: &[Build]) -> Vec<String> {
    let mut found: Vec<[u32; 4]> = Vec::new();
    for parts in numbers.iter().map(parts) {
        found.extend([previous(parts), Some(parts), next(parts), above_all(numbers, parts)].into_iter().flatten());
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(written).collect()
}

/// The number right after all that begin with `build`, as a text.
pub(super) fn right_after(build: &str) -> Option<String> {
    let number = Build::parse(build)?;
    let after = match above_all(&[number], parts(&number)) {
        Some(after) => Some(after),
        None => next(parts(&number)),
    };
    after.map(written)
}

/// A number right before `build`, as a text.
pub(super) fn right_before(build: &str) -> Option<String> {
    Build::parse(build).and_then(|build| previous(parts(&build))).map(written)
}

/// A number of the same generation above every one that begins like `build`.
pub(super) fn well_above(build: &str) -> Option<String> {
    let [major, minor, third, _] = parts(&Build::parse(build)?);
    Some(written([major, minor, third.checked_add(1_000)?, 0]))
}

/// A number above all that begin with the given one, where it has fewer than four parts.
fn above_all(numbers: &[Build], [major, minor, third, _]: [u32; 4]) -> Option<[u32; 4]> {
    let is_short = numbers.iter().any(|number| number.to_string().matches('.').count() < 3);
    if is_short { Some([major, minor, third.checked_add(1)?, 0]) } else { None }
}

fn next([major, minor, third, fourth]: [u32; 4]) -> Option<[u32; 4]> {
    Some([major, minor, third, fourth.checked_add(1)?])
}

fn previous([major, minor, third, fourth]: [u32; 4]) -> Option<[u32; 4]> {
    if let Some(fourth) = fourth.checked_sub(1) {
        return Some([major, minor, third, fourth]);
    }
    if let Some(third) = third.checked_sub(1) {
        return Some([major, minor, third, 9_999]);
    }
    minor.checked_sub(1).map(|minor| [major, minor, 9_999, 0]).or_else(|| major.checked_sub(1).map(|major| [major, 9_999, 0, 0]))
}

fn parts(build: &Build) -> [u32; 4] {
    let mut parts = [0; 4];
    for (part, text) in parts.iter_mut().zip(build.to_string().split('.')) {
        *part = text.parse().unwrap_or_default();
    }
    parts
}

fn written([major, minor, third, fourth]: [u32; 4]) -> String {
    format!("{major}.{minor}.{third}.{fourth}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_surrounded() {
        let builds = |texts: &[&str]| texts.iter().map(|text| Build::parse(text).unwrap()).collect::<Vec<_>>();
        assert_eq!(around(&builds(&["5.5.10.1"])), ["5.5.10.0", "5.5.10.1", "5.5.10.2"]);
        assert_eq!(around(&builds(&["5.5.10"])), ["5.5.9.9999", "5.5.10.0", "5.5.10.1", "5.5.11.0"]);
        assert_eq!(right_before("1.0.0.0").as_deref(), Some("0.9999.0.0"));
        assert_eq!((right_after("5.0.1458").as_deref(), right_after("5.5.2653.23").as_deref()), (Some("5.0.1459.0"), Some("5.5.2653.24")));
        assert_eq!(well_above("5.5.2653.23").as_deref(), Some("5.5.3653.0"));
    }
}
