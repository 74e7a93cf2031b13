//! The starter tree, walked: each of its nineteen outcomes from an empty start and from a full statement of the facts, its own cases, and
//! how many questions any walk asks at most.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of a test stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;

use fixpath::tree::closure::{Closure, NodeRef};
use fixpath::tree::fact::{BUILT_IN, FactKey, Sheet, Source, Statement, Value};
use fixpath::tree::ladder::{Ladder, Ladders};
use fixpath::tree::model::{Ask, NodeKind, Question};
use fixpath::tree::resolution::{self, Resolution};
use fixpath::tree::walk::{End, Tried, walk};
use fixpath::tree::{answer, case, check, file};
use serde_json::{Value as Json, json};

const SLUG: &str = "extension-not-loaded";

/// More questions than any walk from nothing may ask.
const TOO_MANY_FROM_NOTHING: usize = 7;
/// More questions than any walk from a full paste may ask.
const TOO_MANY_FROM_PASTE: usize = 4;

fn starter() -> Closure {
    let ladder = |key: &str, product: &str, table: &str| Arc::new(Ladder::from_csv(key, product, table).expect("a shipped ladder"));
    let ladders = Ladders::new([
        ladder("exchange", "Exchange Server", include_str!("../trees/ladders/exchange.csv")),
        ladder("windows", "Windows", include_str!("../trees/ladders/windows.csv")),
    ]);
    let tree = file::read(include_str!("../trees/extension-not-loaded.yaml")).unwrap_or_else(|error| panic!("{error}"));
    Closure::single(Arc::new(tree), Arc::new(ladders))
}

/// What a visitor knows, by fact.
type Known = BTreeMap<String, Option<Value>>;

fn known(tree: &Closure, facts: &Json) -> Known {
    let facts: BTreeMap<String, Json> = serde_json::from_value(facts.clone()).expect("a map of facts");
    let read = answer::read_facts(&tree.tree, &facts, &tree.ladders).unwrap_or_else(|problems| panic!("{problems:?}"));
    read.into_iter().map(|(key, value)| (key.bare().to_owned(), value)).collect()
}

fn statement(fact: &str, value: Option<Value>, source: Source) -> Statement {
    Statement { key: FactKey::within(SLUG, fact), value, source, line: None }
}

/// The built-in facts as if they were read from one paste.
fn pasted(known: &Known) -> Vec<Statement> {
    known.iter().filter(|(fact, _)| BUILT_IN.contains(&fact.as_str())).map(|(fact, value)| statement(fact, value.clone(), Source::Pasted)).collect()
}

fn question<'a>(tree: &'a Closure, node: &NodeRef) -> &'a Question {
    match tree.tree.node(&node.key).map(|node| &node.kind) {
        Some(NodeKind::Question(question)) => question,
        _ => panic!("{node} is no question"),
    }
}

/// A walk to its end.
struct Walked {
    asked: Vec<String>,
    end: String,
    statements: Vec<Statement>,
}

/// Answers every question with what is known, and "I don't know" to the others.
fn answered(tree: &Closure, known: &Known, mut statements: Vec<Statement>) -> Walked {
    let mut asked = Vec::new();
    loop {
        match walk(tree, &Sheet::resolve(&statements), &Tried::new()).end {
            End::Question { node, .. } => {
                assert!(!asked.contains(&node.key), "{node} is asked twice after {asked:?}");
                let fact = &question(tree, &node).fact;
                statements.push(statement(fact, known.get(fact).cloned().flatten(), Source::Asked));
                asked.push(node.key);
            }
            End::Outcome { node, .. } => return Walked { asked, end: node.key, statements },
            End::HandOver => return Walked { asked, end: case::HAND_OVER.to_owned(), statements },
        }
    }
}

fn servers(levels: &[&str]) -> Json {
    let row = |(index, level): (usize, &&str)| {
        let (version, os) = level.split_once(" on ").unwrap_or((level, ""));
        json!({"name": format!("EX{:02}", index + 1), "version": version, "os": os})
    };
    levels.iter().enumerate().map(row).collect()
}

fn event(path: &str) -> Json {
    json!([{"id": 2037, "source": "MSExchangeSA", "text": format!("The file version of '{path}' installed on the local server is not current. Unable to locate a correct version on any server in the site.")}])
}

