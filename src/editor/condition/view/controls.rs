//! The controls of a line, by its kind.

use super::super::form::{Field, Join, Kind, Line};
use super::choices::{Choices, one_group};
use super::{Control, Group, Input, Surroundings};

const ORDER: [(&str, &str); 6] = [("=", "the same as"), ("!=", "other than"), ("<", "lower than"), ("<=", "at most"), (">", "higher than"), (">=", "at least")];
const SAMENESS: [(&str, &str); 2] = [("=", "is"), ("!=", "is not")];
const LEVEL_TESTS: [(&str, &str); 11] = [
    ("is", "is"),
    ("below", "is below"),
    ("at most", "is at most"),
    ("at least", "is at least"),
    ("above", "is above"),
    ("older than", "is older than"),
    ("newer than", "is newer than"),
    ("newer than known", "is newer than every known one"),
    ("is behind", "is behind the updates that are out"),
    ("is on an ended line", "is on a line that gets no more updates"),
    ("is in an ended family", "is in a family that gets no more updates"),
];
const TEXT_TESTS: [(&str, &str); 7] = [
    ("contains", "contains the words, in this order"),
    ("words", "contains the words, in any order"),
    ("like", "reads as a whole (* is any text)"),
    ("matches", "matches the regular expression"),
    ("code", "shows the code"),
    ("source", "has the source"),
    ("id", "has the number (event ID)"),
];
const ATTRIBUTES: [(&str, &str); 5] = [("name", "name"), ("site", "site"), ("platform", "platform"), ("edition", "edition"), ("language", "language")];
const ACTIONS: [(&str, &str); 8] = [
    ("apply", "applied a service pack or update"),
    ("install", "installed"),
    ("reinstall", "reinstalled"),
    ("upgrade", "upgraded"),
    ("add to site", "added to the site"),
    ("move", "moved"),
    ("remove", "removed"),
    ("restore", "restored"),
];

/// The controls of the line with this number.
pub(super) fn of(line: &Line, number: usize, around: &Surroundings, choices: &Choices) -> Vec<Control> {
    let desk = Desk { line, number, around, choices };
    match line.kind {
        Kind::Group | Kind::Event => vec![desk.join()],
        Kind::Where => vec![desk.join()],
        Kind::Rows => desk.rows(),
        Kind::Messages => vec![desk.select(Field::Fact, "Which messages", choices.texts()), desk.join()],
        Kind::Code => vec![desk.text(Field::Value, "Code", "", None)],
        Kind::Fact => desk.fact(),
        Kind::Said => vec![desk.of_few(Field::How, "The text", &TEXT_TESTS), desk.text(Field::Value, "Words", "grow", None)],
        _ => std::iter::once(desk.machine(Field::Of, "Whose", "", desk.own_row())).chain(desk.row_test()).collect(),
    }
}

/// One line and what is known around it.
struct Desk<'d> {
    line: &'d Line,
    number: usize,
    around: &'d Surroundings,
    choices: &'d Choices,
}

