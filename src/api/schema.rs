//! Schemas of what `tree` reads and writes by itself: values of facts, and its closed lists of words.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::openapi::schema::{AdditionalProperties, AnyOfBuilder, Array, Object, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::tree::fact::{Source, Value};
use crate::tree::model::{Ask, Helped, Per, Risk, Shell, Verdict};

/// The value of a fact or an answer. Which form it takes is decided by the question's `ask`; null is "don't know".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactValue(pub Json);

impl FactValue {
    /// A value that holds; `None` is "don't know".
    pub fn new(value: Option<&Value>) -> Self {
        // Values hold strings, numbers and maps with text keys only, which always are JSON.
        Self(value.and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default())
    }
}

impl PartialSchema for FactValue {
    fn schema() -> RefOr<Schema> {
        let forms = AnyOfBuilder::new()
            .description(Some(
                "text and code: a string. event: an event, or a list of them. servers: a list of servers, or one server for a named machine. \
                 choice: the key of an option. choices: a list of keys. yes_no: a boolean. number: a number. Don't know: null.",
            ))
            .item(of_type(Type::Null))
            .item(of_type(Type::Boolean))
            .item(of_type(Type::Number))
            .item(of_type(Type::String))
            .item(named("Event"))
            .item(named("Server"))
            .item(named("ServerList"))
            .item(Array::new(of_type(Type::String)))
            .item(Array::new(named("Event")))
            .item(Array::new(named("Server")));
        Schema::from(forms).into()
    }
}

impl ToSchema for FactValue {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend([
            ("Event".to_owned(), Schema::from(event()).into()),
            ("Server".to_owned(), Schema::from(server()).into()),
            ("ServerList".to_owned(), Schema::from(server_list()).into()),
            ("Marks".to_owned(), marks().into()),
        ]);
    }
}

fn of_type(kind: Type) -> Object {
    ObjectBuilder::new().schema_type(kind).build()
}

fn named(name: &str) -> Ref {
    Ref::from_schema_name(name)
}

fn event() -> Object {
    ObjectBuilder::new()
        .description(Some("One record of an event log; at least one member."))
        .property("id", of_type(Type::Integer))
        .property("source", of_type(Type::String))
        .property("text", of_type(Type::String))
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .build()
}

/// A machine. Answers say `level`; requests may say `version` for it.
fn server() -> Object {
    let texts = ["name", "level", "version", "build", "site", "os", "platform", "edition", "language"];
    let server = ObjectBuilder::new().description(Some("One machine; every member may be left out. Requests may call the level \"version\"."));
    let server = texts.into_iter().fold(server, |server, name| server.property(name, of_type(Type::String)));
    let server = ["roles", "hotfixes", "history"].into_iter().fold(server, |server, name| server.property(name, named("Marks")));
    let texts_by_name = || ObjectBuilder::new().additional_properties(Some(Schema::from(of_type(Type::String))));
    let server = ["files", "components"].into_iter().fold(server, |server, name| server.property(name, texts_by_name()));
    server.additional_properties(Some(AdditionalProperties::FreeForm(false))).build()
}

fn server_list() -> Object {
    ObjectBuilder::new()
        .description(Some("A list that is not complete, if \"more\" is true."))
        .property("rows", Array::new(named("Server")))
        .property("more", of_type(Type::Boolean))
        .required("rows")
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .build()
}

fn marks() -> Schema {
    let texts = || Array::new(of_type(Type::String));
    let offered = ObjectBuilder::new()
        .property("stated", texts())
        .property("offered", texts())
        .property("in_order", of_type(Type::Boolean))
        .required("stated")
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    OneOfBuilder::new().description(Some("What is stated; or also what was offered and left out.")).item(texts()).item(offered).into()
}

/// One of a closed list of words, as serde writes them.
fn words<T: Serialize, const N: usize>(words: [T; N]) -> Object {
    let words = words.map(|word| serde_json::to_value(word).unwrap_or_default());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

/// How a question is asked.
pub fn ask() -> Object {
    words([Ask::Text, Ask::Event, Ask::Servers, Ask::Choice, Ask::Choices, Ask::YesNo, Ask::Code, Ask::Number])
}

/// What kind of end an outcome is.
pub fn verdict() -> Object {
    words([Verdict::Fix, Verdict::Workaround, Verdict::ByDesign, Verdict::NothingWrong, Verdict::HandOver])
}

/// Who said a fact.
pub fn source() -> Object {
    words([Source::Asked, Source::Confirmed, Source::Pasted, Source::Uploaded, Source::Linked, Source::Carried])
}

/// How dangerous a procedure is.
pub fn risk() -> Object {
    words([Risk::None, Risk::Low, Risk::Medium, Risk::High])
}

/// What the minutes of a procedure are for.
pub fn per() -> Object {
    words([Per::Each, Per::All])
}

/// The shell that a command is for.
pub fn shell() -> Object {
    words([Shell::Cmd, Shell::Powershell, Shell::Sh])
}

/// What "Did this fix it?" is answered.
pub fn helped() -> Object {
    words([Helped::Yes, Helped::No, Helped::Worse])
}

/// What a node does.
pub fn node_kind() -> Object {
    words(["question", "route", "outcome", "jump"])
}
