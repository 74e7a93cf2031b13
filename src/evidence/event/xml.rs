//! `<Event>` elements: the XML view of Event Viewer, exported logs and views, dumps of `ToXml()`.

use std::ops::Range;
use std::sync::LazyLock;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event as Part};
use quick_xml::reader::Reader;
use regex::Regex;

use super::passage::Passage;
use super::record::{Record, number};
use crate::evidence::decode::plain;
use crate::evidence::paste::Lines;

const END: &str = "</Event>";

static START: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<Event[\s>]").ok());
/// Between a record with labels and the same record as XML.
const AGAIN: &str = "Event Xml:";
/// Lines around the elements that say nothing themselves.
static AROUND: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*(?:-\s*)?(?:</?Events\b[^>]*>|<\?xml\b[^>]*\?>|Event Xml:)\s*$").ok());

/// The records of all elements. Text that declares entities or a document type is left alone.
pub(super) fn read(lines: &mut Lines, room: usize) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for run in lines.free() {
        if !run.clone().any(|position| lines.line(position).contains("<Event")) {
            continue;
        }
        let passage = Passage::of(lines, &run);
        if passage.text.contains("<!DOCTYPE") || passage.text.contains("<!ENTITY") {
            continue;
        }
        let elements = elements(&passage.text, room - records.len().min(room));
        let before = records.len();
        records.extend(elements.into_iter().filter_map(|range| record(passage.slice(range.clone()), passage.lines(range))));
        for record in records.iter_mut().skip(before) {
            record.again = record.lines.start.checked_sub(1).is_some_and(|above| lines.line(above).trim() == AGAIN);
            lines.take(record.lines.clone());
        }
        if records.len() > before {
            let around: Vec<usize> = run.filter(|position| AROUND.as_ref().is_some_and(|pattern| pattern.is_match(lines.line(*position)))).collect();
            around.into_iter().for_each(|position| lines.take(position..position + 1));
        }
    }
    records
}

/// Where the elements stand; at most `room` of them. The last one may be cut off.
fn elements(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut elements: Vec<Range<usize>> = Vec::new();
    for start in START.iter().flat_map(|pattern| pattern.find_iter(text)).map(|start| start.start()) {
        // One that has no end before the next begins is cut off too, and lost between the two.
        let open = elements.last_mut().filter(|last| !text.get(last.start..start).is_some_and(|text| text.contains(END)));
        if let Some(last) = open {
            last.start = start;
        } else if elements.len() == room {
            break;
        } else {
            elements.push(start..start);
        }
    }
    for element in &mut elements {
        let rest = text.get(element.start..).unwrap_or_default();
        let length = rest.find(END).map(|end| end + END.len()).or_else(|| rest.rfind('>').map(|end| end + 1));
        element.end = element.start + length.unwrap_or_default();
    }
    elements
}

fn record(element: &str, lines: Range<usize>) -> Option<Record> {
    let is_whole = element.ends_with(END);
    // A console wraps lines in the middle of names.
    let parts = Parts::read(element, is_whole).or_else(|| Parts::read(&element.replace('\n', ""), is_whole))?;
    // References to characters bring back what the paste was freed of.
    let text = plain(&if parts.message.trim().is_empty() { parts.data.join("\n") } else { parts.message });
    let mut record = Record::new(number(&parts.id)?, lines).from(&plain(&parts.provider).replace('\n', "")).saying(&text);
    if !is_whole {
        record.remarks.push("The XML is cut off in the middle.".to_owned());
    }
    Some(record)
}

/// What an element says of its event.
#[derive(Default)]
struct Parts {
    provider: String,
    id: String,
    message: String,
    data: Vec<String>,
}

/// The part of the element that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing that matters.
    Elsewhere,
    Id,
    /// The message as Event Viewer shows it.
    Message,
    /// A value that the message has or would have.
    Data,
}

impl Parts {
    /// Nothing if it is not well-formed, names an entity that XML does not know, or has no id. What is not whole counts up to where it is cut.
    fn read(element: &str, is_whole: bool) -> Option<Self> {
        let mut reader = Reader::from_str(element);
        let (mut parts, mut section, mut place) = (Self::default(), String::new(), Place::Elsewhere);
        loop {
            let part = match reader.read_event() {
                Ok(part) => part,
                Err(_) if !is_whole => break,
                Err(_) => return None,
            };
            match part {
                Part::Start(start) => {
                    place = parts.start(&start, &mut section)?;
                }
                Part::Empty(start) => {
                    parts.start(&start, &mut section)?;
                    place = Place::Elsewhere;
                }
                Part::End(end) => {
                    place = Place::Elsewhere;
                    if end.local_name().as_ref() == section {
                        section.clear();
                    }
                }
                Part::Text(text) => parts.add(place, &text.xml10_content()),
                Part::CData(text) => parts.add(place, &text.xml10_content()),
                Part::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok()?.map(String::from);
                    parts.add(place, &character.or_else(|| resolve_xml_entity(&reference).map(str::to_owned))?);
                }
                Part::DocType(_) => return None,
                Part::Eof => break,
                _ => {}
            }
        }
        parts.data.retain(|value| !value.trim().is_empty());
        (!parts.id.trim().is_empty()).then_some(parts)
    }

    /// Enters an element.
    fn start(&mut self, start: &BytesStart, section: &mut String) -> Option<Place> {
        let name = start.local_name().as_ref().to_owned();
        let place = match (section.as_str(), name.as_str()) {
            (_, "EventID") => Place::Id,
            (_, "Provider") => {
                if let Some(attribute) = start.try_get_attribute("Name").ok()? {
                    self.provider = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
                }
                Place::Elsewhere
            }
            ("RenderingInfo", "Message") => Place::Message,
            ("EventData", "Data") | ("UserData", _) => {
                self.data.push(String::new());
                Place::Data
            }
            _ => Place::Elsewhere,
        };
        if matches!(name.as_str(), "RenderingInfo" | "EventData" | "UserData") {
            *section = name;
        }
        Some(place)
    }

    fn add(&mut self, place: Place, text: &str) {
        match (place, self.data.last_mut()) {
            (Place::Id, _) => self.id.push_str(text),
            (Place::Message, _) => self.message.push_str(text),
            (Place::Data, Some(value)) => value.push_str(text),
            _ => {}
        }
    }
}
