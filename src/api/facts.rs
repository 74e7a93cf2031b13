//! Facts in requests: reading them, and stating and removing one of a diagnosis.

use std::collections::BTreeMap;
use std::fmt;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::document::Document;
use super::schema::FactValue;
use super::{Api, access};
use crate::tree::answer;
use crate::tree::closure::Closure;
use crate::tree::fact::{FactKey, Value};
use crate::web::error_page::Problem;
use crate::web::{self, Failure, FieldErrors, Path, urls};

/// The most facts of one request; no tree has so many.
const MOST_FACTS: usize = 500;

/// Facts by key, as a request gives them. A key that is there twice is an error.
#[derive(Debug, Default)]
pub struct Facts(BTreeMap<String, Json>);

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Facts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of facts by key")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Facts, A::Error> {
                let mut facts = BTreeMap::new();
                while let Some((key, value)) = entries.next_entry::<String, Json>()? {
                    if facts.len() == MOST_FACTS {
                        return Err(A::Error::custom(format!("there are more than {MOST_FACTS} facts")));
                    }
                    if facts.insert(key, value).is_some() {
                        return Err(A::Error::custom("a fact is given twice"));
                    }
                }
                Ok(Facts(facts))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

impl PartialSchema for Facts {
    fn schema() -> RefOr<Schema> {
        let values = AdditionalProperties::RefOr(Ref::from_schema_name("FactValue").into());
        ObjectBuilder::new().description(Some("Values by the key of their fact.")).additional_properties(Some(values)).build().into()
    }
}

impl ToSchema for Facts {}

impl Facts {
    /// Whether the fact written `key` is given.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Reads every fact for a diagnosis of `closure`. `at` is the JSON Pointer of the map.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(self, closure: &Closure, at: &str) -> Result<Vec<(FactKey, Option<Value>)>, FieldErrors> {
        let mut read: Vec<(FactKey, Option<Value>)> = Vec::new();
        let mut errors = FieldErrors::default();
        for (written, json) in self.0 {
            let at = format!("{at}/{}", written.replace('~', "~0").replace('/', "~1"));
            let Some(part) = closure.knowing(&written) else {
                errors.add(at, "No question of this guide sets this fact. GET the tree to see the facts that it knows.");
                continue;
            };
            match read_one(part, &written, json, &at) {
                Ok((key, _)) if read.iter().any(|(other, _)| *other == key) => {
                    errors.add(at, "This fact is given twice, with and without its tree's slug. Give it once.")
                }
                Ok(fact) => read.push(fact),
                Err(found) => found.iter().for_each(|error| errors.add(&error.field, &error.text)),
            }
        }
        if errors.is_empty() { Ok(read) } else { Err(errors) }
    }
}

/// Reads the value of the fact `written` of the tree `part`; null is "don't know". `at` is the JSON Pointer of the value.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_one(part: &Closure, written: &str, json: Json, at: &str) -> Result<(FactKey, Option<Value>), FieldErrors> {
    let one = BTreeMap::from([(written.to_owned(), json)]);
    let problems = match answer::read_facts(&part.tree, &one, &part.ladders) {
        Ok(read) => match read.into_iter().next() {
            Some(fact) => return Ok(fact),
            None => Vec::new(),
        },
        Err(problems) => problems,
    };
    let mut errors = FieldErrors::default();
    for (written, problem) in problems {
        let json = one.get(&written).unwrap_or(&Json::Null);
        errors.add(problem.cell.map_or_else(|| at.to_owned(), |cell| cell_pointer(at, json, cell)), problem.message);
    }
    Err(errors)
}

/// Points to a cell of a list of machines, or of one machine, under the name that the request gave it.
fn cell_pointer(at: &str, json: &Json, (row, name): (usize, &str)) -> String {
    let (at, machine) = match json {
        Json::Array(rows) => (format!("{at}/{row}"), rows.get(row)),
        Json::Object(fields) if fields.contains_key("rows") => (format!("{at}/rows/{row}"), fields.get("rows").and_then(|rows| rows.get(row))),
        machine => (at.to_owned(), Some(machine)),
    };
    let is_version = name == "level" && machine.is_some_and(|machine| machine.get("version").is_some());
    format!("{at}/{}", if is_version { "version" } else { name })
}

/// A value for a question, outcome or fact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The value; null is "don't know".
    pub value: FactValue,
}

/// States a fact whatever question asks for it, as the visitor's own word.
#[utoipa::path(
    put,
    path = urls::API_FACT,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis."), ("key" = String, Path, description = "The fact: bare, or slug.key of a tree that was jumped to.")),
    responses((status = 200, description = "The diagnosis with the fact.", body = Document), (status = "default", response = Problem)),
)]
pub async fn put_fact(
    State(api): State<Api>,
    headers: HeaderMap,
    Path((id, key)): Path<(String, String)>,
    web::Json(answer): web::Json<Answer>,
) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    let part = visit.closure().knowing(&key).ok_or(Failure::NotFound)?;
    let (key, value) = read_one(part, &key, answer.value.0, "/value").map_err(Failure::Invalid)?;
    let visit = api.visits.state(&visit.diagnosis.id, &key, value.as_ref()).await.map_err(access::refused)?;
    Ok(axum::Json(Document::new(&visit)))
}

/// Removes everything that was stated about a fact, pasted or asked.
#[utoipa::path(
    delete,
    path = urls::API_FACT,
    tag = "diagnoses",
    security(("owner_token" = [])),
    params(("id" = String, Path, description = "The diagnosis."), ("key" = String, Path, description = "The fact: bare, or slug.key of a tree that was jumped to.")),
    responses((status = 200, description = "The diagnosis without the fact.", body = Document), (status = "default", response = Problem)),
)]
pub async fn delete_fact(State(api): State<Api>, headers: HeaderMap, Path((id, key)): Path<(String, String)>) -> Result<impl IntoResponse, Failure> {
    let visit = access::own(&api, &headers, &id).await?;
    let part = visit.closure().knowing(&key).ok_or(Failure::NotFound)?;
    let key = FactKey::within(&part.tree.slug, &key);
    let visit = api.visits.unsay(&visit.diagnosis.id, &key).await.map_err(access::refused)?;
    Ok(axum::Json(Document::new(&visit)))
}
