//! What a diagnosis keeps: answers that change and change back, facts, ticks, links; and its end.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value as Json, json};

use crate::client::{Owned, TREE, on_both, on_both_with, servers};

const LEVELS: [&str; 3] = ["5.0", "5.0 SP1", "5.0 SP2"];

async fn at_outcome_1(site: &crate::client::Site) -> Owned<'_> {
    let events = json!([{"id": 2037, "source": "MSExchangeSA", "text": "\\add-ins\\smtp\\i386\\imcadmin.dll"}]);
    let diagnosis = site.begin(json!({"text": "Extension SMTP could not be loaded.", "events": events})).await;
    let document = diagnosis.answer("servers", servers(&LEVELS)).await;
    assert_eq!(document["outcome"]["key"], "level_generators");
    diagnosis
}

#[tokio::test]
async fn change_and_change_back_gives_the_same_bytes() {
    on_both(async |site| {
        let diagnosis = at_outcome_1(site).await;
        let before = diagnosis.get().await.bytes;

        diagnosis.answer("servers", servers(&["5.5"])).await;
        assert_ne!(diagnosis.get().await.bytes, before);
        diagnosis.answer("servers", servers(&LEVELS)).await;
        assert_eq!(diagnosis.get().await.bytes, before);

        diagnosis.answer("level_generators", json!("no")).await;
        assert_ne!(diagnosis.get().await.bytes, before);
        diagnosis.delete("/answers/level_generators").await.has_status(200);
        assert_eq!(diagnosis.get().await.bytes, before);

        // The question's answer hides what was pasted; taken back, the paste holds again.
        diagnosis.answer("error_text", json!("Extension 'Wireless' could not be loaded.")).await;
        diagnosis.delete("/answers/error_text").await.has_status(200);
        assert_eq!(diagnosis.get().await.bytes, before);

        let ticks = |steps: &[u32]| json!({"outcome": "level_generators", "procedure": "apply_sp2", "steps": steps});
        diagnosis.put("/ticks", &ticks(&[1, 2])).await.has_status(200);
        assert_ne!(diagnosis.get().await.bytes, before);
        diagnosis.put("/ticks", &ticks(&[])).await.has_status(200);
        assert_eq!(diagnosis.get().await.bytes, before);
    })
    .await;
}

#[tokio::test]
async fn a_fact_is_stated_and_removed_whatever_is_asked() {
    on_both(async |site| {
        let diagnosis = site.begin(json!({"text": "Extension 'SMTP' could not be loaded."})).await;
        let stated = diagnosis.put("/facts/addin_file", &json!({"value": "missing"})).await.has_status(200).json;
        assert_eq!(stated["facts"][0], json!({"key": "addin_file", "value": "missing", "source": "asked"}));
        let qualified = diagnosis.put(&format!("/facts/{TREE}.addin_file"), &json!({"value": null})).await.has_status(200).json;
        assert_eq!(qualified["facts"][0], json!({"key": "addin_file", "value": null, "source": "asked"}));

        let removed = diagnosis.delete("/facts/addin_file").await.has_status(200).json;
        assert_eq!(removed["facts"].as_array().unwrap().len(), 1);
        assert_eq!(diagnosis.delete("/facts/addin_file").await.has_status(200).json, removed, "removing twice is removing once");
        let asked_again = diagnosis.delete("/facts/text").await.has_status(200).json;
        assert_eq!((&asked_again["facts"], &asked_again["question"]["key"]), (&json!([]), &json!("error_text")));
    })
    .await;
}

#[tokio::test]
async fn a_pasted_value_that_decides_nothing_is_offered_for_the_question() {
    on_both(async |site| {
        let diagnosis = site.begin(json!({"text": "Extension 'SMTP' could not be loaded.", "servers": servers(&["5.5 SP3"]), "addin_file": "present"})).await;
        diagnosis.put("/facts/second_line", &json!({"value": "replication"})).await.has_status(200);
        let document = diagnosis.get().await.json;
        assert_eq!((&document["question"]["key"], &document["question"]["prefill"]), (&json!("addin_file"), &json!("present")), "{document:#}");
    })
    .await;
}

