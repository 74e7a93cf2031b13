//! What stands in the page's form: the outline, the text beside it, and the branch's other fields.

use super::form::{Form, MOST_LINES};
use crate::tree::condition::{Condition, Scope};
use crate::tree::model::Branch;
use crate::web::{Failure, FieldErrors, Fields};

/// What was typed into the page's form.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The short answer for the map; empty for none.
    pub label: String,
    /// The key of the node that the branch leads to, or `+` and the kind of a node that is made for it.
    pub to: String,
    /// The title of the node that is made.
    pub new_title: String,
    /// Servers to try the condition on, one a line.
    pub example: String,
    /// The outline; `None` where the condition is too long for one and is edited as text.
    pub form: Option<Form>,
    /// The text beside it.
    pub text: String,
    /// What the text was when the page was made: if it is something else now, the author has changed it.
    pub text_was: String,
}

impl Typed {
    /// A branch as it stands in the tree.
    #[must_use]
    pub fn of(branch: &Branch) -> Self {
        let typed = Self { label: branch.label.clone().unwrap_or_default(), to: branch.to.clone(), ..Self::new(String::new()) };
        typed.meaning(&branch.when)
    }

    /// A branch that does not exist yet, and leads to `to` unless the author says otherwise.
    #[must_use]
    pub fn new(to: String) -> Self {
        Self {
            label: String::new(),
            to,
            new_title: String::new(),
            example: String::new(),
            form: Some(Form::new()),
            text: String::new(),
            text_was: String::new(),
        }
    }

    /// What was posted.
    ///
    /// # Errors
    /// [`Failure::BadInput`] for a field that was sent twice.
    pub fn read(fields: &Fields) -> Result<Self, Failure> {
        let get = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n"));
        let form = fields.get("by_text")?.is_none().then(|| Form::read(fields));
        Ok(Self {
            label: get("label")?.trim().to_owned(),
            to: get("to")?,
            new_title: get("new_title")?.trim().to_owned(),
            example: get("example")?,
            form,
            text: get("text")?,
            text_was: get("text_was")?,
        })
    }

    /// The same with outline and text of this condition.
    #[must_use]
    pub fn meaning(self, condition: &Condition) -> Self {
        let form = Some(Form::of(condition)).filter(|form| form.lines().len() <= MOST_LINES);
        let text = condition.to_string();
        Self { form, text_was: text.clone(), text, ..self }
    }

    /// The same whose text says what the outline says, unless the author has changed the text too.
    #[must_use]
    pub fn in_step(self, scope: &Scope<'_>) -> Self {
        match self.form.as_ref().map(|form| form.condition(scope)) {
            Some(Ok(condition)) if !self.text_is_changed() => {
                let text = condition.to_string();
                Self { text_was: text.clone(), text, ..self }
            }
            _ => self,
        }
    }

    fn text_is_changed(&self) -> bool {
        self.text.trim() != self.text_was.trim()
    }

    /// The condition of the text.
    ///
    /// # Errors
    /// The first mistake, with its line and column, beside the field `text`.
    pub fn of_text(&self) -> Result<Condition, FieldErrors> {
        Condition::parse(&self.text).map_err(|error| wrong_text(error.to_string()))
    }

    /// The condition that is meant: that of the outline, or of the text where only this was changed.
    ///
    /// # Errors
    /// What must change; also if both were changed, for then one would be lost.
    pub fn condition(&self, scope: &Scope<'_>) -> Result<Condition, FieldErrors> {
        let Some(form) = &self.form else { return self.of_text() };
        let outline = form.condition(scope);
        if !self.text_is_changed() {
            return outline;
        }
        let outline_is_as_it_was = match &outline {
            Ok(condition) => condition.to_string() == self.text_was,
            Err(_) => form.is_empty(),
        };
        if outline_is_as_it_was {
            return self.of_text();
        }
        Err(wrong_text(
            "The text and the form were both changed. Press \u{201c}Use this text\u{201d} to go on with the text, or \u{201c}Use the form\u{201d} to go on with the form.",
        ))
    }
}

fn wrong_text(message: impl Into<String>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add("text", message);
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::condition::testing::World;

    fn meant(fields: &[(&str, &str)]) -> Result<String, String> {
        let world = World::new();
        let scope = Scope { slug: "tree", ladders: world.ladders(), ladder: "exchange", kind: &|_| None };
        let typed = Typed::read(&fields.iter().copied().collect()).unwrap();
        typed.condition(&scope).map(|condition| condition.to_string()).map_err(|errors| errors.of("text").unwrap_or("elsewhere").to_owned())
    }

    const OUTLINE: [(&str, &str); 6] = [("kind-1", "group"), ("kind-2", "level"), ("depth-2", "1"), ("of-2", "admin"), ("how-2", "is"), ("level-2", "5.0")];

    fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        OUTLINE.iter().chain(more).copied().collect()
    }

    #[test]
    fn what_was_changed_alone_is_meant() {
        assert_eq!(meant(&with(&[("text", "admin is 5.0"), ("text_was", "admin is 5.0")])).unwrap(), "admin is 5.0");
        assert_eq!(meant(&with(&[("text", "admin is 5.5"), ("text_was", "admin is 5.5")])).unwrap(), "admin is 5.0", "the outline was changed");
        assert_eq!(meant(&with(&[("text", "admin is 5.5"), ("text_was", "admin is 5.0")])).unwrap(), "admin is 5.5", "the text was changed");
        assert_eq!(meant(&[("text", "admin is 5.5"), ("text_was", ""), ("kind-1", "group")]).unwrap(), "admin is 5.5", "the outline is empty");
        assert_eq!(meant(&[("text", "admin is 5.5"), ("by_text", "1")]).unwrap(), "admin is 5.5");
    }

    #[test]
    fn nothing_is_lost_where_both_were_changed() {
        let refused = meant(&with(&[("text", "admin is 5.5"), ("text_was", "admin is 4.0")])).unwrap_err();
        assert!(refused.contains("both changed"), "{refused}");
        let mistaken = meant(&with(&[("text", "admin is\n  below"), ("text_was", "admin is 5.0")])).unwrap_err();
        assert!(mistaken.starts_with("line 2, column 3"), "{mistaken}");
    }
}
