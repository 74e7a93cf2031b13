//! What is said of one machine, message or event, with its negation.

use super::super::action::Action;
use super::super::ast::{Attribute, Bound, LevelName, LevelTest, Op, Predicate, Scale, TextExpr, VersionOf};

/// A verb and what follows it.
pub(super) struct Phrase {
    verb: &'static str,
    rest: String,
}

impl Phrase {
    pub(super) fn new(verb: &'static str, rest: impl Into<String>) -> Self {
        Self { verb, rest: rest.into() }
    }

    /// The phrase, or its negation.
    pub(super) fn text(&self, negated: bool) -> String {
        let Self { verb, rest } = self;
        if !negated {
            return format!("{verb} {rest}");
        }
        match *verb {
            "is" | "was" => format!("{verb} not {rest}"),
            "has" => format!("does not have {rest}"),
            "had" => format!("did not have {rest}"),
            "matches" => format!("does not match {rest}"),
            verb => format!("does not {} {rest}", verb.strip_suffix('s').unwrap_or(verb)),
        }
    }
}

/// What a test says of its row. `machine` names another machine.
pub(super) fn of_predicate(predicate: &Predicate, machine: &dyn Fn(&str) -> String) -> Phrase {
    match predicate {
        Predicate::Level { scale, is } => of_level(scale, is),
        Predicate::CompareLevel { scale, op, with, with_scale } => of_two_levels(scale, *op, &machine(with), with_scale),
        Predicate::Text { attribute, differs, value } => of_text(*attribute, *differs, value),
        Predicate::CompareText { attribute, differs, with } => {
            let sameness = if *differs { "another" } else { "the same" };
            let joiner = if *differs { "than" } else { "as" };
            Phrase::new("has", format!("{sameness} {} {joiner} {}", attribute.as_str(), machine(with)))
        }
        Predicate::Version { of, op, number } => Phrase::new("has", format!("{} {}{number}", version(of), limit(*op))),
        Predicate::CompareVersion { of, op, with, with_of } => {
            let owner = with.as_deref().map_or_else(|| "its own".to_owned(), |with| format!("that of {}:", machine(with)));
            Phrase::new("has", format!("{} {}{owner} {}", version(of), limit(*op), version(with_of)))
        }
        Predicate::HasFile(file) => Phrase::new("has", format!("the file {file}")),
        Predicate::Hotfix(hotfix) => Phrase::new("has", format!("the hotfix {hotfix}")),
        Predicate::Role(role) => Phrase::new("has", format!("the role {role}")),
        Predicate::Did(action) => of_action(action),
        Predicate::Doing(action) => of_action_now(action),
        Predicate::Before(first, then) => {
            let first = of_action(first);
            Phrase::new(first.verb, format!("{} before it {}", first.rest, of_action(then).text(false)))
        }
    }
}

/// What a test says of its message or event; `and`, `or` and `not` are joined outside.
pub(super) fn of_text_test(test: &TextExpr) -> Phrase {
    match test {
        TextExpr::Contains(phrase) => Phrase::new("contains", format!("“{}”", phrase.written())),
        TextExpr::Words(phrase) => Phrase::new("contains", format!("the words “{}”", phrase.written())),
        TextExpr::Like(glob) => Phrase::new("reads", format!("“{}”", glob.written())),
        TextExpr::Matches(pattern) => Phrase::new("matches", format!("the regular expression “{}”", pattern.written())),
        TextExpr::Code(code) => Phrase::new("shows", format!("the code {code}")),
        TextExpr::Source(source) => Phrase::new("comes", format!("from {source}")),
        TextExpr::Id(id) => Phrase::new("has", format!("the number {id}")),
        joined => Phrase::new("is", format!("such that {joined}")),
    }
}

fn of_level(scale: &Scale, is: &LevelTest) -> Phrase {
    let place = match is {
        LevelTest::Is(name) => {
            let name = plain(name);
            return match scale {
                Scale::Level => Phrase::new("runs", name),
                Scale::Os => Phrase::new("runs", format!("Windows {name}")),
                Scale::Component(component) => Phrase::new("has", format!("{component} {name}")),
            };
        }
        LevelTest::Within { family, bound, level } => format!("{} {family} {level}", side(*bound)),
        LevelTest::OlderThan(name) => format!("older than {}", plain(name)),
        LevelTest::NewerThan(name) => format!("newer than {}", plain(name)),
        LevelTest::NewerThanKnown => "newer than every level that is known".to_owned(),
        LevelTest::Behind => "behind the updates that have come out".to_owned(),
        LevelTest::OnEndedLine => "on a line that gets no more updates".to_owned(),
        LevelTest::InEndedFamily => "in a family that gets no more updates".to_owned(),
    };
    match scale {
        Scale::Level => Phrase::new("is", place),
        Scale::Os => Phrase::new("runs", format!("a Windows that is {place}")),
        Scale::Component(component) => Phrase::new("has", format!("a {component} that is {place}")),
    }
}