const IMCADMIN: &str = r"\add-ins\smtp\i386\imcadmin.dll";
const INPROXY: &str = r"\address\SMTP\i386\inproxy.dll";
const PLAIN: &str = "Extension SMTP could not be loaded.";
const REPLICATION: &str = "Extension 'SMTP' could not be loaded.\n\nAn error occurred during file replication. Unable to find the extension .DLL file with the correct version number.";
const MEMORY: &str = "Extension 'SMTP' could not be loaded.\nA problem occurred with the extension .DLL file, possibly due to memory shortage. Close some applications or windows, and try again.";
const MODULE: &str = "Extension \"SMTP\" could not be loaded. The specified module could not be found.";
const PROCESSOR: &str = "Extension SMTP could not be loaded. The extension for Microsoft Exchange Administrator's CPU type has not been installed in the site.";
const SERVICE: &str = "Extension SMTP could not be loaded. The MSExchangeSA service is not available. MS Exchange Admin ID No C1031668";

/// One outcome: the facts of a visitor who has it, and what is asked, from nothing and with the built-in facts pasted.
struct Row {
    outcome: &'static str,
    facts: Json,
    from_nothing: &'static [&'static str],
    from_paste: &'static [&'static str],
}

fn row(outcome: &'static str, facts: Json, from_nothing: &'static [&'static str], from_paste: &'static [&'static str]) -> Row {
    Row { outcome, facts, from_nothing, from_paste }
}

/// The nineteen outcomes in the order of the guide.
fn table() -> Vec<Row> {
    let with = |text: &str, path: &str, levels: &[&str], admin: &str, more: Json| {
        let mut facts = json!({"text": text, "events": event(path), "servers": servers(levels), "admin": {"version": admin}});
        if let (Json::Object(facts), Json::Object(more)) = (&mut facts, more) {
            facts.extend(more);
        }
        facts
    };
    let wireless = "Extension 'Wireless' could not be loaded. An error occurred during file replication. ID NO C1030AD1";
    let dsavuadm = "Extension DSAVUADM could not be loaded. The extension for MS Exchange Administrator CPU type c1031667 could not be loaded.";
    let folder = "The object cannot be found in the directory. This may be because replication has not completed. ID no: c1010aae";
    let address = "An error occurred while processing an e-mail address. ID no: c1030b35";
    vec![
        row("level_generators", with(PLAIN, IMCADMIN, &["5.0", "5.0 SP1", "5.0 SP2"], "5.0", json!({})), &["error_text", "servers"], &[]),
        row("replicate_55_addin", with(REPLICATION, IMCADMIN, &["5.0", "5.0 SP1", "5.5"], "5.0", json!({})), &["error_text", "servers"], &[]),
        row("put_file_back", with(REPLICATION, IMCADMIN, &["5.5 SP1", "5.5 SP4"], "5.5", json!({"addin_file": "missing"})), &["error_text", "servers", "addin_file"], &["addin_file"]),
        row("use_55_administrator", with(MEMORY, IMCADMIN, &["5.0 SP2", "5.5"], "5.0 SP2", json!({})), &["error_text", "servers", "admin"], &[]),
        row("remote_registry", with(MEMORY, IMCADMIN, &["5.5 SP4 on 2000 SP4"], "5.5 SP4", json!({"registry_service": "stopped"})), &["error_text", "servers", "registry_service"], &["registry_service"]),
        row("nt_admin_rights", with(MEMORY, IMCADMIN, &["5.0 SP2 on NT 4.0"], "5.0 SP2", json!({"nt_admin": false})), &["error_text", "servers", "nt_admin"], &["nt_admin"]),
        row("runtime_libraries", with(MODULE, IMCADMIN, &["4.0 SP5", "5.5"], "4.0 SP5", json!({"share": "fine"})), &["error_text", "share", "servers", "admin"], &["share"]),
        row("share_addins", with(MODULE, IMCADMIN, &["5.5 SP4"], "5.5 SP4", json!({"share": "missing"})), &["error_text", "share"], &["share"]),
        row("mfc42", with(MODULE, IMCADMIN, &["5.5 SP4"], "5.5 SP4", json!({"share": "fine", "mfc42_file": "bad"})), &["error_text", "share", "servers", "mfc42_file"], &["share", "mfc42_file"]),
        row("recreate_extension_object", with(PROCESSOR, IMCADMIN, &["5.5 SP3"], "5.5 SP3", json!({"same_processor": true, "extension_object": "gone"})), &["error_text", "same_processor", "servers", "extension_object"], &["same_processor", "extension_object"]),
        row("other_processor", with(PROCESSOR, IMCADMIN, &["4.0 SP3"], "4.0 SP3", json!({"same_processor": false})), &["error_text", "same_processor"], &["same_processor"]),
        row("reapply_sp1", with(SERVICE, IMCADMIN, &["5.0 SP1"], "5.0 SP1", json!({})), &["error_text"], &[]),
        row("align_file_version", with(PLAIN, IMCADMIN, &["5.5 SP3"], "5.5 SP3", json!({"second_line": "none", "version_conflict": true})), &["error_text", "servers", "second_line", "event", "version_conflict"], &["second_line", "version_conflict"]),
        row("remove_wireless", with(wireless, r"Addins\Wireless\i386\igwadmin.dll", &["5.0"], "5.0", json!({"recovered": true})), &["error_text", "recovered"], &["recovered"]),
        row("remove_groupshield", with(dsavuadm, r"\\Add-ins\Dsavuad\I386\Dsavuadm.dll", &["5.5 SP2"], "5.5", json!({"groupshield": true})), &["error_text", "groupshield"], &["groupshield"]),
        row("reapply_service_pack", with(folder, INPROXY, &["5.5 SP3"], "5.5 SP3", json!({"admin_hotfix": "none"})), &["error_text", "event", "servers", "admin_hotfix"], &["admin_hotfix"]),
        row("align_generators", with(address, INPROXY, &["5.5 SP3"], "5.5 SP3", json!({"admin_hotfix": "q254805"})), &["error_text", "event", "servers", "admin_hotfix"], &["admin_hotfix"]),
        row("groupwise_address", with("Unable to Install Mailbox Agent,(80004005)", r"\address\GWISE\i386\gwxpxgen.dll", &["5.5 SP3"], "5.5 SP3", json!({"mailbox_manager": true})), &["error_text", "event", "mailbox_manager"], &["mailbox_manager"]),
        row("hand_over", with(REPLICATION, IMCADMIN, &["5.5 SP1", "5.5 SP4"], "5.5", json!({"addin_file": "present"})), &["error_text", "servers", "addin_file"], &["addin_file"]),
    ]
}

#[test]
fn every_outcome_is_reached_from_nothing_and_from_a_paste() {
    let tree = starter();
    let mut from_paste = Vec::new();
    for row in table() {
        let known = known(&tree, &row.facts);
        let nothing = answered(&tree, &known, Vec::new());
        assert_eq!((nothing.end.as_str(), nothing.asked), (row.outcome, row.from_nothing.iter().map(ToString::to_string).collect()), "from nothing");
        let paste = answered(&tree, &known, pasted(&known));
        assert_eq!((paste.end.as_str(), &paste.asked), (row.outcome, &row.from_paste.iter().map(ToString::to_string).collect()), "from a paste");
        assert!(row.from_nothing.len() < TOO_MANY_FROM_NOTHING && row.from_paste.len() < TOO_MANY_FROM_PASTE, "{}", row.outcome);
        from_paste.push(row.from_paste.len());
    }
    let outcomes: Vec<String> = tree.outcomes().into_iter().map(|node| node.key).collect();
    assert_eq!(table().iter().map(|row| row.outcome).collect::<Vec<_>>(), outcomes);
    from_paste.sort_unstable();
    assert!(from_paste[from_paste.len() / 2] <= 1, "the median walk from a paste asks more than one question: {from_paste:?}");
}

#[test]
fn the_tree_has_no_findings_and_its_cases_pass() {
    let tree = starter();
    assert_eq!(check::check(&tree.tree, &tree.ladders), []);
    for kept in &tree.tree.cases {
        let ran = case::run(&tree, kept).unwrap_or_else(|message| panic!("{}: {message}", kept.name));
        assert_eq!(ran.got, kept.expect, "{}", kept.name);
    }
}

#[test]
fn every_outcome_has_a_case() {
    let tree = starter();
    for outcome in tree.outcomes() {
        assert!(tree.tree.cases.iter().any(|case| case.expect == outcome.key), "{outcome}");
    }
}

fn resolved(facts: &Json) -> (String, Resolution) {
    let tree = starter();
    let walked = answered(&tree, &known(&tree, facts), Vec::new());
    let Some(NodeKind::Outcome(outcome)) = tree.tree.node(&walked.end).map(|node| &node.kind) else { panic!("{} is no outcome", walked.end) };
    let resolution = resolution::resolve(&tree, outcome, &Sheet::resolve(&walked.statements));
    (walked.end, resolution)
}

#[test]
fn the_older_servers_are_levelled_by_name() {
    let (end, page) = resolved(&json!({"text": PLAIN, "events": event(IMCADMIN), "servers": servers(&["5.0", "5.0 SP1", "5.0 SP2"])}));
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("level_generators", "Bring EX01 and EX02 to the level of EX03"));
    let titles: Vec<String> = page.procedures.iter().map(|way| way.title.plain()).collect();
    assert_eq!(titles, ["Apply Service Pack 2 to EX01 and EX02", "Copy the proxy address generators from EX03 to EX01 and EX02"]);
    let commands: Vec<&String> = page.procedures[1].steps.iter().filter_map(|step| step.command.as_ref()).flat_map(|command| &command.lines).collect();
    assert!(commands.iter().any(|line| line.contains(r"copy \\EX03\Address\SMTP\I386\Inproxy.dll")), "{commands:?}");
}

#[test]
fn every_50_server_beside_a_55_is_named() {
    let (end, page) = resolved(&json!({"text": REPLICATION, "events": event(IMCADMIN), "servers": servers(&["5.0", "5.0 SP1", "5.5"])}));
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("replicate_55_addin", "Open the Internet Mail Service once on EX01 and EX02"));
    assert_eq!(page.procedures[0].title.plain(), "Open the properties on EX01 and EX02");
}

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
        let more = ["The error 87 occurred while formatting Windows NT error 182.", "The data to be configured could not be loaded.", "ID no: c1010aae", "ID no: c10312c6", "ID no: c1030ad1", "ID no: 0xc002007e"];
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

