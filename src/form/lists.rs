//! Forms for messages and events: one or more entries, or none at all.

use crate::tree::answer::{self, MAX_CELL, MAX_TEXT};
use crate::tree::fact::{Event, Value};
use crate::web::{Failure, FieldErrors, Fields};

/// The most entries that a form shows.
const MOST: usize = 20;

/// Messages as typed.
#[derive(Debug, Clone)]
pub struct MessageList {
    /// The texts, at least one.
    pub texts: Vec<String>,
    /// Whether "no message is shown" is ticked.
    pub none: bool,
}

impl MessageList {
    /// The form that shows `value`.
    pub fn new(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Messages(messages)) if messages.is_empty() => Self { texts: vec![String::new()], none: true },
            Some(Value::Messages(messages)) => Self { texts: messages.clone(), none: false },
            _ => Self { texts: vec![String::new()], none: false },
        }
    }

    /// What was sent; pressing "add" adds an empty entry.
    pub fn sent(fields: &Fields) -> Result<Self, Failure> {
        let mut texts = Vec::new();
        while let Some(text) = fields.get(&format!("text-{}", texts.len() + 1))? {
            texts.push(text.replace("\r\n", "\n"));
        }
        if texts.len() < MOST && (texts.is_empty() || fields.get("do")? == Some("add")) {
            texts.push(String::new());
        }
        Ok(Self { texts, none: fields.get("none")?.is_some() })
    }

    /// Adds messages that were pasted; what is there already is not repeated. The answer has the name of each, `None` where there is no room.
    pub fn take(&mut self, texts: Vec<String>) -> Vec<Option<String>> {
        self.none = false;
        self.texts.retain(|text| !text.trim().is_empty());
        let names = texts.into_iter().map(|text| take(&mut self.texts, text).map(|place| format!("Message {}", place + 1)));
        names.collect()
    }

    /// The messages.
    pub fn read(&self) -> Result<Value, FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed: Vec<(usize, &String)> = self.texts.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()).collect();
        if self.none {
            if !typed.is_empty() {
                errors.add("none", "A text is given although \"no message is shown\" is ticked: untick it, or remove the text.");
                return Err(errors);
            }
            return Ok(Value::Messages(Vec::new()));
        }
        if typed.is_empty() {
            errors.add("text-1", "Paste or type the text, tick \"no message is shown\", or press \"I don't know\".");
        }
        let total: usize = self.texts.iter().map(String::len).sum();
        let mut messages = Vec::new();
        for (index, text) in typed {
            match answer::checked_text(text.clone()) {
                Ok(text) => messages.push(text),
                Err(problem) => errors.add(format!("text-{}", index + 1), problem.message),
            }
        }
        if errors.is_empty() && total > MAX_TEXT {
            errors.add(
                "text-1",
                format!("The texts have {} KiB together; {} KiB is the limit. Keep the parts that show the error.", total.div_ceil(1024), MAX_TEXT / 1024),
            );
        }
        if errors.is_empty() { Ok(Value::Messages(messages)) } else { Err(errors) }
    }
}

/// Events as typed.
#[derive(Debug, Clone)]
pub struct EventList {
    /// The events, at least one.
    pub events: Vec<EventFields>,
    /// Whether "no such event is logged" is ticked.
    pub none: bool,
}

/// One event as typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventFields {
    /// Its number.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its description.
    pub text: String,
}

impl EventFields {
    /// The fields that show `event`.
    pub fn new(event: &Event) -> Self {
        Self {
            id: event.id.map(|id| id.to_string()).unwrap_or_default(),
            source: event.source.clone().unwrap_or_default(),
            text: event.text.clone().unwrap_or_default(),
        }
    }

    /// What was sent for the event `number` in fields whose names begin with `prefix`; `None` if there is no such event.
    pub fn sent(fields: &Fields, prefix: &str, number: usize) -> Result<Option<Self>, Failure> {
        let part = |name: &str| fields.get(&format!("{prefix}{name}-{number}"));
        let (id, source, text) = (part("id")?, part("source")?, part("text")?);
        if id.is_none() && source.is_none() && text.is_none() {
            return Ok(None);
        }
        let typed = |text: Option<&str>| text.unwrap_or_default().replace("\r\n", "\n");
        Ok(Some(Self { id: typed(id), source: typed(source), text: typed(text) }))
    }

    /// Whether nothing was entered.
    pub fn is_blank(&self) -> bool {
        [&self.id, &self.source, &self.text].into_iter().all(|text| text.trim().is_empty())
    }

    /// The event; `None`, with a message at the control that must change, if it cannot be read.
    pub fn read(&self, prefix: &str, number: usize, errors: &mut FieldErrors) -> Option<Event> {
        let id = match self.id.trim() {
            "" => None,
            digits => match digits.parse() {
                Ok(id) => Some(id),
                Err(_) => {
                    errors.add(format!("{prefix}id-{number}"), "Enter the event's number in digits, such as 2037, or leave the field empty.");
                    return None;
                }
            },
        };
        match answer::checked_event(Event { id, source: Some(self.source.clone()), text: Some(self.text.clone()) }) {
            Ok(event) => Some(event),
            Err(problem) => {
                let part = if self.source.trim().chars().count() > MAX_CELL { "source" } else { "text" };
                errors.add(format!("{prefix}{part}-{number}"), problem.message);
                None
            }
        }
    }
}

