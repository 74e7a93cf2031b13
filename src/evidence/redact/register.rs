//! Which name has which placeholder.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::everyday::is_everyday;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Server,
    Client,
    Site,
    Organisation,
    Domain,
    Account,
    Address,
    Ip,
    Mac,
    Sid,
    Guid,
}

impl Kind {
    const ALL: [Self; 11] =
        [Self::Server, Self::Client, Self::Site, Self::Organisation, Self::Domain, Self::Account, Self::Address, Self::Ip, Self::Mac, Self::Sid, Self::Guid];

    /// What the placeholders of this kind begin with.
    fn word(self) -> &'static str {
        match self {
            Self::Server => "SERVER",
            Self::Client => "CLIENT",
            Self::Site => "SITE",
            Self::Organisation => "ORGANISATION",
            Self::Domain => "DOMAIN",
            Self::Account => "ACCOUNT",
            Self::Address => "ADDRESS",
            Self::Ip => "IP",
            Self::Mac => "MAC",
            Self::Sid => "SID",
            Self::Guid => "GUID",
        }
    }

    /// Whether the name may stand in a text by itself, as words. Addresses, numbers and the like are found by their shape.
    fn is_words(self) -> bool {
        matches!(self, Self::Server | Self::Client | Self::Site | Self::Organisation | Self::Domain | Self::Account)
    }
}

/// The longest name that is looked for, in words; of a longer one these stand for it.
pub(super) const MOST_WORDS: usize = 8;

/// Names and their placeholders, numbered within each kind by first appearance.
#[derive(Debug, Clone, Default)]
pub(super) struct Register {
    placeholders: HashMap<(Kind, String), String>,
    /// What stands for a name that a text has without any sign of its kind, by the name's words.
    bare: HashMap<String, String>,
    /// Names that are everyday words too, as they were written; see [`Register::is_spelled_out`].
    everyday: HashSet<String>,
    /// Words that are names if they stand by themselves: the user of an address, the first part of a domain.
    hints: HashMap<String, Kind>,
    /// Domains that known machines belong to.
    domains: HashSet<String>,
    /// Which machine `ex01` is, by its short name, if it was met with its domain.
    qualified: HashMap<String, String>,
    counts: BTreeMap<Kind, u32>,
    reserved: BTreeSet<String>,
    longest: usize,
}

impl Register {
    /// Keeps a placeholder that the visitor's text has already from being given to something else.
    pub(super) fn reserve(&mut self, placeholder: &str) {
        self.reserved.insert(placeholder.to_ascii_uppercase());
    }

    /// Gives `name` a placeholder if it has none.
    pub(super) fn add(&mut self, kind: Kind, name: &str) {
        let name = name.trim();
        if name.is_empty() || own_shape(name).is_some() {
            return;
        }
        if matches!(kind, Kind::Server | Kind::Client) {
            return self.add_machine(kind, name);
        }
        self.number(kind, name);
    }

    fn number(&mut self, kind: Kind, name: &str) -> String {
        if let Some(known) = self.placeholders.get(&(kind, fold(name))) {
            return known.clone();
        }
        let count = self.counts.entry(kind).or_default();
        let placeholder = loop {
            *count += 1;
            let next = format!("{}-{count}", kind.word());
            if !self.reserved.contains(&next) {
                break next;
            }
        };
        self.set(kind, name, &placeholder);
        placeholder
    }

    fn set(&mut self, kind: Kind, name: &str, placeholder: &str) {
        self.placeholders.insert((kind, fold(name)), placeholder.to_owned());
        let words = first_words(name);
        if !kind.is_words() || words.is_empty() {
            return;
        }
        if is_everyday(words) {
            self.everyday.insert(words.to_owned());
        } else {
            self.longest = self.longest.max(words_of(words).count());
            self.bare.entry(fold(words)).or_insert_with(|| placeholder.to_owned());
        }
    }

