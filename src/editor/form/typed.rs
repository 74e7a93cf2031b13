//! What stands in a form, as it was typed.
//!
//! A field's name says where it stands: `prompt`, `card-2-where`, `procedure-1-step-3-title`. Names and row numbers alternate, joined by `-`, so one reader serves every
//! form with rows in rows, and a form comes back exactly as it was sent, with a row more or less.

use std::collections::BTreeMap;

use crate::web::Fields;

/// Most rows of one list in a form.
pub const MOST_ROWS: usize = 200;
/// Fields that always have a value, so that a row with nothing else in it counts as empty.
const ALWAYS_FILLED: [&str; 4] = ["shell", "risk", "per", "was"];

/// The fields of a form or of one of its rows, and its lists of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    fields: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, Vec<Typed>>,
}

/// A change of a list of rows, as a button of the form asks for it: `add card`, `remove card-2`, `up procedure-1-step-3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reshape<'a> {
    /// A row at the end.
    Add(&'a str),
    /// One row less.
    Remove(&'a str),
    /// A row before the one that it follows.
    Up(&'a str),
    /// A row behind the one that follows it.
    Down(&'a str),
}

impl<'a> Reshape<'a> {
    /// Reads the value of the button; `None` for a button that does something else.
    #[must_use]
    pub fn parse(button: &'a str) -> Option<Self> {
        let (verb, place) = button.split_once(' ')?;
        match verb {
            "add" => Some(Self::Add(place)),
            "remove" => Some(Self::Remove(place)),
            "up" => Some(Self::Up(place)),
            "down" => Some(Self::Down(place)),
            _ => None,
        }
    }

    /// The id of the list or row that it is about.
    #[must_use]
    pub fn place(self) -> &'a str {
        match self {
            Self::Add(place) | Self::Remove(place) | Self::Up(place) | Self::Down(place) => place,
        }
    }
}

/// Rows by the number that their fields' names carry, while a form is read.
#[derive(Default)]
struct Gathered {
    fields: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, BTreeMap<usize, Gathered>>,
}

impl Gathered {
    fn put(&mut self, name: &str, value: &str) {
        let mut parts = name.splitn(3, '-');
        if let (Some(list), Some(number), Some(rest)) = (parts.next(), parts.next(), parts.next())
            && let Ok(number) = number.parse::<usize>()
        {
            let rows = self.lists.entry(list.to_owned()).or_default();
            if rows.len() < MOST_ROWS || rows.contains_key(&number) {
                rows.entry(number).or_default().put(rest, value);
            }
            return;
        }
        // Browsers send the end of a line as CR LF; texts are kept with LF alone.
        self.fields.entry(name.to_owned()).or_default().push(value.replace("\r\n", "\n"));
    }

    fn typed(self) -> Typed {
        let lists = self.lists.into_iter().map(|(name, rows)| (name, rows.into_values().map(Self::typed).collect()));
        Typed { fields: self.fields, lists: lists.collect() }
    }
}

impl Typed {
    /// What was sent.
    #[must_use]
    pub fn of(fields: &Fields) -> Self {
        let mut gathered = Gathered::default();
        for (name, value) in fields.iter() {
            gathered.put(name, value);
        }
        gathered.typed()
    }

    /// The same with a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.insert(name.to_owned(), vec![value.into()]);
        self
    }

    /// The same with a field that may be empty.
    #[must_use]
    pub fn with_optional(self, name: &str, value: Option<&str>) -> Self {
        self.with(name, value.unwrap_or_default())
    }

    /// The same with boxes ticked.
    #[must_use]
    pub fn with_ticks(mut self, name: &str, ticked: impl IntoIterator<Item = String>) -> Self {
        self.fields.insert(name.to_owned(), ticked.into_iter().collect());
        self
    }

    /// The same with a list of rows.
    #[must_use]
    pub fn with_rows(mut self, list: &str, rows: impl IntoIterator<Item = Self>) -> Self {
        self.lists.insert(list.to_owned(), rows.into_iter().collect());
        self
    }

    /// The value of a field; empty if there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Each field of this row and how many characters it has.
    pub fn lengths(&self) -> impl Iterator<Item = (&str, usize)> {
        self.fields.iter().map(|(name, values)| (name.as_str(), values.iter().map(|value| value.chars().count()).max().unwrap_or_default()))
    }

    /// Whether the box `value` of the field is ticked, or the option chosen.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.get(name).is_some_and(|values| values.iter().any(|ticked| ticked == value))
    }

    /// Puts a value into the field with this id, such as `procedure-1-step-2-text`. A row that is not there takes nothing.
    pub fn put(&mut self, id: &str, value: &str) {
        match id.splitn(3, '-').collect::<Vec<_>>()[..] {
            [list, number, rest] => {
                let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                if let Some(row) = index.and_then(|index| self.lists.get_mut(list)?.get_mut(index)) {
                    row.put(rest, value);
                }
            }
            _ => {
                self.fields.insert(id.to_owned(), vec![value.to_owned()]);
            }
        }
    }

    /// The rows of a list.
    #[must_use]
    pub fn rows(&self, list: &str) -> &[Self] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// The row whose fields begin with `prefix`, such as `part-1-field-2-`; an empty one if there is none.
    #[must_use]
    pub fn at(&self, prefix: &str) -> Self {
        match prefix.splitn(3, '-').collect::<Vec<_>>()[..] {
            [list, number, rest] => {
                let row = number.parse::<usize>().ok().and_then(|number| self.rows(list).get(number.checked_sub(1)?));
                row.map_or_else(Self::default, |row| row.at(rest))
            }
            _ => self.clone(),
        }
    }

    /// Whether nothing was typed here.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let typed = self.fields.iter().filter(|(name, _)| !ALWAYS_FILLED.contains(&name.as_str())).flat_map(|(_, values)| values);
        typed.into_iter().all(|value| value.trim().is_empty()) && self.lists.values().flatten().all(Self::is_blank)
    }

    /// Adds, removes or moves a row. A place that is not there changes nothing.
    pub fn reshape(&mut self, change: Reshape<'_>) {
        if let Reshape::Add(place) = change {
            if let Some(rows) = self.list(place).filter(|rows| rows.len() < MOST_ROWS) {
                rows.push(Self::default());
            }
            return;
        }
        let Some((list, number)) = change.place().rsplit_once('-') else { return };
        let (Some(rows), Ok(number)) = (self.list(list), number.parse::<usize>()) else { return };
        let Some(index) = number.checked_sub(1).filter(|index| *index < rows.len()) else { return };
        match change {
            Reshape::Add(_) => {}
            Reshape::Remove(_) => {
                rows.remove(index);
            }
            Reshape::Up(_) if index > 0 => rows.swap(index - 1, index),
            Reshape::Down(_) if index + 1 < rows.len() => rows.swap(index, index + 1),
            Reshape::Up(_) | Reshape::Down(_) => {}
        }
    }

    /// Puts `row` in the place of the last row of a list.
    pub fn fill_last(&mut self, list: &str, row: Self) {
        if let Some(last) = self.lists.get_mut(list).and_then(|rows| rows.last_mut()) {
            *last = row;
        }
    }

    /// The list at a place such as `card` or `procedure-2-step`.
    fn list(&mut self, place: &str) -> Option<&mut Vec<Self>> {
        match place.splitn(3, '-').collect::<Vec<_>>()[..] {
            [list] => Some(self.lists.entry(list.to_owned()).or_default()),
            [list, number, rest] => {
                let index = number.parse::<usize>().ok()?.checked_sub(1)?;
                self.lists.get_mut(list)?.get_mut(index)?.list(rest)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Typed {
        Typed::of(&pairs.iter().copied().collect())
    }

    #[test]
    fn rows_in_rows_are_read_by_their_numbers() {
        let typed =
            sent(&[("prompt", "a\r\nb"), ("p-2-key", "two"), ("p-1-key", "one"), ("p-1-step-1-title", "first"), ("meant", "order"), ("meant", "otherwise")]);
        assert_eq!(typed.text("prompt"), "a\nb");
        assert_eq!(typed.rows("p").iter().map(|row| row.text("key")).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(typed.rows("p")[0].rows("step")[0].text("title"), "first");
        assert!(typed.has("meant", "order") && typed.has("meant", "otherwise") && !typed.has("meant", "x"));
        assert_eq!((typed.text("none"), typed.rows("none").len()), ("", 0));
    }

    #[test]
    fn rows_come_go_and_move_and_keep_what_is_in_them() {
        let mut typed = sent(&[("p-1-step-1-title", "a"), ("p-1-step-2-title", "b"), ("p-1-step-3-title", "c")]);
        let order = |typed: &Typed| typed.rows("p")[0].rows("step").iter().map(|row| row.text("title").to_owned()).collect::<Vec<_>>();
        for (button, wanted) in [
            ("up p-1-step-3", vec!["a", "c", "b"]),
            ("down p-1-step-1", vec!["c", "a", "b"]),
            ("remove p-1-step-2", vec!["c", "b"]),
            ("up p-1-step-1", vec!["c", "b"]),
            ("down p-1-step-2", vec!["c", "b"]),
            ("remove p-9-step-1", vec!["c", "b"]),
            ("remove p-1-step-0", vec!["c", "b"]),
            ("add p-1-step", vec!["c", "b", ""]),
        ] {
            typed.reshape(Reshape::parse(button).unwrap());
            assert_eq!(order(&typed), wanted, "{button}");
        }
        typed.reshape(Reshape::Add("card"));
        assert_eq!(typed.rows("card").len(), 1);
        assert_eq!(Reshape::parse("save"), None);
    }

    #[test]
    fn a_row_with_nothing_but_its_defaults_is_blank() {
        assert!(sent(&[("shell", "cmd"), ("title", " "), ("step-1-shell", "sh")]).is_blank());
        assert!(!sent(&[("shell", "cmd"), ("step-1-title", "x")]).is_blank());
    }

    #[test]
    fn a_list_has_a_bound() {
        let many: Vec<(String, String)> = (1..=MOST_ROWS + 50).map(|number| (format!("p-{number}-key"), "k".to_owned())).collect();
        let mut typed = Typed::of(&many.into_iter().collect());
        typed.reshape(Reshape::Add("p"));
        assert_eq!(typed.rows("p").len(), MOST_ROWS);
    }
}