/// Walks on with every answer, "I don't know" included, and fails at a walk that asks `too_many` questions. A pasted fact that is asked for is confirmed.
fn explore(tree: &Closure, answers: &Answers, statements: &mut Vec<Statement>, asked: &mut Vec<String>, too_many: usize) {
    let End::Question { node, .. } = walk(tree, &Sheet::resolve(statements), &Tried::new()).end else { return };
    let question = question(tree, &node);
    asked.push(node.key);
    assert!(asked.len() < too_many, "too many questions: {asked:?} with {statements:#?}");
    let key = FactKey::within(SLUG, &question.fact);
    let confirmed = statements.iter().find(|statement| statement.key == key).map(|statement| statement.value.clone());
    let next = confirmed.map_or_else(|| answers.to(question).into_iter().map(Some).chain([None]).collect(), |value| vec![value]);
    for value in next {
        statements.push(Statement { key: key.clone(), value, source: Source::Asked, line: None });
        explore(tree, answers, statements, asked, too_many);
        statements.pop();
    }
    asked.pop();
}

#[test]
fn no_walk_from_nothing_asks_more_than_six_questions() {
    let tree = starter();
    explore(&tree, &Answers::new(&tree), &mut Vec::new(), &mut Vec::new(), TOO_MANY_FROM_NOTHING);
}

#[test]
fn no_walk_from_a_full_paste_asks_more_than_three_questions() {
    let tree = starter();
    let answers = Answers::new(&tree);
    for text in &answers.texts {
        for event in &answers.events {
            for servers in &answers.servers {
                for admin in &answers.admin {
                    let said = [("text", text), ("events", event), ("servers", servers), ("admin", admin)];
                    let mut statements = said.map(|(fact, value)| statement(fact, Some(value.clone()), Source::Pasted)).into();
                    explore(&tree, &answers, &mut statements, &mut Vec::new(), TOO_MANY_FROM_PASTE);
                }
            }
        }
    }
}