#[tokio::test]
async fn ticks_are_kept_and_shown_with_their_steps() {
    on_both(async |site| {
        let diagnosis = at_outcome_1(site).await;
        let done = |document: &Json| -> Vec<bool> {
            document["outcome"]["procedures"][0]["steps"].as_array().unwrap().iter().map(|step| step["done"].as_bool().unwrap()).collect()
        };
        let ticked = diagnosis.put("/ticks", &json!({"outcome": "level_generators", "procedure": "apply_sp2", "steps": [4, 1, 1]})).await.has_status(200);
        assert_eq!(done(&ticked.json), [true, false, false, true]);
        assert_eq!(done(&diagnosis.get().await.json), [true, false, false, true]);

        for (wrong, at) in [
            (json!({"outcome": "nowhere", "procedure": "apply_sp2", "steps": [1]}), "/outcome"),
            (json!({"outcome": "error_text", "procedure": "apply_sp2", "steps": [1]}), "/outcome"),
            (json!({"outcome": "level_generators", "procedure": "nothing", "steps": [1]}), "/procedure"),
            (json!({"outcome": "level_generators", "procedure": "apply_sp2", "steps": [1, 0]}), "/steps/1"),
            (json!({"outcome": "level_generators", "procedure": "apply_sp2", "steps": [5]}), "/steps/0"),
        ] {
            assert_eq!(diagnosis.put("/ticks", &wrong).await.has_status(422).wrong(), [at], "{wrong}");
        }
        assert_eq!(done(&diagnosis.get().await.json), [true, false, false, true]);
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_the_page_for_others_until_it_expires() {
    on_both(async |site| {
        let diagnosis = at_outcome_1(site).await;
        let body = json!({"kind": "view", "redact": false, "expires_in_days": 7});
        let answer = diagnosis.ask(Method::POST, "/shares", Some(&body)).await.has_status(201);
        let url = answer.json["url"].as_str().unwrap();
        assert!(url.starts_with("/shared/"), "{url}");
        let open = async || site.send(Request::get(url).body(Body::empty()).unwrap()).await;
        let page = open().await.has_status(200);
        let text = String::from_utf8(page.bytes).unwrap();
        assert!(text.contains("EX01") && !text.contains(&diagnosis.token), "{text}");
        site.clock.advance(7 * 86_400_000);
        open().await.has_status(404);

        for (wrong, at) in
            [(json!({"kind": "continue", "redact": false}), "/kind"), (json!({"kind": "view", "redact": false, "expires_in_days": 0}), "/expires_in_days")]
        {
            assert_eq!(diagnosis.ask(Method::POST, "/shares", Some(&wrong)).await.has_status(422).wrong(), [at], "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_hides_every_name_unless_it_is_told_otherwise() {
    let text = "Extension 'SMTP' could not be loaded on \\\\EX01\\Add-ins for CONTOSO\\jdoe (john.doe@contoso.com, 10.1.2.3). EX03's error is 0xc0040000.";
    let event = "ex03.contoso.com: the service MSExchangeSA could not load C:\\Users\\jdoe\\imcadmin.dll for S-1-5-21-1-2-3-512.";
    on_both(async |site| {
        let facts = json!({
            "text": text,
            "servers": [{"name": "EX01", "version": "5.0 SP1"}, {"name": "EX03", "version": "5.0 SP2", "site": "NORTHPOLE"}],
            "events": [{"id": 2037, "source": "MSExchangeSA", "text": event}],
        });
        let diagnosis = site.begin(facts).await;
        let names = ["ex01", "ex03", "contoso", "jdoe", "john.doe", "10.1.2.3", "northpole", "s-1-5-21-1"];
        for body in [json!({"kind": "view"}), json!({"kind": "view", "redact": true})] {
            let answer = diagnosis.ask(Method::POST, "/shares", Some(&body)).await.has_status(201);
            let url = answer.json["url"].as_str().unwrap().to_owned();
            for address in [url.clone(), format!("{url}/map")] {
                let page = site.send(Request::get(&address).body(Body::empty()).unwrap()).await.has_status(200);
                let html = String::from_utf8(page.bytes).unwrap().to_lowercase();
                let shown: Vec<&&str> = names.iter().filter(|name| html.contains(**name)).collect();
                assert!(shown.is_empty(), "{shown:?} in {html}");
            }
            let page = site.send(Request::get(&url).body(Body::empty()).unwrap()).await;
            let html = String::from_utf8(page.bytes).unwrap();
            for kept in ["could not be loaded", "0xc0040000", "MSExchangeSA", "2037", "imcadmin.dll", "5.0 SP2", "SERVER-1", "SERVER-2", "ACCOUNT-1"] {
                assert!(html.contains(kept), "{kept} is missing from {html}");
            }
        }
        let answer = diagnosis.ask(Method::POST, "/shares", Some(&json!({"kind": "view", "redact": false}))).await.has_status(201);
        let page = site.send(Request::get(answer.json["url"].as_str().unwrap()).body(Body::empty()).unwrap()).await;
        let html = String::from_utf8(page.bytes).unwrap();
        assert!(html.contains("EX01") && html.contains("jdoe") && !html.contains("SERVER-1"), "{html}");
    })
    .await;
}

#[tokio::test]
async fn addresses_hold_the_public_url_and_its_path() {
    let set = |settings: &mut fixpath::settings::Settings| settings.public_url = Some("https://fix.example/help".parse().unwrap());
    on_both_with(set, async |site| {
        let created = site.post("/api/v1/diagnoses", &json!({"tree": TREE})).await.has_status(201);
        let location = created.headers[header::LOCATION].to_str().unwrap();
        assert_eq!(location, format!("/help/api/v1/diagnoses/{}", created.json["id"].as_str().unwrap()));
        let token = created.json["owner_token"].as_str();
        let path = location.strip_prefix("/help").unwrap();
        let answer = site.ask(Method::POST, &format!("{path}/shares"), token, Some(&json!({"kind": "view", "redact": false}))).await.has_status(201);
        assert!(answer.json["url"].as_str().unwrap().starts_with("https://fix.example/help/shared/"), "{}", answer.json);
        assert_eq!(site.get("/api/v1/openapi.json").await.json["servers"][0]["url"], "/help");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_diagnosis_is_gone_with_its_links() {
    on_both(async |site| {
        let diagnosis = at_outcome_1(site).await;
        let share = diagnosis.ask(Method::POST, "/shares", Some(&json!({"kind": "view", "redact": false}))).await.has_status(201);
        let answer = diagnosis.delete("").await.has_status(204);
        assert!(answer.bytes.is_empty());
        diagnosis.ask(Method::GET, "", None).await.has_status(404);
        diagnosis.put("/answers/servers", &json!({"value": null})).await.has_status(404);
        diagnosis.delete("").await.has_status(404);
        let link = share.json["url"].as_str().unwrap();
        site.send(Request::get(link).body(Body::empty()).unwrap()).await.has_status(404);
    })
    .await;
}
