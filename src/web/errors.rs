//! Messages about what was sent. A form comes back with them; its template shows them twice: above it, as links, and beside each field.
//! A program gets them as the `errors` of a problem document.

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The id of the control that must change; for a program the JSON Pointer (RFC 6901) of the member.
    pub field: String,
    /// What to do, in one sentence.
    pub text: String,
}

/// The messages of one form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Adds a message about the control with this id.
    pub fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), text: text.into() });
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
            1 => "One answer needs a change".to_owned(),
            count => format!("{count} answers need a change"),
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
        assert_eq!(errors.heading(), "One answer needs a change");
        errors.add("name-3", "Enter another name");
        assert_eq!(errors.heading(), "2 answers need a change");
        assert_eq!(errors.of("name-3"), Some("Enter another name"));
        assert_eq!(errors.of("name-1"), None);
    }
}