impl Desk<'_> {
    fn control(&self, field: Field, label: &'static str, class: &'static str, input: Input) -> Control {
        let value = self.line.get(field);
        // A text field has one line; what was written as text may have more.
        let input = if matches!(input, Input::Text(_)) && value.contains('\n') { Input::Area } else { input };
        Control { id: field.id(self.number), label, value: value.to_owned(), class, input }
    }

    fn select(&self, field: Field, label: &'static str, groups: Vec<Group>) -> Control {
        self.control(field, label, "", Input::Select(groups))
    }

    fn of_few(&self, field: Field, label: &'static str, options: &[(&str, &str)]) -> Control {
        self.select(field, label, one_group(options))
    }

    fn text(&self, field: Field, label: &'static str, class: &'static str, list: Option<&'static str>) -> Control {
        self.control(field, label, class, Input::Text(list))
    }

    fn join(&self) -> Control {
        let plural = if self.line.kind == Kind::Where {
            ["all of these hold", "at least one of these holds", "none of these holds"]
        } else {
            ["all of these are true", "at least one of these is true", "none of these is true"]
        };
        let options: Vec<(&str, &str)> = Join::ALL.into_iter().map(Join::as_str).zip(plural).collect();
        self.of_few(Field::Join, if self.line.kind == Kind::Group { "Of what stands below" } else { "for which" }, &options)
    }

    fn rows(&self) -> Vec<Control> {
        let mut who = vec![(String::new(), "of all".to_owned())];
        // The row itself gives its name to what is inside, and is none of the others.
        if self.around.row.is_some() || self.line.get(Field::Who) == "other" {
            who.push(("other".to_owned(), "other than the one above".to_owned()));
        }
        who.extend(self.around.names.iter().map(|name| (name.clone(), format!("other than {name}"))));
        let amounts = [("some", "at least one"), ("every", "every"), ("no", "no"), ("count", "a number of")];
        let mut controls = vec![
            self.of_few(Field::How, "How many", &amounts),
            self.control(Field::Op, "Compared", "if-count", Input::Select(one_group(&COUNTS))),
            self.text(Field::Value, "Number", "if-count narrow", None),
            self.of_few(Field::List, "Of what", &[("server", "server"), ("client", "client")]),
        ];
        if who.len() > 1 || !self.line.get(Field::Who).is_empty() {
            controls.push(self.select(Field::Who, "Which", vec![Group { label: None, options: who }]));
        }
        if self.around.compares || !self.line.get(Field::Var).is_empty() {
            controls.push(self.text(Field::Var, "Name for comparing, such as a", "narrow", None));
        }
        controls.push(self.join());
        controls
    }

    fn fact(&self) -> Vec<Control> {
        let fact = self.line.get(Field::Fact);
        let value = self.choices.answers(fact).map_or(Input::Text(None), Input::Select);
        vec![
            self.select(Field::Fact, "To the question", self.choices.facts()),
            self.select(Field::Op, "The answer", self.choices.comparisons(fact)),
            self.control(Field::Value, "Value", "", value),
        ]
    }

    /// What the empty choice of a machine means here.
    fn own_row(&self) -> &'static str {
        match self.around.row {
            Some("client") => "this client",
            Some(_) => "this server",
            None => "Choose",
        }
    }

    fn machine(&self, field: Field, label: &'static str, class: &'static str, none: &str) -> Control {
        let mut options = vec![(String::new(), none.to_owned())];
        options.extend(self.around.names.iter().map(|name| (name.clone(), format!("the one called {name}"))));
        options.extend(self.choices.subjects());
        self.control(field, label, class, Input::Select(vec![Group { label: None, options }]))
    }

    fn row_test(&self) -> Vec<Control> {
        match self.line.kind {
            Kind::Compare => vec![
                self.of_few(Field::What, "Its", &SCALES).of_class("what"),
                self.text(Field::Name, "Component", "if-name", None),
                self.of_few(Field::Op, "is", &ORDER),
                self.machine(Field::With, "that of", "", "Choose"),
                self.of_few(Field::WithWhat, "namely its", &SCALES).of_class("with-what"),
                self.text(Field::WithName, "Its component", "if-with-name", None),
            ],
            Kind::Attribute => vec![
                self.of_few(Field::What, "Its", &ATTRIBUTES),
                self.of_few(Field::Op, "is", &SAMENESS),
                self.machine(Field::With, "that of", "with", "the text beside"),
                self.text(Field::Value, "Text", "if-value", None),
            ],
            Kind::Version => self.version(),
            Kind::HasFile => vec![self.text(Field::Value, "has the file", "", None)],
            Kind::Hotfix => vec![self.text(Field::Value, "has the hotfix", "", Some("hotfixes"))],
            Kind::Role => vec![self.text(Field::Value, "has the role", "", Some("roles"))],
            Kind::History => self.history(),
            kind => {
                let name = (kind == Kind::Component).then(|| self.text(Field::Name, "Component", "", None));
                let is = self.of_few(Field::How, if kind == Kind::Os { "Its Windows" } else { "Its version" }, &LEVEL_TESTS);
                let level = self.level(Field::Level, "Version", "if-level", kind == Kind::Os);
                name.into_iter().chain([is, level]).collect()
            }
        }
    }

    fn version(&self) -> Vec<Control> {
        let mut with = self.machine(Field::With, "that of", "with", "the number beside");
        if let Input::Select(groups) = &mut with.input {
            groups.extend(one_group(&[(super::super::form::SAME_ROW, "the same machine")]));
        }
        vec![
            self.of_few(Field::What, "Its", &VERSIONS).of_class("what"),
            self.text(Field::Name, "File", "if-name", None),
            self.of_few(Field::Op, "is", &ORDER),
            with,
            self.text(Field::Value, "Number", "if-value", None),
            self.control(Field::WithWhat, "namely its", "if-with with-what", Input::Select(one_group(&VERSIONS))),
            self.text(Field::WithName, "Its file", "if-with if-with-name", None),
        ]
    }

    fn history(&self) -> Vec<Control> {
        let tenses = [("did", "was ever"), ("doing", "is being"), ("before", "was first")];
        vec![
            self.of_few(Field::How, "It", &tenses),
            self.of_few(Field::Action, "What", &ACTIONS).of_class("action"),
            self.level(Field::From, "from", "if-from", false),
            self.level(Field::To, "Version", "if-to", false),
            self.control(Field::Then, "and later", "if-before then", Input::Select(one_group(&ACTIONS))),
            self.level(Field::ThenFrom, "later from", "if-before if-then-from", false),
            self.level(Field::ThenTo, "later version", "if-before if-then-to", false),
        ]
    }

    fn level(&self, field: Field, label: &'static str, class: &'static str, windows: bool) -> Control {
        self.control(field, label, class, self.choices.levels(windows))
    }
}

const COUNTS: [(&str, &str); 6] = [(">=", "at least"), ("<=", "at most"), ("=", "exactly"), (">", "more than"), ("<", "fewer than"), ("!=", "any number but")];
const SCALES: [(&str, &str); 3] = [("level", "version"), ("os", "Windows version"), ("component", "component\u{2019}s version")];
const VERSIONS: [(&str, &str); 2] = [("build", "build"), ("file", "version of the file")];

impl Control {
    fn of_class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }
}
