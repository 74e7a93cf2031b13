//! The OpenAPI document describes exactly the addresses that there are. What the addresses answer is held against it by every test.

use std::collections::BTreeSet;
use std::fs;

use axum::http::Method;
use serde_json::{Value as Json, json};

use crate::client::{TREE, on_both};
use crate::description::Description;

/// The patterns of the API in the one place where addresses are written.
fn patterns() -> BTreeSet<String> {
    let urls = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/urls/api.rs")).unwrap();
    let quoted = urls.lines().filter(|line| line.starts_with("pub const")).filter_map(|line| line.split('"').nth(1));
    quoted.filter(|pattern| pattern.starts_with("/api/v1/")).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_address_is_described_and_every_described_one_answers() {
    on_both(async |site| {
        let description = Description::new(site.get("/api/v1/openapi.json").await.has_status(200).json);
        let operations = description.operations();
        assert_eq!(operations.iter().map(|(path, _)| path.clone()).collect::<BTreeSet<_>>(), patterns());
        for path in patterns() {
            let address = path.replace("{slug}", TREE).replace("{id}", "x").replace("{node}", "x").replace("{key}", "x");
            for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
                let described = operations.contains(&(path.clone(), method.as_str().to_lowercase()));
                let answer = site.ask(method.clone(), &address, None, None).await;
                assert_eq!(answer.status != 405, described, "{method} {path} answers {}", answer.status);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_description_names_its_operations_once_and_leads_nowhere_empty() {
    on_both(async |site| {
        let document = site.get("/api/v1/openapi.json").await.json;
        let operations: Vec<&Json> = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values()).collect();
        let ids: BTreeSet<&str> = operations.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), operations.len());
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
        }
        let closed = operations.iter().filter(|operation| operation["security"] == json!([{"owner_token": []}])).count();
        assert_eq!(closed, 8, "the operations on a diagnosis need its token");
        assert_eq!(document["components"]["securitySchemes"]["owner_token"]["scheme"], "bearer");
    })
    .await;
}

#[test]
fn an_answer_that_is_not_as_described_is_found() {
    let text = || json!({"type": "string"});
    let description = Description::new(json!({"openapi": "3.1.0", "components": {"schemas": {"Text": text()}}}));
    let schema = json!({"type": "object", "required": ["key"], "properties": {
        "key": {"$ref": "#/components/schemas/Text"},
        "list": {"type": "array", "items": {"type": "integer"}},
        "word": {"type": "string", "enum": ["a", "b"]},
        "either": {"oneOf": [{"type": "null"}, text()]},
    }});
    let whole = json!({"allOf": [schema, {"type": "object", "properties": {"more": text()}, "required": ["more"]}]});
    let fits = |json: Json| description.fits(&whole, &json, "");
    assert_eq!(fits(json!({"key": "k", "more": "m", "list": [1], "word": "a", "either": null})), Ok(()));
    for (wrong, says) in [
        (json!({"more": "m"}), "key is missing"),
        (json!({"key": "k"}), "more is missing"),
        (json!({"key": 1, "more": "m"}), "/key"),
        (json!({"key": "k", "more": "m", "list": [1.5]}), "/list/0"),
        (json!({"key": "k", "more": "m", "word": "c"}), "not one of"),
        (json!({"key": "k", "more": "m", "either": 1}), "oneOf"),
        (json!({"key": "k", "more": "m", "extra": 1}), "/extra: the member is not described"),
        (json!("text"), "not of the type"),
        (json!([]), "a list was not described"),
    ] {
        let message = fits(wrong.clone()).unwrap_err();
        assert!(message.contains(says), "{wrong}: {message}");
    }
}
