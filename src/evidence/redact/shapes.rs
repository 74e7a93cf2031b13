//! Names that have a shape of their own: identifiers, addresses, hosts.

use std::net::Ipv6Addr;
use std::ops::Range;

use regex::Regex;

use super::accounts::person;
use super::everyday::{is_file_name, is_public_domain, is_top_level, is_well_known_object};
use super::find::{Finder, Pattern};
use super::register::{Kind, own_shape};

static PLACEHOLDER: Pattern = Pattern::new(|| Regex::new(r"\b[A-Z]+-[0-9]+\b").ok());
static GUID: Pattern = Pattern::new(|| Regex::new(r"(?i-u)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b").ok());
static SID: Pattern = Pattern::new(|| Regex::new(r"(?i-u)\bS-1-[0-9]+(?:-[0-9]+)+\b").ok());
static MAC: Pattern = Pattern::new(|| Regex::new(r"(?i-u)\b[0-9a-f]{2}(?:[:-][0-9a-f]{2})+\b").ok());
static SMTP: Pattern = Pattern::new(|| Regex::new(r"([\w.%+&'=/~-]*[\w%+&=~])@([\w-]+(?:\.[\w-]+)*)").ok());
static X400: Pattern = Pattern::new(|| {
    Regex::new(r"(?i)\bc=[^;=\r\n]{0,64};[ \t]*a=[^;=\r\n]{0,64};(?:[ \t]*[a-z0-9]{1,8}(?::[a-z0-9-]+)?=[^;=\r\n]*;)*(?:[ \t]*[a-z]{1,8}=[0-9A-Za-z.-]+)?").ok()
});
static DOMAIN_PARTS: Pattern = Pattern::new(|| Regex::new(r"(?i)\bdc=([\w-]+(?:,[ \t]?dc=[\w-]+)*)").ok());
static OBJECT: Pattern = Pattern::new(|| Regex::new(r#"(?i)(?:^|[/,;"'(<\[:\s])(cn|ou|o|uid)=([^/,;"<>()\[\]\r\n=]+)"#).ok());
static NUMBERS: Pattern = Pattern::new(|| Regex::new(r"(?-u:\b)[0-9]+(?:\.[0-9]+){3,}(?-u:\b)").ok());
static IPV6: Pattern = Pattern::new(|| Regex::new(r"(?i-u)[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*").ok());
static SHARE: Pattern = Pattern::new(|| Regex::new(r"\\\\([\w][\w.-]*)").ok());
static HOST: Pattern = Pattern::new(|| Regex::new(r"[\w][\w-]*(?:\.[\w-]+)+").ok());
/// What stands before a version.
static VERSION_BEFORE: Pattern = Pattern::new(|| {
    Regex::new(r"(?i)(?:(?:^|[^a-z])(?:version|ver|build|release|revision|rev|rollup|level)s?(?: *(?:number|no|is|was|of|to|from|than|below|least))* *[^\w\s]{0,3} *|(?:^|[^\w])v\.? ?)$").ok()
});
/// What stands between two versions, behind the first.
static AND: Pattern = Pattern::new(|| Regex::new(r"(?i)\b[0-9]+(?:\.[0-9]+){1,3}(?:,| and| or| to| -)* $").ok());

#[cfg(test)]
pub(super) static ALL: [&Pattern; 14] =
    [&PLACEHOLDER, &GUID, &SID, &MAC, &SMTP, &X400, &DOMAIN_PARTS, &OBJECT, &NUMBERS, &IPV6, &SHARE, &HOST, &VERSION_BEFORE, &AND];

impl<'a> Finder<'a> {
    /// Placeholders that stand in the text already stay as they are.
    pub(super) fn placeholders(&mut self) {
        for found in whole_matches(&PLACEHOLDER, self.text) {
            if own_shape(self.slice(found.clone())).is_some() {
                self.keep(found);
            }
        }
    }

    /// GUIDs, SIDs and the addresses of network cards.
    pub(super) fn numbers(&mut self) {
        for found in whole_matches(&GUID, self.text) {
            self.take(found.clone(), Kind::Guid, self.slice(found));
        }
        for found in whole_matches(&SID, self.text) {
            let sid = self.slice(found.clone());
            let of_somebody = ["S-1-5-21-", "S-1-12-1-"].iter().any(|start| sid.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
            if of_somebody { self.take(found, Kind::Sid, sid) } else { self.keep(found) }
        }
        for found in whole_matches(&MAC, self.text) {
            let mac = self.slice(found.clone());
            let alike = mac.contains(':') != mac.contains('-');
            if mac.len() == 17 && alike && !matches!(self.before(found.start), Some('-' | ':')) {
                self.take(found, Kind::Mac, mac);
            }
        }
    }

    /// Mail addresses of SMTP and X.400.
    pub(super) fn addresses(&mut self) {
        for found in whole_matches(&X400, self.text) {
            self.take(found.clone(), Kind::Address, self.slice(found));
        }
        for captures in SMTP.all(self.text) {
            if let (Some(whole), Some(domain)) = (captures.get(0), captures.get(2)) {
                // A path or a URL before the address is not part of it; an encapsulated address is.
                let local = self.slice(whole.start()..domain.start());
                let skipped = if local.starts_with("IMCEA") { 0 } else { local.rfind('/').map_or(0, |slash| slash + 1) };
                let range = whole.start() + skipped..domain.end();
                self.take(range.clone(), Kind::Address, self.slice(range));
            }
        }
    }

    /// Names of X.500 and LDAP directories, part by part: what kind of object it is stays readable.
    pub(super) fn directory_names(&mut self) {
        for captures in DOMAIN_PARTS.all(self.text) {
            if let Some(found) = captures.get(1) {
                let domain: Vec<&str> = found.as_str().split(',').map(|part| part.trim_start().trim_start_matches("DC=").trim_start_matches("dc=")).collect();
                self.take(found.range(), Kind::Domain, &domain.join("."));
            }
        }
        let mut before = "";
        for captures in OBJECT.all(self.text) {
            let (Some(attribute), Some(value)) = (captures.get(1), captures.get(2)) else { continue };
            let next = self.rest(value.end());
            let inner = next.starts_with(['/', ',', ';', '"', '>', ')', ']']) && self.is_free(&value.range());
            let name = if inner { value.as_str().trim_end() } else { person(value.as_str(), self.register) };
            let range = value.start()..value.start() + name.len();
            let (container, parent) = (before, next.trim_start_matches(',').trim_start());
            before = if next.starts_with('/') { name } else { "" };
            if is_well_known_object(value.as_str()) || is_well_known_object(name) {
                self.keep(range);
                continue;
            }
            let kind = match attribute.as_str().to_ascii_lowercase().as_str() {
                "o" => Kind::Organisation,
                "ou" => Kind::Site,
                _ if container.eq_ignore_ascii_case("servers") || starts_with(parent, "cn=servers") || self.register.knows_machine(name) => Kind::Server,
                _ if starts_with(parent, "cn=microsoft exchange") => Kind::Organisation,
                _ => Kind::Account,
            };
            self.take(range, kind, name);
        }
    }

    /// Hosts and their addresses.
    pub(super) fn hosts(&mut self, is_build: &dyn Fn(&str) -> bool) {
        for found in whole_matches(&NUMBERS, self.text) {
            let numbers = self.slice(found.clone());
            if numbers.split('.').count() != 4 || is_build(numbers) || !is_ipv4(numbers) || self.is_version(found.start) {
                self.keep(found);
            } else {
                self.take(found, Kind::Ip, numbers);
            }
        }
        for found in whole_matches(&IPV6, self.text) {
            let trimmed = self.slice(found.clone()).trim_end_matches('.');
            let trimmed = if trimmed.ends_with("::") { trimmed } else { trimmed.trim_end_matches(':') };
            let is_word_before = self.before(found.start).is_some_and(char::is_alphanumeric);
            let says_something = trimmed.len() > 3 && trimmed.contains(|letter: char| letter.is_ascii_digit());
            if says_something && !is_word_before && trimmed.parse::<Ipv6Addr>().is_ok() {
                self.take(found.start..found.start + trimmed.len(), Kind::Ip, trimmed);
            }
        }
        for captures in SHARE.all(self.text) {
            let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
            let name = name.as_str().trim_end_matches(['.', '-', '_']);
            let range = whole.start() + 2..whole.start() + 2 + name.len();
            // Behind a colon or a word the two are an escaped separator of a path.
            if !self.before(whole.start()).is_some_and(|before| before == ':' || before == '\\' || before == '%' || before.is_alphanumeric()) {
                self.take(range, Kind::Server, name);
            }
        }
        for found in whole_matches(&HOST, self.text) {
            self.host(found);
        }
    }

    fn host(&mut self, found: Range<usize>) {
        let name = self.slice(found.clone());
        let labels = name.split('.').count();
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        let known = self.register.knows_domain(name) || self.register.knows_domain(rest);
        let last = name.rsplit('.').next().unwrap_or_default();
        if !known && (is_file_name(name) || !is_top_level(last, labels) || !name.contains(char::is_alphabetic)) {
            return;
        }
        if is_public_domain(name) {
            self.keep(found);
        } else if self.register.knows_domain(name) || (labels == 2 && !known && !self.register.knows(first)) || is_country_domain(name) {
            self.take(found, Kind::Domain, name);
        } else {
            self.take(found, Kind::Server, name);
        }
    }

    /// Whether what stands before four small numbers shows that they are a version: the word itself, the name of a file, or another version.
    fn is_version(&self, at: usize) -> bool {
        let before = self.line_before(at, 40);
        let last_word = before.trim_end_matches([' ', '\t', ':', '(', ')', '"', '\'', ',', '=', '[', ']']);
        let last_word = last_word.rsplit([' ', '\t', '(', '"', '\'', '\\', '/']).next().unwrap_or_default();
        VERSION_BEFORE.is_in(before) || is_file_name(last_word) || (AND.is_in(before) && self.line_before(at, 80).to_lowercase().contains("version"))
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }
}

fn whole_matches(pattern: &Pattern, text: &str) -> Vec<Range<usize>> {
    pattern.all(text).filter_map(|captures| captures.get(0).map(|found| found.range())).collect()
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Whether four numbers may be an address that says something: each below 256, written without leading zeros, and not the machine itself or a mask.
fn is_ipv4(numbers: &str) -> bool {
    let says_nothing = ["127.", "0.", "255."].iter().any(|start| numbers.starts_with(start));
    !says_nothing && numbers.split('.').all(|part| part.parse::<u8>().is_ok_and(|byte| byte.to_string() == part))
}

/// `contoso.co.uk`: a domain of three labels.
fn is_country_domain(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    matches!(labels.as_slice(), [_, second, country] if country.len() == 2 && ["co", "com", "org", "net", "ac", "gov", "edu"].contains(second))
}