    /// A machine by its short name, with its domain or both: one placeholder, unless two domains have a machine of that name.
    fn add_machine(&mut self, kind: Kind, name: &str) {
        if self.machine(name).is_some() {
            return;
        }
        let Some((short, domain)) = name.split_once('.').filter(|(short, _)| !short.is_empty()) else {
            self.number(kind, name);
            return;
        };
        self.add_domain(domain);
        let (folded, whole) = (fold(short), fold(name));
        match self.qualified.get(&folded) {
            Some(_) => {
                self.number(kind, name);
            }
            None => {
                let placeholder = self.machine(short).unwrap_or_else(|| self.number(kind, short));
                self.set(kind, name, &placeholder);
                self.qualified.insert(folded, whole);
            }
        }
    }

    /// Notes a domain that machines or addresses belong to, so that other names in it are known to be names.
    pub(super) fn add_domain(&mut self, domain: &str) {
        self.domains.insert(fold(domain));
        if let Some(first) = domain.split('.').next() {
            self.hint(Kind::Domain, first);
        }
    }

    /// Notes that `word` is a name wherever it stands by itself.
    pub(super) fn hint(&mut self, kind: Kind, word: &str) {
        let word = first_words(word);
        if !is_everyday(word) && own_shape(word).is_none() {
            self.longest = self.longest.max(words_of(word).count());
            self.hints.entry(fold(word)).or_insert(kind);
        }
    }

    /// The kind of a word that is a name where it stands by itself, as long as it has no placeholder.
    pub(super) fn hinted(&self, words: &str) -> Option<Kind> {
        let folded = fold(words);
        self.hints.get(&folded).copied().filter(|_| !self.bare.contains_key(&folded))
    }

    /// Whether machines are known in `domain`, or it is part of such a one.
    pub(super) fn knows_domain(&self, domain: &str) -> bool {
        self.domains.contains(&fold(domain))
    }

    /// The placeholder of `name`; without a number for one that was never learned.
    pub(super) fn placeholder(&self, kind: Kind, name: &str) -> String {
        let known = match kind {
            Kind::Server | Kind::Client => self.machine(name),
            _ => self.placeholders.get(&(kind, fold(name))).cloned(),
        };
        known.or_else(|| own_shape(name)).unwrap_or_else(|| kind.word().to_owned())
    }

    /// Whether a machine is called `name`.
    pub(super) fn knows_machine(&self, name: &str) -> bool {
        self.machine(name).is_some()
    }

    fn machine(&self, name: &str) -> Option<String> {
        let folded = fold(name);
        [Kind::Server, Kind::Client].into_iter().find_map(|kind| self.placeholders.get(&(kind, folded.clone())).cloned())
    }

    /// The placeholder of words that stand by themselves.
    pub(super) fn bare(&self, words: &str) -> Option<&str> {
        self.bare.get(&fold(words)).map(String::as_str)
    }

    /// Whether `name` is a learned name that is an everyday word too, written just as it was where it was learned.
    pub(super) fn is_spelled_out(&self, name: &str) -> bool {
        self.everyday.contains(name)
    }

    /// Whether `name` is learned, as a name that is no everyday word.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.bare.contains_key(&fold(name))
    }

    /// The most words that a learned name has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }
}

/// A name that has the shape of a placeholder stands for itself: it says nothing, and so redacting twice is redacting once.
pub(super) fn own_shape(name: &str) -> Option<String> {
    let upper = name.to_ascii_uppercase();
    let (word, number) = upper.split_once('-').unwrap_or((&upper, "1"));
    let fits = Kind::ALL.iter().any(|kind| kind.word() == word) && !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    fits.then_some(upper)
}

/// In lower case, with one blank for any run of white space.
pub(super) fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The words of a text: runs of letters and digits, with where they stand.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while letters.next_if(|(_, letter)| !letter.is_alphanumeric()).is_some() {}
        let (start, first) = letters.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, letter)| letter.is_alphanumeric()) {
            end = at + letter.len_utf8();
        }
        Some(start..end)
    })
}

/// A name from its first word to its last, or to the last that is looked for.
fn first_words(name: &str) -> &str {
    let mut words = words_of(name).take(MOST_WORDS);
    let Some(first) = words.next() else { return "" };
    let end = words.last().map_or(first.end, |last| last.end);
    name.get(first.start..end).unwrap_or_default()
}
