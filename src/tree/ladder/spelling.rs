//! The form in which spellings of one level meet: `E2K7 SP3`, `Exchange Server 2007 Service Pack 3` and `2007 sp3` are one.

use super::{Family, Ladder, WINDOWS, canonical};

/// Words of several parts, and the short form that levels use. Each stands between blanks.
const LONG_FORMS: [(&str, &str); 12] = [
    (" service pack ", " sp "),
    (" servicepack ", " sp "),
    (" cumulative update ", " cu "),
    (" update rollup ", " ru "),
    (" rollup ", " ru "),
    (" security update ", " su "),
    (" subscription edition ", " se "),
    (" no sp ", " rtm "),
    (" x 64 ", " "),
    (" x 86 ", " "),
    (" 64 bit ", " "),
    (" 32 bit ", " "),
];

/// Words around a version that say nothing about the level.
const FILLERS: [&str; 15] = [
    "microsoft",
    "ms",
    "server",
    "version",
    "ver",
    "release",
    "edition",
    "standard",
    "enterprise",
    "professional",
    "workstation",
    "advanced",
    "datacenter",
    "pro",
    "with",
];

/// The months as levels write them, which is how their names begin.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
];

/// How people shorten a product's name.
struct Habits {
    /// Words before the version that stand for the product.
    product: &'static [&'static str],
    /// What is said differently, between blanks, tried where the plain reading names nothing.
    otherwise: &'static [(&'static str, &'static str)],
}

const EXCHANGE_HABITS: Habits = Habits { product: &["e", "ex", "exch", "msx", "v"], otherwise: &[] };

/// Server 2003 R2 is Server 2003 with its first service pack and more programs; later service packs are the same for both.
const WINDOWS_HABITS: Habits = Habits {
    product: &["w", "win", "ws", "srv", "v"],
    otherwise: &[(" winnt ", " nt "), (" winxp ", " xp "), (" 2003 r 2 rtm ", " 2003 sp 1 "), (" 2003 r 2 sp ", " 2003 sp "), (" 2003 r 2 ", " 2003 sp 1 ")],
};

const NO_HABITS: Habits = Habits { product: &[], otherwise: &[] };

fn habits(key: &str, product: &str) -> Habits {
    match product.to_lowercase().split_whitespace().next() {
        _ if key == WINDOWS => WINDOWS_HABITS,
        Some("exchange") => EXCHANGE_HABITS,
        _ => NO_HABITS,
    }
}

/// A level or family and the form in which its spellings meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) simple: String,
    pub(super) name: String,
}

/// The spellings of everything that can be named: the families, and every level.
pub(super) fn spellings(product: &str, families: &[Family]) -> Vec<Spelling> {
    let mut spellings = Vec::new();
    for family in families {
        let levels = family.releases.iter().map(|release| canonical(&family.name, &release.level));
        for name in std::iter::once(family.name.clone()).chain(levels) {
            let simple = simple(product, &name);
            // "NT4" is NT 4.0, where no other family is called 4 and something.
            if let Some(short) = family.name.strip_suffix(".0").filter(|short| is_unmistakable(short, family, families))
                && let Some(rest) = name.strip_prefix(&family.name)
            {
                spellings.push(Spelling { simple: self::simple(product, &format!("{short}{rest}")), name: name.clone() });
            }
            spellings.push(Spelling { simple, name });
        }
    }
    spellings
}

fn is_unmistakable(short: &str, of: &Family, families: &[Family]) -> bool {
    let others = families.iter().filter(|other| other.name != of.name);
    others.into_iter().all(|other| other.name != short && !other.name.starts_with(&format!("{short}.")))
}

impl Ladder {
    /// The forms in which what was typed may be among the spellings, likeliest first.
    pub(super) fn readings(&self, typed: &str) -> Vec<String> {
        let habits = habits(&self.key, &self.product);
        let words = words(&self.product, habits.product, typed);
        let spaced = format!(" {} ", words.join(" "));
        let other = habits.otherwise.iter().find(|(said, _)| spaced.contains(said));
        let other = other.map(|(said, meant)| spaced.replacen(said, meant, 1).split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        std::iter::once(words).chain(other).map(|words| joined(&words)).collect()
    }
}

/// The form of a name of the table.
fn simple(product: &str, name: &str) -> String {
    joined(&words(product, &[], name))
}

/// The words of a text in lower case and in their short forms, without those that name the product or say nothing.
fn words(product: &str, short_products: &[&str], text: &str) -> Vec<String> {
    let mut spaced = format!(" {} ", parts(text).join(" "));
    for (long, short) in LONG_FORMS {
        spaced = spaced.replace(long, short);
    }
    let product = product.to_lowercase();
    let says_nothing = |word: &str| FILLERS.contains(&word) || product.split_whitespace().any(|part| part == word);
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| !says_nothing(word)).collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if short_products.contains(first) && !rest.is_empty() => rest,
        all => all,
    };
    let (year, rest) = leading_year(words);
    let mut after_month = false;
    let dated = rest.iter().map(|word| {
        let month = MONTHS.iter().find(|(short, long)| word == short || word == long).map(|(short, _)| *short);
        let short_year = word.strip_prefix("20").filter(|digits| after_month && digits.len() == 2);
        after_month = month.is_some();
        month.or(short_year).unwrap_or(word).to_owned()
    });
    year.into_iter().chain(dated).collect()
}

/// The words without blanks, except between two numbers, which would become one.
fn joined(words: &[String]) -> String {
    let mut joined = String::new();
    for word in words {
        if joined.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// The year that a text begins with as `2K` or `2K7`, in full, and the rest.
fn leading_year<'w>(words: &'w [&'w str]) -> (Option<String>, &'w [&'w str]) {
    let is_short = |digits: &str| digits.len() <= 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
    match words {
        ["2", "k", digits, rest @ ..] if is_short(digits) => (Some(format!("20{digits:0>2}")), rest),
        ["2", "k", rest @ ..] => (Some("2000".to_owned()), rest),
        all => (None, all),
    }
}

/// Takes a text apart into runs of letters, numbers with their dots, and single other signs; blanks, dashes and brackets separate.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = ' ';
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let follows = letters.peek().copied().unwrap_or(' ');
        let is_inner_dot = letter == '.' && before.is_ascii_digit() && follows.is_ascii_digit();
        let goes_on = (letter.is_alphabetic() && before.is_alphabetic())
            || ((letter.is_ascii_digit() || is_inner_dot) && before.is_ascii_digit())
            || (letter.is_ascii_digit() && before == '.');
        // A plus joins a level and its update, but "SP4+" means a later one too.
        let separates = letter.is_whitespace()
            || (letter == '.' && !is_inner_dot)
            || "-_,():/\u{ae}\u{a9}\u{2122}".contains(letter)
            || (letter == '+' && letters.peek().is_some());
        if !separates {
            match parts.last_mut() {
                Some(part) if goes_on => part.extend(letter.to_lowercase()),
                _ => parts.push(letter.to_lowercase().collect()),
            }
        }
        // A dot outside a number ends a word, so that only inner ones are seen by the next digit.
        before = if separates { ' ' } else { letter };
    }
    parts
}
