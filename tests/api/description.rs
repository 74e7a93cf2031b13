//! The OpenAPI document, as far as the tests hold answers and requests against it.

use axum::http::{Method, header};
use serde_json::Value as Json;

use crate::client::Answer;

/// The document of an installation.
pub struct Description(Json);

impl Description {
    pub fn new(document: Json) -> Self {
        assert_eq!(document["openapi"], "3.1.0");
        Self(document)
    }

    /// Every described path with its methods in lower case.
    pub fn operations(&self) -> Vec<(String, String)> {
        let paths = self.0["paths"].as_object().unwrap();
        paths.iter().flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (path.clone(), method.clone()))).collect()
    }

    /// Fails if the document does not describe the answer.
    #[track_caller]
    pub fn examine_answer(&self, method: &Method, path: &str, answer: &Answer) {
        let Some(operation) = self.operation(method, path) else {
            assert!(answer.status == 404 || answer.status == 405, "{method} {path} is not described and answers {}", answer.status);
            return;
        };
        let responses = &operation["responses"];
        let status = answer.status.as_u16().to_string();
        let response = responses.get(&status).unwrap_or_else(|| {
            assert!(!answer.status.is_success(), "{method} {path} answers {status}, which is not described");
            &responses["default"]
        });
        let response = self.resolved(response);
        let Some(content) = response.get("content").and_then(Json::as_object) else {
            assert!(answer.bytes.is_empty(), "{method} {path} answers {status} with a body, which is not described");
            return;
        };
        let (kind, content) = content.iter().next().unwrap();
        assert_eq!(answer.headers[header::CONTENT_TYPE], kind.as_str(), "{method} {path}");
        self.examine(&content["schema"], &answer.json, &format!("{method} {path} {status}"));
    }

    /// Fails if the document does not describe the request's body.
    #[track_caller]
    pub fn examine_request(&self, method: &Method, path: &str, body: &Json) {
        let operation = self.operation(method, path).unwrap();
        self.examine(&operation["requestBody"]["content"]["application/json"]["schema"], body, &format!("{method} {path}, the request"));
    }

    fn operation(&self, method: &Method, path: &str) -> Option<&Json> {
        let fits = |pattern: &str| {
            let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
            pattern.len() == path.len() && pattern.iter().zip(path).all(|(part, given)| part.starts_with('{') || *part == given)
        };
        let paths = self.0["paths"].as_object().unwrap();
        paths.iter().find(|(pattern, _)| fits(pattern))?.1.get(method.as_str().to_lowercase())
    }

    fn resolved<'a>(&'a self, schema: &'a Json) -> &'a Json {
        match schema.get("$ref").and_then(Json::as_str) {
            Some(to) => self.0.pointer(to.strip_prefix('#').unwrap()).unwrap_or_else(|| panic!("{to} leads nowhere")),
            None => schema,
        }
    }

    #[track_caller]
    fn examine(&self, schema: &Json, json: &Json, at: &str) {
        if let Err(message) = self.fits(schema, json, at) {
            panic!("{message}");
        }
    }

    /// Whether `json` is as `schema` says, with every member of an object declared.
    pub fn fits(&self, schema: &Json, json: &Json, at: &str) -> Result<(), String> {
        let schema = self.resolved(schema);
        for choice in ["oneOf", "anyOf"] {
            if let Some(choices) = schema.get(choice).and_then(Json::as_array) {
                let fitting = choices.iter().filter(|schema| self.fits(schema, json, at).is_ok()).count();
                let enough = fitting == 1 || (choice == "anyOf" && fitting > 1);
                return if enough { Ok(()) } else { Err(format!("{at}: {fitting} forms of {choice} fit {json}")) };
            }
        }
        if let Some(words) = schema.get("enum").and_then(Json::as_array)
            && !words.contains(json)
        {
            return Err(format!("{at}: {json} is not one of {words:?}"));
        }
        match json {
            Json::Object(members) => self.fits_object(schema, members, at),
            Json::Array(items) => {
                let schema = schema.get("items").ok_or_else(|| format!("{at}: a list was not described"))?;
                items.iter().enumerate().try_for_each(|(index, item)| self.fits(schema, item, &format!("{at}/{index}")))
            }
            other if is_of_type(schema, other) => Ok(()),
            other => Err(format!("{at}: {other} is not of the type {}", schema["type"])),
        }
    }

    fn fits_object(&self, schema: &Json, members: &serde_json::Map<String, Json>, at: &str) -> Result<(), String> {
        let mut parts = Vec::new();
        self.gather_parts(schema, &mut parts);
        if !parts.iter().all(|part| is_of_type(part, &Json::Object(members.clone()))) {
            return Err(format!("{at}: an object was not described"));
        }
        let declared = |name: &str| parts.iter().find_map(|part| part["properties"].get(name));
        let others = parts.iter().find_map(|part| part.get("additionalProperties").filter(|others| others.is_object()));
        let anything = parts.iter().all(|part| part.get("properties").is_none()) && others.is_none();
        for (name, value) in members {
            let at = format!("{at}/{name}");
            match declared(name).or(others) {
                Some(schema) => self.fits(schema, value, &at)?,
                None if anything => {}
                None => return Err(format!("{at}: the member is not described")),
            }
        }
        let required = parts.iter().filter_map(|part| part["required"].as_array()).flatten().filter_map(Json::as_str);
        required.into_iter().try_for_each(|name| if members.contains_key(name) { Ok(()) } else { Err(format!("{at}: {name} is missing")) })
    }

    /// The schema, or the parts that it is put together from.
    fn gather_parts<'a>(&'a self, schema: &'a Json, parts: &mut Vec<&'a Json>) {
        let schema = self.resolved(schema);
        match schema.get("allOf").and_then(Json::as_array) {
            Some(all) => all.iter().for_each(|part| self.gather_parts(part, parts)),
            None => parts.push(schema),
        }
    }
}

fn is_of_type(schema: &Json, json: &Json) -> bool {
    let name = match json {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    let is = |kind: &Json| kind == name || (kind == "integer" && json.is_i64() | json.is_u64());
    match &schema["type"] {
        Json::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}
