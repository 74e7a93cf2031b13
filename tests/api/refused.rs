//! What is refused, how it is said, and that nothing of it is stored.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value as Json, json};

use crate::client::{TREE, from_address, on_both, servers};

fn post(path: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path).header(header::CONTENT_TYPE, kind).body(body.into()).unwrap()
}

#[tokio::test]
async fn a_wrong_value_is_named_at_its_place_and_nothing_is_stored() {
    on_both(async |site| {
        let diagnosis = site.begin(json!({"text": "Extension 'SMTP' could not be loaded."})).await;
        let before = diagnosis.get().await.bytes;
        let many: Vec<Json> = (0..501).map(|number| json!({"name": format!("EX{number}")})).collect();
        let long = "x".repeat(64 * 1024 + 1);
        for (fact, value, at, says) in [
            ("servers", json!([{"name": "EX01"}, {"name": "ex01"}]), "/value/1/name", "both called ex01"),
            ("servers", json!([{"name": "EX01", "version": "5.0 SP9"}]), "/value/0/version", "EX01"),
            ("servers", json!([{"name": "EX01", "level": "5.0 SP9"}]), "/value/0/level", "EX01"),
            ("servers", json!({"rows": [{"version": "5.0"}], "more": true}), "/value/rows/0/name", "enter a name"),
            ("servers", json!([]), "/value", "at least one machine"),
            ("servers", json!(many), "/value", "500 is the limit"),
            ("servers", json!([{"name": "EX01", "colour": "red"}]), "/value", "colour"),
            ("servers", json!(5), "/value", "Give a list such as"),
            ("admin", json!({"version": "6.9"}), "/value/version", "6.9"),
            ("text", json!(long), "/value", "64 KiB is the limit"),
            ("text", json!("  "), "/value", "Paste or type the text"),
            ("text", json!(true), "/value", "Give a text"),
            ("text", json!([true]), "/value", "in quotes"),
            ("addin_file", json!("lost"), "/value", "missing, present"),
            ("version_conflict", json!("perhaps"), "/value", "true or false"),
            ("events", json!({"id": -1}), "/value", "An event looks like"),
            ("events", json!({}), "/value", "number"),
            ("codes", json!(["no code"]), "/value", "0xC1030AD1"),
        ] {
            let answer = diagnosis.put(&format!("/facts/{fact}"), &json!({"value": value})).await.has_status(422);
            assert_eq!(answer.wrong(), [at], "{}", answer.json);
            assert!(answer.json["errors"][0]["message"].as_str().unwrap().contains(says), "{}", answer.json);
        }
        let answer = diagnosis.put("/answers/servers", &json!({"value": [{"name": "EX01", "version": "9"}]})).await.has_status(422);
        assert_eq!(answer.wrong(), ["/value/0/version"]);
        assert_eq!(diagnosis.get().await.bytes, before);
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_new_diagnosis_is_said_at_once() {
    on_both(async |site| {
        let new = |body: Json| async move { site.post("/api/v1/diagnoses", &body).await.has_status(422) };
        let answer = new(json!({
            "tree": TREE, "text": "",
            "facts": {"colour": "red", "addin_file": "lost", "servers": [{"name": "A"}, {"name": "A"}], "a/b~": 1, "extension-not-loaded.text": "x"},
        }))
        .await;
        let expected = ["/text", "/facts/a~1b~0", "/facts/addin_file", "/facts/colour", "/facts/extension-not-loaded.text", "/facts/servers/1/name"];
        assert_eq!(answer.wrong(), expected, "{}", answer.json);
        assert_eq!(new(json!({"tree": "no-such-tree"})).await.wrong(), ["/tree"]);
        assert_eq!(new(json!({"tree": TREE, "text": "a", "facts": {"text": "b"}})).await.wrong(), ["/facts/text"]);
        let twice = json!({"addin_file": "missing", "extension-not-loaded.addin_file": "present"});
        assert_eq!(new(json!({"tree": TREE, "facts": twice})).await.wrong(), ["/facts/extension-not-loaded.addin_file"]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_a_bad_request() {
    on_both(async |site| {
        let forged = format!("{{\"tree\": \"{TREE}\", \"owner_token\": \"mine\"}}");
        let repeated = format!("{{\"tree\": \"{TREE}\", \"facts\": {{\"servers\": [], \"servers\": []}}}}");
        for (body, says) in [
            (&b"{\"tree\": "[..], "line 1"),
            (&b"{\"tree\": \"\xff\xfe\"}"[..], "unicode"),
            (&b"[]"[..], "JSON"),
            (&b"{\"tree\": 5}"[..], "string"),
            (&b"{}"[..], "tree"),
            (forged.as_bytes(), "owner_token"),
            (repeated.as_bytes(), "given twice"),
        ] {
            let answer = site.send(post("/api/v1/diagnoses", "application/json", body.to_vec())).await.has_status(400);
            assert!(answer.json["detail"].as_str().unwrap().contains(says), "{}", answer.json);
        }
        let diagnosis = site.begin(json!({})).await;
        for body in [json!({}), json!({"value": null, "source": "pasted"})] {
            diagnosis.put("/answers/error_text", &body).await.has_status(400);
        }
        site.send(post("/api/v1/find", "text/plain", "{}")).await.has_status(415);
        let big = format!("{{\"tree\": \"{}\"}}", "x".repeat(256 * 1024));
        site.send(post("/api/v1/diagnoses", "application/json", big)).await.has_status(413);
        site.ask(Method::PATCH, "/api/v1/trees", None, None).await.has_status(405);
    })
    .await;
}

#[tokio::test]
async fn unknown_foreign_and_unauthorised_look_the_same() {
    on_both(async |site| {
        let mine = site.begin(json!({})).await;
        let theirs = site.begin(json!({})).await;
        let unknown = "a".repeat(26);
        let tries = [
            (mine.id.as_str(), None),
            (mine.id.as_str(), Some(theirs.token.as_str())),
            (mine.id.as_str(), Some("nonsense")),
            (unknown.as_str(), Some(mine.token.as_str())),
            (unknown.as_str(), None),
            ("no-id", Some(mine.token.as_str())),
        ];
        for (method, below, body) in [
            (Method::GET, "", None),
            (Method::DELETE, "", None),
            (Method::PUT, "/answers/error_text", Some(json!({"value": null}))),
            (Method::DELETE, "/answers/error_text", None),
            (Method::PUT, "/facts/servers", Some(json!({"value": null}))),
            (Method::DELETE, "/facts/servers", None),
            (Method::PUT, "/ticks", Some(json!({"outcome": "hand_over", "procedure": "x", "steps": []}))),
            (Method::POST, "/shares", Some(json!({"kind": "view", "redact": false}))),
        ] {
            let mut seen = Vec::new();
            for (id, token) in tries {
                let mut answer = site.ask(method.clone(), &format!("/api/v1/diagnoses/{id}{below}"), token, body.as_ref()).await.has_status(404);
                answer.json["request_id"].take();
                seen.push(answer.json);
            }
            seen.dedup();
            assert_eq!(seen.len(), 1, "{method} {below}: {seen:?}");
        }
        assert_eq!(mine.get().await.json["facts"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_on_the_path_is_a_conflict_with_the_present_document() {
    on_both(async |site| {
        let diagnosis = site.begin(json!({"text": "Extension 'SMTP' could not be loaded."})).await;
        let present = diagnosis.get().await.json;
        for (method, node, body) in [
            (Method::PUT, "addin_file", Some(json!({"value": "missing"}))),
            (Method::PUT, "level_generators", Some(json!({"value": "yes"}))),
            (Method::PUT, "extension-not-loaded.addin_file", Some(json!({"value": "not even an option"}))),
            (Method::DELETE, "addin_file", None),
        ] {
            let answer = diagnosis.ask(method, &format!("/answers/{node}"), body.as_ref()).await.has_status(409);
            assert_eq!(answer.json["current"], present);
        }
        for node in ["nowhere", "smtp_line", "other-tree.error_text"] {
            diagnosis.put(&format!("/answers/{node}"), &json!({"value": null})).await.has_status(404);
        }
        diagnosis.put("/facts/colour", &json!({"value": "red"})).await.has_status(404);
        diagnosis.delete("/facts/colour").await.has_status(404);
        assert_eq!(diagnosis.get().await.json, present);

        diagnosis.put("/facts/servers", &json!({"value": servers(&["5.0", "5.0 SP2"])})).await.has_status(200);
        for wrong in [Json::Null, json!("perhaps"), json!(true)] {
            assert_eq!(diagnosis.put("/answers/level_generators", &json!({"value": wrong})).await.has_status(422).wrong(), ["/value"]);
        }
    })
    .await;
}

#[tokio::test]
async fn one_address_cannot_begin_diagnoses_without_end_and_pages_count_too() {
    on_both(async |site| {
        let new = || post("/api/v1/diagnoses", "application/json", format!("{{\"tree\": \"{TREE}\"}}"));
        let page = || post(&format!("/guides/{TREE}"), "application/x-www-form-urlencoded", "");
        for number in 0..60 {
            let (request, status) = if number % 2 == 0 { (new(), 201) } else { (page(), 303) };
            site.send(from_address(request, "192.0.2.1")).await.has_status(status);
        }
        let refused = site.send(from_address(new(), "192.0.2.1")).await.has_status(429);
        assert!(refused.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u32>().unwrap() >= 1);
        site.send(from_address(new(), "192.0.2.2")).await.has_status(201);
    })
    .await;
}

#[tokio::test]
async fn one_address_cannot_search_without_end_and_pages_count_too() {
    on_both(async |site| {
        let find = || post("/api/v1/find", "application/json", "{\"text\": \"extension\"}");
        let page = || post("/read", "application/x-www-form-urlencoded", "evidence=extension");
        // While these are sent, new ones are allowed again now and then; never as many as are sent.
        let mut found = 0;
        while found < 10_000 {
            let request = if found % 2 == 0 { find() } else { page() };
            let answer = site.send(from_address(request, "192.0.2.1")).await;
            if answer.status == 429 {
                break;
            }
            answer.has_status(200);
            found += 1;
        }
        assert!((120..10_000).contains(&found), "{found} searches were answered");
        site.send(from_address(find(), "192.0.2.2")).await.has_status(200);
    })
    .await;
}
