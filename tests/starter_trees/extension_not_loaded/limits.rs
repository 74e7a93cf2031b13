//! Every walk, with every kind of answer: none may ask too much.

use fixpath::tree::closure::Closure;
use fixpath::tree::fact::{FactKey, Sheet, Source, Statement, Value};
use fixpath::tree::model::{Ask, Question};
use fixpath::tree::walk::{End, Tried, walk};
use serde_json::{Value as Json, json};

use super::{
    IMCADMIN, INPROXY, MEMORY, MODULE, MOST_FROM_NOTHING, MOST_FROM_PASTE, PLAIN, PROCESSOR, REPLICATION, SERVICE, SLUG, event, known, question, servers,
    starter, statement,
};

/// Answers that make a difference to the built-in facts' questions, and every answer to the others.
struct Answers {
    texts: Vec<Value>,
    events: Vec<Value>,
    servers: Vec<Value>,
    admin: Vec<Value>,
}

impl Answers {
    fn new(tree: &Closure) -> Self {
        let all = |fact: &str, values: Vec<Json>| values.into_iter().filter_map(|value| known(tree, &json!({fact: value})).remove(fact)?).collect();
        let texts = [PLAIN, REPLICATION, MEMORY, MODULE, PROCESSOR, SERVICE];
        let second_lines = texts.iter().map(|text| text.replace("SMTP", "MS")).chain([MODULE.replace("SMTP", "MSFB"), MODULE.replace("SMTP", "Other")]);
        let more = [
            "The error 87 occurred while formatting Windows NT error 182.",
            "The data to be configured could not be loaded.",
            "ID no: c1010aae",
            "ID no: c10312c6",
            "ID no: c1030ad1",
            "ID no: 0xc002007e",
        ];
        let sites: [&[&str]; 9] = [
            &["5.0", "5.0 SP1", "5.0 SP2"],
            &["5.0", "5.5"],
            &["4.0", "5.0", "5.5"],
            &["5.0 SP1"],
            &["5.5"],
            &["4.0 on NT 4.0", "5.0 SP1"],
            &["4.0", "5.5 on 2000"],
            &["5.0 on NT 4.0", "5.5 on 2000"],
            &["5.0", "5.5 on 2000"],
        ];
        let paths = [IMCADMIN, INPROXY, r"\address\GWISE\i386\gwxpxgen.dll", "igwadmin.dll", "Dsavuadm.dll", r"\add-ins\other.dll"];
        Self {
            texts: all("text", texts.map(str::to_owned).into_iter().chain(second_lines).chain(more.map(str::to_owned)).map(Json::from).collect()),
            events: all("events", paths.map(event).into()),
            servers: all("servers", sites.map(servers).into()),
            admin: all("admin", vec![json!({"version": "5.0"}), json!({"version": "5.5"})]),
        }
    }

    fn to(&self, question: &Question) -> Vec<Value> {
        match (question.fact.as_str(), question.ask) {
            ("text", _) => self.texts.clone(),
            ("events", _) => self.events.clone(),
            ("servers", _) => self.servers.clone(),
            ("admin", _) => self.admin.clone(),
            (_, Ask::YesNo) => vec![Value::YesNo(true), Value::YesNo(false)],
            (_, Ask::Choice) => question.options.iter().map(|option| Value::Choice(option.key.clone())).collect(),
            (fact, ask) => panic!("no answers to {fact}, asked as {}", ask.as_str()),
        }
    }
}

/// Walks on with every answer, "I don't know" included, and fails at a walk that asks more than `most` questions. A pasted fact that is asked for is confirmed.
fn explore(tree: &Closure, answers: &Answers, statements: &mut Vec<Statement>, asked: &mut Vec<String>, most: usize) {
    let End::Question { node, .. } = walk(tree, &Sheet::resolve(statements), &Tried::new()).end else { return };
    let question = question(tree, &node);
    asked.push(node.key);
    assert!(asked.len() <= most, "too many questions: {asked:?} with {statements:#?}");
    let key = FactKey::within(SLUG, &question.fact);
    let confirmed = statements.iter().find(|statement| statement.key == key).map(|statement| statement.value.clone());
    let next = confirmed.map_or_else(|| answers.to(question).into_iter().map(Some).chain([None]).collect(), |value| vec![value]);
    for value in next {
        statements.push(Statement { key: key.clone(), value, source: Source::Asked, line: None });
        explore(tree, answers, statements, asked, most);
        statements.pop();
    }
    asked.pop();
}

#[test]
fn no_walk_from_nothing_asks_more_than_six_questions() {
    let tree = starter(SLUG);
    explore(&tree, &Answers::new(&tree), &mut Vec::new(), &mut Vec::new(), MOST_FROM_NOTHING);
}

#[test]
fn no_walk_from_a_full_paste_asks_more_than_three_questions() {
    let tree = starter(SLUG);
    let answers = Answers::new(&tree);
    for text in &answers.texts {
        for event in &answers.events {
            for servers in &answers.servers {
                for admin in &answers.admin {
                    let said = [("text", text), ("events", event), ("servers", servers), ("admin", admin)];
                    let mut statements = said.map(|(fact, value)| statement(&tree, fact, Some(value.clone()), Source::Pasted)).into();
                    explore(&tree, &answers, &mut statements, &mut Vec::new(), MOST_FROM_PASTE);
                }
            }
        }
    }
}