impl EventList {
    /// The form that shows `value`.
    pub fn new(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Events(events)) if events.is_empty() => Self { events: vec![EventFields::default()], none: true },
            Some(Value::Events(events)) => Self { events: events.iter().map(EventFields::new).collect(), none: false },
            _ => Self { events: vec![EventFields::default()], none: false },
        }
    }

    /// What was sent; pressing "add" adds an empty entry.
    pub fn sent(fields: &Fields) -> Result<Self, Failure> {
        let mut events = Vec::new();
        while let Some(event) = EventFields::sent(fields, "", events.len() + 1)? {
            events.push(event);
        }
        if events.len() < MOST && (events.is_empty() || fields.get("do")? == Some("add")) {
            events.push(EventFields::default());
        }
        Ok(Self { events, none: fields.get("none")?.is_some() })
    }

    /// Adds events that were pasted, as [`MessageList::take`] does.
    pub fn take(&mut self, events: &[Event]) -> Vec<Option<String>> {
        self.none = false;
        self.events.retain(|event| !event.is_blank());
        let names = events.iter().map(|event| take(&mut self.events, EventFields::new(event)).map(|place| format!("Event {}", place + 1)));
        names.collect()
    }

    /// The events.
    pub fn read(&self) -> Result<Value, FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed: Vec<(usize, &EventFields)> = self.events.iter().enumerate().filter(|(_, event)| !event.is_blank()).collect();
        if self.none {
            if !typed.is_empty() {
                errors.add("none", "An event is given although \"no such event is logged\" is ticked: untick it, or clear the event.");
                return Err(errors);
            }
            return Ok(Value::Events(Vec::new()));
        }
        if typed.is_empty() {
            errors.add("id-1", "Enter the event's number, its source or its text, tick \"no such event is logged\", or press \"I don't know\".");
        }
        let mut events = Vec::new();
        for (index, event) in typed {
            events.extend(event.read("", index + 1, &mut errors));
        }
        if errors.is_empty() { Ok(Value::Events(events)) } else { Err(errors) }
    }
}

/// The place of `entry` in a form, where it is put if it is not there yet and the form has room.
fn take<T: PartialEq>(entries: &mut Vec<T>, entry: T) -> Option<usize> {
    if let Some(place) = entries.iter().position(|other| *other == entry) {
        return Some(place);
    }
    let place = entries.len();
    (place < MOST).then(|| entries.push(entry)).map(|()| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(errors: &FieldErrors) -> Vec<&str> {
        errors.iter().map(|error| error.field.as_str()).collect()
    }

    fn sent(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().copied().collect()
    }

    #[test]
    fn messages_are_read_with_the_line_ends_of_the_server() {
        let list = MessageList::sent(&sent(&[("text-1", "a\r\nb"), ("text-2", "  "), ("text-3", "c")])).unwrap();
        assert_eq!(list.read().unwrap(), Value::Messages(vec!["a\nb".to_owned(), "c".to_owned()]));
    }

    #[test]
    fn none_and_a_text_contradict_each_other() {
        let none = MessageList::sent(&sent(&[("text-1", ""), ("none", "1")])).unwrap();
        assert_eq!(none.read().unwrap(), Value::Messages(Vec::new()));
        let both = MessageList::sent(&sent(&[("text-1", "a"), ("none", "1")])).unwrap();
        assert_eq!(ids(&both.read().unwrap_err()), ["none"]);
        let both = EventList::sent(&sent(&[("id-1", "7"), ("none", "1")])).unwrap();
        assert_eq!(ids(&both.read().unwrap_err()), ["none"]);
    }

    #[test]
    fn entries_are_added_up_to_the_limit() {
        let typed: Vec<(String, String)> =
            (1..=MOST).map(|number| (format!("text-{number}"), "a".to_owned())).chain([("do".to_owned(), "add".to_owned())]).collect();
        assert_eq!(MessageList::sent(&Fields::from_iter(typed)).unwrap().texts.len(), MOST);
        assert_eq!(MessageList::sent(&sent(&[("text-1", "a"), ("do", "add")])).unwrap().texts, ["a", ""]);
    }

    #[test]
    fn what_was_pasted_is_added_once_and_up_to_the_limit() {
        let mut list = MessageList::sent(&sent(&[("text-1", " "), ("text-2", "b"), ("none", "1")])).unwrap();
        let names = list.take(["a", "b", "a"].map(str::to_owned).to_vec());
        assert_eq!(names, ["Message 2", "Message 1", "Message 2"].map(|name| Some(name.to_owned())));
        assert!(list.texts == ["b", "a"] && !list.none);
        let names = list.take((0..MOST).map(|number| number.to_string()).collect());
        assert_eq!((list.texts.len(), names.iter().filter(|name| name.is_none()).count()), (MOST, 2));

        let mut list = EventList::new(None);
        let event = Event { id: Some(7), source: None, text: None };
        assert_eq!(list.take(&[event.clone(), event]), [Some("Event 1".to_owned()), Some("Event 1".to_owned())]);
        assert_eq!(list.events.len(), 1);
    }

    #[test]
    fn every_message_about_an_event_is_at_a_control_of_that_event() {
        let long = "s".repeat(MAX_CELL + 1);
        let text = "t".repeat(MAX_TEXT + 1);
        let list = EventList::sent(&sent(&[("id-1", "x"), ("source-2", &long), ("text-3", &text), ("id-4", "7")])).unwrap();
        assert_eq!(ids(&list.read().unwrap_err()), ["id-1", "source-2", "text-3"]);
        assert_eq!(ids(&EventList::sent(&sent(&[])).unwrap().read().unwrap_err()), ["id-1"]);
    }
}
