//! Names that are shown to be names by what stands beside them: accounts in their domains, folders of users, labels.

use std::ops::Range;

use regex::Regex;

use super::everyday::{is_everyday, is_file_name, is_path_part, is_well_known_account, is_well_known_authority};
use super::find::{Finder, Pattern};
use super::register::{Kind, MOST_WORDS, Register, own_shape, words_of};

/// `DOMAIN\user`, not inside a longer path.
static IN_DOMAIN: Pattern = Pattern::new(|| Regex::new(r"(?:^|[^\\\w:.%$/-])(\w[\w.-]*)\\([\w.$&'-]*[\w$])").ok());
/// The folder of a user.
static PROFILE: Pattern =
    Pattern::new(|| Regex::new(r#"(?i)(?:[\\/](?:users|documents and settings|profiles|home\$?|users\$|profiles\$)[\\/])([^\\/:*?"<>|\r\n]+)"#).ok());
/// A label of a machine and its name.
static MACHINE_LABEL: Pattern = Pattern::new(|| {
    Regex::new(r#"(?i)(?:^|[^\w])(computer|computer ?name|machine|machine ?name|server ?name|host ?name|server|host|originating server|workstation(?: name)?)(?:[ \t]*[:=][ \t]*|>[ \t]*)["']?(\w[\w-]*)"#).ok()
});
/// A word for a machine and, behind it, its name.
static MACHINE_WORD: Pattern = Pattern::new(|| {
    Regex::new(r#"(?i)\b(?:server|computer|machine|host|node|dc|domain controller|workstation)(?: (?:named|called|name))?[ \t]+["'“‘]?(\w[\w-]*)"#).ok()
});
/// A label of an account and its name.
static ACCOUNT_LABEL: Pattern = Pattern::new(|| {
    Regex::new(
        r"(?i)(?:^|[^\w])(?:user|user ?name|account|account ?name|logon account|logon name|client user name|mailbox owner|display name|alias)[ \t]*[:=][ \t]*",
    )
    .ok()
});
/// A word for an account and, behind it, its quoted name.
static QUOTED_ACCOUNT: Pattern =
    Pattern::new(|| Regex::new(r#"(?i)\b(?:user|account|mailbox|recipient|owner)(?: (?:named|called|of|for))?[ \t]+["'“‘]([^"'“”‘’\r\n\\/@]+)["'”’]"#).ok());

#[cfg(test)]
pub(super) static ALL: [&Pattern; 6] = [&IN_DOMAIN, &PROFILE, &MACHINE_LABEL, &MACHINE_WORD, &ACCOUNT_LABEL, &QUOTED_ACCOUNT];

impl Finder<'_> {
    /// Accounts in their domains, and users in the names of their folders.
    pub(super) fn accounts(&mut self) {
        for captures in PROFILE.all(self.text) {
            let Some(user) = captures.get(1) else { continue };
            let goes_on = self.rest(user.end()).starts_with(['\\', '/', '"', '<', '>', '|']);
            let name = if goes_on { user.as_str() } else { person(user.as_str(), self.register) };
            let range = user.start()..user.start() + name.len();
            if is_well_known_account(name) || is_file_name(name) { self.keep(range) } else { self.take(range, Kind::Account, name) }
        }
        for captures in IN_DOMAIN.all(self.text) {
            let (Some(domain), Some(user)) = (captures.get(1), captures.get(2)) else { continue };
            let next = self.rest(user.end());
            let is_path = next.starts_with('\\')
                || !self.is_free(&user.range())
                || is_path_part(domain.as_str())
                || is_path_part(user.as_str())
                || is_file_name(user.as_str());
            let is_prose = is_everyday(domain.as_str()) && is_everyday(user.as_str()) && !self.register.is_spelled_out(domain.as_str());
            if is_path || is_well_known_authority(domain.as_str()) || is_prose && !is_well_known_account(user.as_str()) {
                continue;
            }
            let kind = if self.register.knows_machine(domain.as_str()) { Kind::Server } else { Kind::Domain };
            self.take(domain.range(), kind, domain.as_str());
            match user.as_str().strip_suffix('$') {
                Some(machine) => self.take(user.start()..user.end() - 1, Kind::Server, machine),
                None if is_well_known_account(user.as_str()) => self.keep(user.range()),
                None => self.take(user.range(), Kind::Account, user.as_str()),
            }
        }
    }

    /// What stands behind a word for a machine or an account.
    pub(super) fn labelled(&mut self) {
        for captures in MACHINE_LABEL.all(self.text) {
            let (Some(label), Some(name)) = (captures.get(1), captures.get(2)) else { continue };
            let is_certain = !matches!(label.as_str().to_ascii_lowercase().as_str(), "server" | "host" | "machine" | "workstation");
            let is_alone = !self.rest(name.end()).starts_with(['\\', '/', '(']);
            let is_name = !is_everyday(name.as_str()) || self.register.is_spelled_out(name.as_str()) || (is_certain && name.as_str().len() > 1);
            if is_alone && is_name {
                self.take(name.range(), Kind::Server, name.as_str());
            }
        }
        for captures in MACHINE_WORD.all(self.text) {
            if let Some(name) = captures.get(1).filter(|name| looks_like_host(name.as_str()) || self.register.is_spelled_out(name.as_str())) {
                self.take(name.range(), Kind::Server, name.as_str());
            }
        }
        for captures in QUOTED_ACCOUNT.all(self.text) {
            if let Some(name) = captures.get(1).filter(|name| !is_well_known_account(name.as_str())) {
                self.take(name.range(), Kind::Account, name.as_str());
            }
        }
        for captures in ACCOUNT_LABEL.all(self.text) {
            let Some(start) = captures.get(0).map(|label| label.end()) else { continue };
            let value = self.near(start).split(['\r', '\n', '\t', ';', ',', '\\', '/', '@', '<', '"']).next().unwrap_or_default();
            let name = person(value, self.register);
            let stands_alone = !self.rest(start + name.len()).starts_with(['\\', '/', '@']);
            if stands_alone && !is_well_known_account(name) && !is_everyday(name) {
                self.take(start..start + name.len(), Kind::Account, name);
            }
        }
    }
}

/// Whether a word looks like the name of a machine: letters with digits, or capitals alone.
fn looks_like_host(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let has_digit = word.contains(|letter: char| letter.is_ascii_digit());
    let is_upper = !word.contains(char::is_lowercase);
    !is_everyday(word) && letters > 0 && (has_digit || is_upper)
}

/// The name that a text without a mark of its end begins with: its first word, and those behind it that begin with a capital and are no ordinary words.
/// A first word that is a known name or a placeholder is the whole.
pub(super) fn person<'t>(text: &'t str, register: &Register) -> &'t str {
    let (mut at, mut end) = (0, 0);
    for word in text.split(' ').take(MOST_WORDS) {
        let trimmed = word.trim_end_matches(['.', ',', ':', ';', '?', '!', '\'']);
        let trimmed = trimmed.strip_suffix("'s").unwrap_or(trimmed);
        let goes_on = at == 0 || (trimmed.starts_with(char::is_uppercase) && !is_everyday(trimmed));
        if !goes_on || trimmed.is_empty() {
            break;
        }
        end = at + trimmed.len();
        at += word.len() + 1;
        let so_far = text.get(..end).unwrap_or_default();
        if trimmed.len() < word.len() || register.knows(so_far) || own_shape(so_far).is_some() {
            break;
        }
    }
    text.get(..end).unwrap_or_default()
}

/// The words of a text that none of the ranges in `covered` touches, as positions in the text, each with the number of ranges before it. Both are in order.
pub(super) fn free_words<'t>(text: &'t str, covered: &'t [Range<usize>]) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
    let mut passed = 0;
    words_of(text).filter_map(move |word| {
        while covered.get(passed).is_some_and(|range| range.end <= word.start) {
            passed += 1;
        }
        covered.get(passed).is_none_or(|range| word.end <= range.start).then_some((passed, word))
    })
}
