//! Messages about what was sent. A form comes back with them; its template shows them beside each field and, in short where they are long, above it as links.
//! A program gets them as the `errors` of a problem document.

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The id of the control that must change; for a program the JSON Pointer (RFC 6901) of the member.
    pub field: String,
    /// What to do.
    pub text: String,
    /// The same in a few words, where it takes more than a sentence.
    brief: Option<String>,
}

impl FieldError {
    /// What the summary above the form says.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.brief.as_deref().unwrap_or(&self.text)
    }
}

/// The messages of one form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Adds a message about the control with this id.
    pub fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), text: text.into(), brief: None });
    }

    /// Adds a message of several sentences, which the summary above the form says in a few words.
    pub fn add_long(&mut self, field: impl Into<String>, text: impl Into<String>, brief: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), text: text.into(), brief: Some(brief.into()) });
    }

    /// Whether the form may be taken as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All messages.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// The first message about the control with this id.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.text.as_str())
    }

    /// The summary's heading, which names the count.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.0.len() {
            1 => "One entry needs a change".to_owned(),
            count => format!("{count} entries need a change"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_by_the_control_it_is_about() {
        let mut errors = FieldErrors::default();
        assert!(errors.is_empty());
        errors.add("name-2", "Enter a name");
        assert_eq!(errors.heading(), "One entry needs a change");
        errors.add("name-3", "Enter another name");
        assert_eq!(errors.heading(), "2 entries need a change");
        assert_eq!(errors.of("name-3"), Some("Enter another name"));
        assert_eq!(errors.of("name-1"), None);
    }

    #[test]
    fn a_long_message_stands_beside_its_field_and_a_short_one_above_the_form() {
        let mut errors = FieldErrors::default();
        errors.add("when", "Write a condition.");
        errors.add_long("to", "There is no such node. Choose one of the list.", "Choose a node.");
        assert_eq!(errors.of("to"), Some("There is no such node. Choose one of the list."));
        assert_eq!(errors.iter().map(FieldError::summary).collect::<Vec<_>>(), ["Write a condition.", "Choose a node."]);
    }
}
