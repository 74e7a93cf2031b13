//! What an address says: an event, a text and servers.

use crate::evidence::{self, Item};
use crate::form::{Cells, Entry, EventFields, FactForm, Origin, shortened};
use crate::tree::fact::Row;
use crate::tree::ladder::Ladders;
use crate::web::{Failure, FieldErrors, Fields, urls};

/// The facts of an address, as they stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// The event's number.
    pub event: String,
    /// The event's source.
    pub source: String,
    /// The text of the message or event, with its line ends.
    pub text: String,
    /// Servers: `EX01:5.0,EX02:5.0 SP2`.
    pub servers: String,
}

impl Link {
    /// The facts among `fields`; any other field is somebody else's.
    ///
    /// # Errors
    /// One of them is there twice.
    pub fn of(fields: &Fields) -> Result<Self, Failure> {
        let field = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n").trim().to_owned());
        Ok(Self { event: field("event")?, source: field("source")?, text: field("text")?, servers: field("servers")? })
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What stands behind the `?` or the `#` of an address that says this.
    pub fn query(&self) -> String {
        let pairs = [("event", &self.event), ("source", &self.source), ("text", &self.text), ("servers", &self.servers)];
        urls::query(pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())))
    }

    /// The form of these facts. What cannot be read stands in its field all the same; `place` says where the facts come from.
    pub fn form(&self, ladders: &Ladders, place: &str) -> FactForm {
        let reading = evidence::read(&self.text, ladders);
        let is_message = |item: &Item| matches!(item, Item::Message(_)) || matches!(item, Item::Event(event) if event.text.is_some());
        let has_message = reading.proposals.iter().any(|proposal| is_message(&proposal.item));
        let mut form = FactForm::of_readings(&[(Some(place.to_owned()), reading)], ladders);
        if !self.text.is_empty() && !has_message {
            // The link calls it the text of a message, whatever it looks like.
            form.unread = Default::default();
            let origin = origin(place, Some(&Item::Message(self.text.clone())), &self.text);
            form.messages.insert(0, Entry { typed: self.text.clone(), origin });
        }
        form.events.extend(self.event_entry(place));
        for (name, version) in self.server_pairs() {
            let row = Row { name: Some(name.to_owned()), level: version.map(str::to_owned), ..Row::default() };
            let mut cells = Cells::new(&row, &form.servers.columns);
            let said = version.map_or_else(|| name.to_owned(), |version| format!("{name}:{version}"));
            cells.origin = origin(place, Some(&Item::Server(Box::new(row))), &said);
            form.servers.rows.push(cells);
        }
        form
    }

    fn event_entry(&self, place: &str) -> Option<Entry<EventFields>> {
        let typed = EventFields { id: self.event.clone(), source: self.source.clone(), text: String::new() };
        if typed.is_blank() {
            return None;
        }
        let item = typed.read("", 1, &mut FieldErrors::default()).map(Item::Event);
        let said: Vec<String> = [("event", &self.event), ("source", &self.source)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Some(Entry { typed, origin: origin(place, item.as_ref(), &said.join(" ")) })
    }

    /// Name and version of each server; one without a version is known by its name alone.
    fn server_pairs(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let servers = self.servers.split([',', '\n']).map(str::trim).filter(|server| !server.is_empty());
        servers.map(|server| match server.split_once(':') {
            Some((name, version)) => (name.trim(), Some(version.trim())),
            None => (server, None),
        })
    }
}

/// The origin of a fact that `place` says in these words. Without an `item` the words could not be read.
fn origin(place: &str, item: Option<&Item>, said: &str) -> Origin {
    let line = said.lines().next().unwrap_or_default();
    let mut origin = item.map_or_else(Origin::default, |item| Origin::of_line(item, &format!("{place}: {line}")));
    origin.place = place.to_owned();
    origin.excerpt = said.lines().take(6).map(shortened).collect();
    origin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::condition::testing::World;
    use crate::tree::fact::{Source, Value};
    use crate::words;

    fn link(query: &str) -> Link {
        Link::of(&Fields::parse(query.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_link_says_what_its_query_says_and_ignores_the_rest() {
        let said = link("event=2037&source=MSExchangeSA&utm=1&servers=EX01:5.0,%20EX02:5.0%20SP2,,EX03");
        assert_eq!(said.query(), "event=2037&source=MSExchangeSA&servers=EX01%3A5.0%2C%20EX02%3A5.0%20SP2%2C%2CEX03");
        assert_eq!(link(&said.query()), said);
        let pairs: Vec<_> = said.server_pairs().collect();
        assert_eq!(pairs, [("EX01", Some("5.0")), ("EX02", Some("5.0 SP2")), ("EX03", None)]);
        assert!(link("utm=1&text=%20&event=").is_empty());
        assert!(Link::of(&Fields::parse(b"event=1&event=2").unwrap()).is_err());
    }

    #[test]
    fn facts_keep_the_words_of_the_link() {
        let world = World::new();
        let form = link("event=2037&source=MSExchangeSA&text=Kwyjibo&servers=EX02:5.0%20SP2").form(world.ladders(), words::LINK);
        let statements = form.statements(world.ladders()).unwrap();
        let lines: Vec<_> = statements.iter().map(|statement| (statement.key.as_str(), statement.line.as_deref().unwrap())).collect();
        assert_eq!(lines, [("text", "the link: Kwyjibo"), ("events", "the link: event=2037 source=MSExchangeSA"), ("servers", "the link: EX02:5.0 SP2")]);
        assert!(statements.iter().all(|statement| statement.source == Source::Confirmed), "the button confirms what the page shows");
        let Some(Value::Rows(rows)) = &statements[2].value else { panic!("{statements:?}") };
        assert_eq!(rows.rows[0].level.as_deref(), Some("5.0 SP2"));
    }

    #[test]
    fn what_cannot_be_read_stands_in_its_field_beside_its_message() {
        let world = World::new();
        let form = link("event=many&source=X&servers=EX01:9.9,EX02:5.0").form(world.ladders(), words::LINK);
        assert_eq!((form.events[0].typed.id.as_str(), form.servers.rows[0].text("level")), ("many", "9.9"));
        let errors = form.statements(world.ladders()).unwrap_err();
        assert!(errors.of("event-id-1").is_some() && errors.of("level-1").is_some() && errors.of("level-2").is_none(), "{errors:?}");
    }
}
