//! Event sources: one program is written in many ways.

/// Names that people and articles use, and the source that the event log shows, both as [`letters_and_digits`].
const ALIASES: [(&str, &str); 22] = [
    ("systemattendant", "msexchangesa"),
    ("microsoftexchangesystemattendant", "msexchangesa"),
    ("informationstore", "msexchangeis"),
    ("microsoftexchangeinformationstore", "msexchangeis"),
    ("privateinformationstore", "msexchangeisprivate"),
    ("msexchangeispriv", "msexchangeisprivate"),
    ("publicinformationstore", "msexchangeispublic"),
    ("msexchangeispub", "msexchangeispublic"),
    ("messagetransferagent", "msexchangemta"),
    ("microsoftexchangemessagetransferagent", "msexchangemta"),
    ("directoryservice", "msexchangeds"),
    ("microsoftexchangedirectory", "msexchangeds"),
    ("internetmailconnector", "msexchangeimc"),
    ("internetmailservice", "msexchangeimc"),
    ("microsoftexchangeinternetmailconnector", "msexchangeimc"),
    ("microsoftexchangeinternetmailservice", "msexchangeimc"),
    ("directorysynchronization", "msexchangedx"),
    ("microsoftexchangedirectorysynchronization", "msexchangedx"),
    ("keymanagementserver", "msexchangekms"),
    ("microsoftexchangekeymanagementserver", "msexchangekms"),
    ("eventservice", "msexchangees"),
    ("microsoftexchangeeventservice", "msexchangees"),
];

/// Whether two spellings name the same source: only letters and digits count, case does not, and known aliases are one.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    canonical(one) == canonical(other)
}

/// The one spelling of a source under which all of its spellings meet.
#[must_use]
pub fn canonical(source: &str) -> String {
    let plain = letters_and_digits(source);
    match ALIASES.iter().find(|(alias, _)| *alias == plain) {
        Some((_, name)) => (*name).to_owned(),
        None => plain,
    }
}

/// Every spelling of a source, in lower case and of letters and digits only; the canonical one first.
#[must_use]
pub fn spellings(source: &str) -> Vec<String> {
    let name = canonical(source);
    let aliases = ALIASES.iter().filter(|(_, of)| *of == name).map(|(alias, _)| (*alias).to_owned());
    std::iter::once(name.clone()).chain(aliases).collect()
}

fn letters_and_digits(source: &str) -> String {
    source.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_source_are_the_same() {
        for (one, other) in [
            ("MSExchangeSA", "msexchangesa"),
            ("MSExchangeSA", "System Attendant"),
            ("MSExchange IS Private", "MSExchangeIS-Private"),
            ("Microsoft Exchange Internet Mail Service", "MSExchangeIMC"),
            ("Microsoft-Windows-Kernel-Power", "microsoft windows kernel power"),
        ] {
            assert!(same(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn other_sources_differ() {
        assert!(!same("MSExchangeIS", "MSExchangeISPrivate"));
        assert!(!same("MSExchangeSA", "MSExchangeIS"));
    }

    #[test]
    fn all_spellings_of_a_source_are_listed_whichever_is_given() {
        for source in ["System Attendant", "MSExchangeSA"] {
            assert_eq!(spellings(source), ["msexchangesa", "systemattendant", "microsoftexchangesystemattendant"]);
        }
        assert_eq!(spellings("Print"), ["print"]);
    }

    #[test]
    fn every_alias_is_written_with_letters_and_digits_only() {
        for (alias, name) in ALIASES {
            assert_eq!(letters_and_digits(alias), alias);
            assert_eq!(canonical(name), name, "{name} must not be an alias itself");
        }
    }
}
