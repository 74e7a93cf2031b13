//! The buttons of an outline, wherever one is shown.

use super::form::{Addition, Form, Step};
use crate::tree::condition::Scope;
use crate::web::{Failure, FieldErrors, Fields};

/// What a button made of an outline.
#[derive(Debug)]
pub struct Pressed {
    /// The outline after it.
    pub form: Form,
    /// The number of the line to go on with.
    pub at: Option<usize>,
    /// What must change first.
    pub errors: FieldErrors,
}

/// Presses the button that sent `pressed`, such as `add-3` or `up-2`; `None` if the outline has no such button.
///
/// # Errors
/// [`Failure::BadInput`] for a field that was sent twice.
pub fn press(form: &Form, pressed: &str, fields: &Fields, scope: &Scope<'_>) -> Result<Option<Pressed>, Failure> {
    let Some((word, number)) = pressed.rsplit_once('-').and_then(|(word, number)| Some((word, number.parse::<usize>().ok()?))) else { return Ok(None) };
    let mut after = Pressed { form: form.clone(), at: None, errors: FieldErrors::default() };
    if word == "add" {
        let control = format!("add-{number}");
        let addition = Addition::parse(fields.get(&control)?.unwrap_or_default(), scope).ok_or_else(|| "Choose what to add.".to_owned());
        match addition.and_then(|addition| after.form.add(number, addition)) {
            Ok(at) => after.at = Some(at),
            Err(message) => after.errors.add(control, message),
        }
        return Ok(Some(after));
    }
    let Some(step) = Step::parse(word) else { return Ok(None) };
    after.at = Some(after.form.take(step, number));
    Ok(Some(after))
}
