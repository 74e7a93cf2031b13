//! One record of an event log.

use evtx::Timestamp;
use serde::{Deserialize, Serialize};

use super::tree::Tree;

/// Longest text of one event that is kept, in bytes.
const LONGEST_TEXT: usize = 2_000;
/// Longest name of a source or a computer that is kept, in bytes. Windows allows 255 characters.
const LONGEST_NAME: usize = 255;
/// Between the values of an event whose sentence the file does not hold.
const BETWEEN_VALUES: &str = "; ";

/// A record as far as it says what went wrong. No text has a line end or another control character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedEvent {
    /// The record's number in its log.
    pub record: u64,
    /// When it was logged, to the minute, in UTC, such as `2026-11-20 10:31Z`.
    pub time: String,
    /// 1 is critical, 2 an error, 3 a warning, 4 information, 5 verbose; `None` if it has none, as audits do.
    pub level: Option<u8>,
    /// The program that logged it, as Event Viewer shows it.
    pub source: String,
    /// The event's number.
    pub id: u32,
    /// The machine that it was logged on.
    pub computer: String,
    /// Its sentence if the file holds it, else its values, one after the other.
    pub text: String,
    /// Whether `text` is the sentence. Only logs that were collected from other machines hold sentences.
    pub whole_sentence: bool,
    /// Whether `text` is only the beginning.
    pub cut: bool,
}

impl LoggedEvent {
    /// Reads a record's JSON; `None` if it is no event.
    pub(super) fn read(record: u64, time: Timestamp, json: &[u8]) -> Option<Self> {
        let tree: Tree = serde_json::from_slice(json).ok()?;
        let event = tree.at(&["Event"])?;
        let system = event.at(&["System"])?;
        let system_text = |name: &str| system.at(&[name]).and_then(Tree::text);
        let source = system.at(&["Provider", "#attributes", "Name"]).and_then(Tree::text)?;
        let sentence = event.at(&["RenderingInfo", "Message"]).and_then(Tree::text).map(one_line).filter(|sentence| !sentence.is_empty());
        let whole_sentence = sentence.is_some();
        let text = sentence.unwrap_or_else(|| values(event));
        let kept = beginning(&text, LONGEST_TEXT);
        Some(Self {
            record,
            time: time.strftime("%Y-%m-%d %H:%MZ").to_string(),
            level: system_text("Level").and_then(|level| level.parse().ok()).filter(|level| *level > 0),
            source: beginning(&one_line(source), LONGEST_NAME).to_owned(),
            id: system_text("EventID")?.parse().ok()?,
            computer: beginning(&one_line(system_text("Computer").unwrap_or_default()), LONGEST_NAME).to_owned(),
            whole_sentence,
            cut: kept.len() < text.len(),
            text: kept.to_owned(),
        })
    }

    /// Whether it may say what went wrong: it is critical, an error or a warning, or has no level that would say that it is not.
    pub(super) fn is_of_interest(&self) -> bool {
        self.level.is_none_or(|level| level <= 3)
    }

    /// The event as one line, such as `2026-11-20 10:31Z Error MSExchangeSA 2037: SMTP; EX01`.
    #[must_use]
    pub fn line(&self) -> String {
        let level = match self.level {
            Some(1) => "Critical ",
            Some(2) => "Error ",
            Some(3) => "Warning ",
            _ => "",
        };
        let text = if self.text.is_empty() { String::new() } else { format!(": {}", self.text) };
        format!("{} {level}{} {}{text}", self.time, self.source, self.id)
    }
}

/// The values of the event, which Event Viewer puts into the sentence that it has from the program's own files.
fn values(event: &Tree) -> String {
    let mut texts = Vec::new();
    for part in ["EventData", "UserData"] {
        if let Some(tree) = event.at(&[part]) {
            tree.texts(&mut texts);
        }
    }
    let values: Vec<String> = texts.into_iter().map(one_line).filter(|text| !text.is_empty()).collect();
    values.join(BETWEEN_VALUES)
}

/// Words with single blanks between them, without control characters.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// As many whole characters as fit into `most` bytes.
fn beginning(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<LoggedEvent> {
        LoggedEvent::read(7, "2026-11-20T10:31:05Z".parse().unwrap(), json.as_bytes())
    }

    #[test]
    fn a_classic_event_has_its_values_in_order_and_not_its_bytes() {
        let event = read(
            r##"{"Event":{"#attributes":{"xmlns":"http://schemas.microsoft.com/win/2004/08/events/event"},
                "System":{"Provider":{"#attributes":{"Name":"MSExchangeSA"}},"EventID":{"#attributes":{"Qualifiers":49156},"#text":2037},"Level":2,
                "Task":0,"Keywords":"0x80000000000000","TimeCreated":{"#attributes":{"SystemTime":"2026-11-20T10:31:05.000000Z"}},"EventRecordID":7,
                "Channel":"Application","Computer":"EX01","Security":null},
                "EventData":{"Data":{"#text":["SMTP","c1030ad1\r\nline two"]},"Binary":"0AFF"}}}"##,
        )
        .unwrap();
        assert_eq!(event.line(), "2026-11-20 10:31Z Error MSExchangeSA 2037: SMTP; c1030ad1 line two");
        assert_eq!((event.record, event.computer.as_str(), event.whole_sentence, event.cut), (7, "EX01", false, false));
        assert!(event.is_of_interest());
    }

    #[test]
    fn named_values_keep_their_order_and_user_data_counts() {
        let event = read(
            r##"{"Event":{"System":{"Provider":{"#attributes":{"Name":"Service Control Manager"}},"EventID":7000,"Level":3},
                "EventData":{"param2":"first","param1":-528,"flag":true},"UserData":{"Info":{"Reason":"disk"}}}}"##,
        )
        .unwrap();
        assert_eq!(event.line(), "2026-11-20 10:31Z Warning Service Control Manager 7000: first; -528; true; disk");
    }

    #[test]
    fn the_sentence_of_a_collected_event_counts_before_its_values() {
        let event = read(
            r##"{"Event":{"System":{"Provider":{"#attributes":{"Name":"S"}},"EventID":1,"Level":0},"EventData":{"Data":"x"},
                "RenderingInfo":{"Message":"The service\r\n did not start."}}}"##,
        )
        .unwrap();
        assert_eq!((event.text.as_str(), event.whole_sentence, event.level), ("The service did not start.", true, None));
        assert_eq!(event.line(), "2026-11-20 10:31Z S 1: The service did not start.");
    }

    #[test]
    fn information_is_of_no_interest() {
        let event =
            |level: u8| read(&format!(r##"{{"Event":{{"System":{{"Provider":{{"#attributes":{{"Name":"S"}}}},"EventID":1,"Level":{level}}}}}}}"##)).unwrap();
        assert_eq!([0, 1, 2, 3, 4, 5].map(|level| event(level).is_of_interest()), [true, true, true, true, false, false]);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let long = "ä".repeat(LONGEST_TEXT);
        let event = read(&format!(r##"{{"Event":{{"System":{{"Provider":{{"#attributes":{{"Name":"S"}}}},"EventID":1}},"EventData":{{"Data":"{long}"}}}}}}"##))
            .unwrap();
        assert!(event.cut && event.text.len() <= LONGEST_TEXT && long.starts_with(&event.text));
    }

    #[test]
    fn what_is_no_event_is_none() {
        for json in ["", "null", "[]", r##"{"Event":{}}"##, r##"{"Event":{"System":{"EventID":1}}}"##, r##"{"Event":{"System":{"Provider":1,"EventID":-1}}}"##]
        {
            assert_eq!(read(json), None, "{json}");
        }
    }
}