fn side(bound: Bound) -> &'static str {
    match bound {
        Bound::Below => "below",
        Bound::AtMost => "at or below",
        Bound::AtLeast => "at or above",
        Bound::Above => "above",
    }
}

/// A family or level without the quotes that conditions need.
fn plain(name: &LevelName) -> String {
    match &name.level {
        Some(level) => format!("{} {level}", name.family),
        None => name.family.clone(),
    }
}

fn of_two_levels(scale: &Scale, op: Op, with: &str, with_scale: &Scale) -> Phrase {
    let noun = |scale: &Scale| match scale {
        Scale::Level => "level".to_owned(),
        Scale::Os => "Windows level".to_owned(),
        Scale::Component(component) => format!("level of {component}"),
    };
    let there = if scale == with_scale { with.to_owned() } else { format!("the {} of {with}", noun(with_scale)) };
    let noun = noun(scale);
    let rest = match op {
        Op::Eq => format!("the same {noun} as {there}"),
        Op::Ne => format!("another {noun} than {there}"),
        Op::Lt => format!("a lower {noun} than {there}"),
        Op::Le => format!("the same or a lower {noun} than {there}"),
        Op::Gt => format!("a higher {noun} than {there}"),
        Op::Ge => format!("the same or a higher {noun} than {there}"),
    };
    Phrase::new("has", rest)
}

fn of_text(attribute: Attribute, differs: bool, value: &str) -> Phrase {
    match (attribute, differs) {
        (Attribute::Name, false) => Phrase::new("is", format!("named {value}")),
        (Attribute::Site, false) => Phrase::new("is", format!("in the site {value}")),
        (attribute, false) => Phrase::new("has", format!("the {} {value}", attribute.as_str())),
        (attribute, true) => Phrase::new("has", format!("another {} than {value}", attribute.as_str())),
    }
}

fn version(of: &VersionOf) -> String {
    match of {
        VersionOf::Build => "build".to_owned(),
        VersionOf::File(file) => file.clone(),
    }
}

fn limit(op: Op) -> &'static str {
    match op {
        Op::Eq => "",
        Op::Ne => "other than ",
        Op::Lt => "below ",
        Op::Le => "at or below ",
        Op::Gt => "above ",
        Op::Ge => "at or above ",
    }
}

/// The past participle of an action.
fn participle(verb: &str) -> &'static str {
    match verb {
        "add to site" => "added to the site",
        "apply" => "applied",
        "install" => "installed",
        "move" => "moved",
        "reinstall" => "reinstalled",
        "remove" => "removed",
        "restore" => "restored",
        _ => "upgraded",
    }
}

/// What was brought onto the machine by an action, if anything.
fn brought(action: &Action) -> Option<String> {
    match (&action.to, action.verb) {
        (Some(to), verb) if Action::names_level(verb) => Some(plain(to)),
        (None, "apply") => Some("a service pack".to_owned()),
        _ => None,
    }
}

/// From where to where an upgrade led.
fn way(action: &Action) -> String {
    let from = action.from.as_ref().map(|from| format!(" from {}", plain(from))).unwrap_or_default();
    let to = action.to.as_ref().map(|to| format!(" to {}", plain(to))).unwrap_or_default();
    format!("{}{from}{to}", participle(action.verb))
}

fn of_action(action: &Action) -> Phrase {
    match brought(action) {
        Some(what) => Phrase::new("had", format!("{what} {}", participle(action.verb))),
        None => Phrase::new("was", way(action)),
    }
}

/// The same while it goes on.
fn of_action_now(action: &Action) -> Phrase {
    match brought(action) {
        Some(what) => Phrase::new("is", format!("having {what} {}", participle(action.verb))),
        None => Phrase::new("is", format!("being {}", way(action))),
    }
}
