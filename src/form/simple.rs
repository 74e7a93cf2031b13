//! Forms with one control: a choice, a number, a code, a line of text.

use super::one_error;
use crate::tree::answer::{self, Kind};
use crate::tree::code::Code;
use crate::tree::fact::Value;
use crate::tree::model::{Ask, Question};
use crate::web::{Failure, FieldErrors, Fields};

/// The id of the control, or of the first of several.
pub const CONTROL: &str = "answer";

/// Options with those that are chosen.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// Every option: key, label, hint, whether it is chosen.
    pub options: Vec<Chosen>,
}

/// An option of a choice.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The id of its control.
    pub id: String,
    /// What is sent.
    pub key: String,
    /// What the visitor reads.
    pub label: String,
    /// A line of help.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choosing {
    /// The options of `question` with those that `value` chooses.
    pub fn new(question: &Question, value: Option<&Value>) -> Self {
        Self::with(question, |key| match value {
            Some(Value::Choice(chosen)) => chosen == key,
            Some(Value::Choices(chosen)) => chosen.contains(key),
            Some(Value::YesNo(yes)) => key == if *yes { "yes" } else { "no" },
            _ => false,
        })
    }

    /// The options with those that were sent.
    pub fn sent(question: &Question, fields: &Fields) -> Result<Self, Failure> {
        let sent: Vec<&str> = fields.all(CONTROL).collect();
        if question.ask != Ask::Choices {
            fields.get(CONTROL)?;
        }
        let choosing = Self::with(question, |key| sent.contains(&key));
        if sent.iter().any(|key| !choosing.options.iter().any(|option| option.key == **key)) {
            return Err(Failure::bad_input("The form sent an option that this question does not have. Reload the page and choose again."));
        }
        Ok(choosing)
    }

    fn with(question: &Question, is_chosen: impl Fn(&str) -> bool) -> Self {
        let own = question.options.iter().map(|option| (option.key.clone(), option.label.clone(), option.hint.clone()));
        let yes_no = [("yes", "Yes"), ("no", "No")].map(|(key, label)| (key.to_owned(), label.to_owned(), None));
        let all: Vec<_> = if question.ask == Ask::YesNo { yes_no.into() } else { own.collect() };
        let options = all.into_iter().enumerate().map(|(index, (key, label, hint))| {
            let id = if index == 0 { CONTROL.to_owned() } else { format!("{CONTROL}-{index}") };
            Chosen { id, chosen: is_chosen(&key), key, label, hint }
        });
        Self { options: options.collect() }
    }

    /// The one that is chosen.
    pub fn read_one(&self, question: &Question) -> Result<Value, FieldErrors> {
        let mut errors = FieldErrors::default();
        match self.options.iter().find(|option| option.chosen) {
            Some(option) if question.ask == Ask::YesNo => Ok(Value::YesNo(option.key == "yes")),
            Some(option) => Ok(Value::Choice(option.key.clone())),
            None => {
                errors.add(CONTROL, "Choose an answer, or press \"I don't know\".");
                Err(errors)
            }
        }
    }

    /// Those that are chosen; none of them is an answer too.
    pub fn read_many(&self) -> Value {
        Value::Choices(self.options.iter().filter(|option| option.chosen).map(|option| option.key.clone()).collect())
    }
}

/// A control for one line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What stands in it.
    pub text: String,
}

impl Line {
    /// The line that shows `value`.
    pub fn new(value: Option<&Value>) -> Self {
        let text = match value {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Code(code)) => code.to_string(),
            Some(Value::Codes(codes)) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        Self { text }
    }

    /// What was sent.
    pub fn sent(fields: &Fields) -> Result<Self, Failure> {
        Ok(Self { text: fields.get(CONTROL)?.unwrap_or_default().to_owned() })
    }

    /// Writes codes that were pasted into the line, behind what stands there if it takes `many`. The answer has the name of each, `None` where there
    /// is no room.
    pub fn take(&mut self, codes: &[Code], many: bool) -> Vec<Option<String>> {
        let mut words: Vec<String> = if many { self.text.split_whitespace().map(str::to_owned).collect() } else { Vec::new() };
        let mut names = Vec::new();
        for code in codes.iter().map(ToString::to_string) {
            let is_there = words.contains(&code);
            let has_room = many || words.is_empty();
            names.push((is_there || has_room).then(|| code.clone()));
            if has_room && !is_there {
                words.push(code);
            }
        }
        self.text = words.join(" ");
        names
    }

    /// The line as a value of `kind`.
    pub fn read(&self, kind: Option<Kind<'_>>) -> Result<Value, FieldErrors> {
        let read = match kind {
            Some(Kind::Number(limits)) => number(&self.text).and_then(|number| answer::limited(number, limits)).map(Value::Number),
            Some(Kind::Code) => answer::code(&self.text).map(Value::Code),
            Some(Kind::Codes) => self.text.split_whitespace().map(answer::code).collect::<Result<Vec<_>, _>>().and_then(at_least_one).map(Value::Codes),
            _ => answer::checked_text(self.text.clone()).map(Value::Text),
        };
        read.map_err(|problem| one_error(CONTROL, problem.message))
    }
}

fn at_least_one<T>(items: Vec<T>) -> Result<Vec<T>, answer::Problem> {
    if items.is_empty() { Err(answer::Problem { cell: None, message: "Enter the code, or press \"I don't know\".".to_owned() }) } else { Ok(items) }
}

/// Reads a number as people write it; a comma is taken for a decimal point.
fn number(text: &str) -> Result<f64, answer::Problem> {
    let tidy: String = text.trim().replace(',', ".");
    tidy.parse().map_err(|_| answer::Problem { cell: None, message: "Enter a number in digits, such as 12 or 0.5.".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_codes_replace_one_code_and_join_several() {
        let codes = ["c1030ad1", "8004010f", "c1030ad1"].map(|code| Code::parse(code).unwrap());
        let written = |code: &Code| Some(code.to_string());
        let mut line = Line { text: "c1030ad1".to_owned() };
        assert_eq!(line.take(&codes, true), codes.each_ref().map(written));
        assert_eq!(line.text, "c1030ad1 8004010f");
        let mut line = Line { text: "12".to_owned() };
        assert_eq!(line.take(&codes, false), [written(&codes[0]), None, written(&codes[0])]);
        assert_eq!(line.text, "c1030ad1");
    }
}
