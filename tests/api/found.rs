//! Trees and finding them.

use axum::http::header;
use fixpath::tree::file;
use serde_json::{Value as Json, json};

use crate::client::{Site, TREE, on_both};

#[tokio::test]
async fn trees_are_listed_and_one_says_what_it_asks_and_what_can_come_out() {
    on_both(async |site| {
        let list = site.get("/api/v1/trees").await.has_status(200).json;
        let head = &list["trees"][0];
        assert_eq!((&head["slug"], &head["version"]), (&json!(TREE), &json!(1)));
        assert_eq!(head["symptoms"]["events"][0], json!({"source": "MSExchangeSA", "id": 2037}));

        let tree = site.get(&format!("/api/v1/trees/{TREE}")).await.has_status(200).json;
        assert_eq!((&tree["title"], &tree["products"]), (&head["title"], &head["products"]));
        let question = |key: &str| tree["questions"].as_array().unwrap().iter().find(|question| question["key"] == key).unwrap().clone();
        assert_eq!((&question("error_text")["ask"], &question("error_text")["fact"]), (&json!("text"), &json!("text")));
        assert_eq!(question("addin_file")["options"][1]["key"], "present");
        assert_eq!(tree["outcomes"].as_array().unwrap().len(), 19);
        assert_eq!(tree["outcomes"][0]["key"], "level_generators");
        site.get("/api/v1/trees/no-such-tree").await.has_status(404);
    })
    .await;
}

#[tokio::test]
async fn a_former_slug_leads_to_the_present_one() {
    on_both(async |site| {
        site.app.visits().shelf.rename_slug(TREE, "addin-not-loaded").await.unwrap();
        let moved = site.get(&format!("/api/v1/trees/{TREE}")).await.has_status(308);
        assert_eq!(moved.headers[header::LOCATION], "/api/v1/trees/addin-not-loaded");
        assert_eq!(site.get("/api/v1/trees/addin-not-loaded").await.has_status(200).json["slug"], "addin-not-loaded");
        let found = site.post("/api/v1/find", &json!({"event": {"id": 2037, "source": "MSExchangeSA"}})).await.has_status(200).json;
        assert_eq!(found["matches"][0]["id"], "addin-not-loaded");
        // A program that remembers the old name can still begin.
        let diagnosis = site.begin(json!({})).await;
        assert_eq!(diagnosis.answer("error_text", Json::Null).await["question"]["key"], "event");
    })
    .await;
}

#[tokio::test]
async fn a_text_or_an_event_finds_the_tree_and_comes_back_as_evidence() {
    on_both(async |site| {
        let text = "Extension 'SMTP' could not be loaded.";
        let body = json!({"text": text, "event": {"id": 2037, "source": "MSExchangeSA"}, "limit": 5});
        let found = site.post("/api/v1/find", &body).await.has_status(200).json;
        let first = &found["matches"][0];
        assert_eq!((&first["kind"], &first["id"]), (&json!("tree"), &json!(TREE)));
        assert!(first["score"].as_u64().unwrap() > 100 && first["because"].to_string().contains("event 2037"), "{first}");
        assert_eq!(
            found["evidence"],
            json!([
                {"key": "events", "value": [{"id": 2037, "source": "MSExchangeSA"}], "source": "pasted"},
                {"key": "text", "value": [text], "source": "pasted", "line": text},
            ])
        );
        assert_eq!((&found["verdict"], found.get("question")), (&json!("clear"), None));
        let nothing = site.post("/api/v1/find", &json!({"text": "cucumber salad recipe"})).await.has_status(200).json;
        assert_eq!((&nothing["matches"], &nothing["verdict"]), (&json!([]), &json!("nothing")));
        for (wrong, at) in [
            (json!({}), ""),
            (json!({"text": " "}), "/text"),
            (json!({"text": "x".repeat(64 * 1024 + 1)}), "/text"),
            (json!({"event": {}}), "/event"),
            (json!({"event": {"source": "x".repeat(256)}}), "/event"),
            (json!({"text": text, "limit": 0}), "/limit"),
            (json!({"text": text, "limit": 51}), "/limit"),
        ] {
            assert_eq!(site.post("/api/v1/find", &wrong).await.has_status(422).wrong(), [at], "{wrong}");
        }
        site.post("/api/v1/find", &json!({"text": text, "limit": -1})).await.has_status(400);
    })
    .await;
}

#[tokio::test]
async fn several_matches_come_with_what_tells_them_apart() {
    on_both(async |site| {
        let event = |number: u32| format!("symptoms: {{texts: [The fan hums in B flat.], events: [{{source: Fan, id: {number}}}]}}\nstart: power");
        publish(site, &BELOW.replace("start: power", &event(100))).await;
        publish(site, &BELOW.replace("slug: below", "slug: beside").replace("start: power", &event(200))).await;
        let found = site.post("/api/v1/find", &json!({"text": "The fan hums in B flat.", "limit": 1})).await.has_status(200).json;
        assert_eq!(found["verdict"], "several");
        assert_eq!(found["matches"].as_array().unwrap().len(), 1, "the limit cuts the matches, not the question");
        let choices = json!([{"id": "below", "label": "event 100 from Fan"}, {"id": "beside", "label": "event 200 from Fan"}]);
        assert_eq!(found["question"], json!({"prompt": "Which of these events does the log show?", "choices": choices}));
    })
    .await;
}

#[tokio::test]
async fn what_is_published_is_found_at_once_and_what_is_withdrawn_no_more() {
    on_both(async |site| {
        let looked = async || site.post("/api/v1/find", &json!({"text": "help: the power supply hums"})).await.has_status(200).json["matches"].clone();
        assert_eq!(looked().await, json!([]));
        publish(site, &BELOW.replace("title: The power supply\n", "title: The power supply hums\n")).await;
        assert_eq!(looked().await[0]["id"], "below");
        let shelf = &site.app.visits().shelf;
        shelf.withdraw(shelf.current("below").unwrap().id).await.unwrap();
        assert_eq!(looked().await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn the_text_of_a_new_diagnosis_is_read_and_each_fact_keeps_its_line() {
    on_both(async |site| {
        let text = "Extension 'SMTP' could not be loaded.\n\nID no: c1030ad1";
        let facts = json!({"events": [{"id": 2036}, {"id": 2037, "source": "MSExchangeSA"}], "servers": [{"name": "EX01", "version": "5.0 SP2"}]});
        let begun = site.begin_with(&json!({"tree": TREE, "text": text, "facts": facts})).await;
        let shown = begun.created["facts"].as_array().unwrap();
        let keys: Vec<&str> = shown.iter().map(|fact| fact["key"].as_str().unwrap()).filter(|key| *key != "codes").collect();
        assert_eq!(keys, ["events", "events", "servers", "text"], "each event is a fact by itself");
        let said = shown.iter().find(|fact| fact["key"] == "text").unwrap();
        assert_eq!((&said["source"], &said["line"]), (&json!("pasted"), &json!("Extension 'SMTP' could not be loaded.")));
        assert_eq!(begun.get().await.json["facts"], begun.created["facts"]);
    })
    .await;
}

const BELOW: &str = "
format: fixpath/1
slug: below
title: The power supply
summary: Is there power?
products: [Anything]
applies_to: all
ladder: exchange
start: power
nodes:
  - key: power
    title: Power
    question:
      {fact: power, ask: yes_no, prompt: Is there power?, branches: [{when: power = no, to: plug}], otherwise: nothing, unknown: nothing, meant: [otherwise]}
  - {key: plug, title: Plug it in, outcome: {verdict: fix, headline: Plug it in, cause: It is unplugged., procedures: [
      {key: plug, title: Plug, applies: Always., risk: low, minutes: 1, per: all, rights: none, steps: [{title: Plug it in}], verify: A light., way_back: Unplug it.}]}}
  - {key: nothing, title: Nobody knows, outcome: {verdict: hand_over, headline: Ask somebody, cause: Nothing fits.}}
";

const ABOVE: &str = "
format: fixpath/1
slug: above
title: The machine is silent
summary: It makes no noise.
products: [Anything]
applies_to: all
ladder: exchange
start: room
nodes:
  - key: room
    title: Room
    question:
      {fact: room, ask: number, number: {min: 1}, prompt: Which room?, branches: [{when: room >= 1, to: whether}], otherwise: further, unknown: further}
  - {key: whether, title: Whether, route: {branches: [{when: fuse = yes, to: further}], otherwise: further, unknown: further}}
  - key: fuse
    title: Fuse
    question: {fact: fuse, ask: yes_no, prompt: Is the fuse whole?, branches: [{when: fuse = yes, to: further}], otherwise: further, unknown: further}
  - {key: further, title: Power, jump: {tree: below}}
";

async fn publish(site: &Site, text: &str) {
    let tree = file::read(text).unwrap_or_else(|error| panic!("{error}"));
    let shelf = &site.app.visits().shelf;
    shelf.load_draft(tree.clone()).await.unwrap();
    shelf.publish(&tree.slug, "for a test").await.unwrap();
}

#[tokio::test]
async fn keys_of_a_tree_that_was_jumped_to_carry_its_slug() {
    on_both(async |site| {
        publish(site, BELOW).await;
        publish(site, ABOVE).await;
        let tree = site.get("/api/v1/trees/above").await.has_status(200).json;
        let keys: Vec<&Json> = tree["questions"].as_array().unwrap().iter().flat_map(|question| [&question["key"], &question["fact"]]).collect();
        assert_eq!(keys, ["room", "room", "fuse", "fuse", "below.power", "below.power"]);

        let diagnosis = site.begin_with(&json!({"tree": "above", "facts": {"room": 12}})).await;
        let ways = |document: &Json| -> Vec<(String, Json)> {
            document["path"].as_array().unwrap().iter().map(|stop| (stop["node"].as_str().unwrap().to_owned(), stop["taken"].clone())).collect()
        };
        let way = |node: &str, taken: Json| (node.to_owned(), taken);
        assert_eq!(diagnosis.created["question"]["key"], "fuse", "the route waits for it");
        assert_eq!(ways(&diagnosis.created), [way("room", json!("whether")), way("whether", Json::Null)]);
        let jumped = diagnosis.answer("fuse", json!(true)).await;
        assert_eq!(jumped["question"]["key"], "below.power");
        let expected = [way("room", json!("whether")), way("whether", json!("further")), way("fuse", Json::Null), way("further", json!("below.power"))];
        assert_eq!(ways(&jumped), expected);
        let end = diagnosis.answer("below.power", json!(false)).await;
        assert_eq!(end["outcome"]["key"], "below.plug");
        assert_eq!(
            end["facts"],
            json!([
                {"key": "fuse", "value": true, "source": "asked"},
                {"key": "room", "value": 12.0, "source": "pasted"},
                {"key": "below.power", "value": false, "source": "asked"},
            ])
        );
        let ticked = diagnosis.put("/ticks", &json!({"outcome": "below.plug", "procedure": "plug", "steps": [1]})).await.has_status(200).json;
        assert_eq!(ticked["outcome"]["procedures"][0]["steps"][0]["done"], true);
        let over = diagnosis.answer("below.plug", json!("no")).await;
        assert_eq!((&over["state"], &over["outcome"]["key"]), (&json!("handover"), &json!("below.nothing")));
        let known = site.begin_with(&json!({"tree": "above", "facts": {"room": 12, "fuse": null, "below.power": false}})).await;
        assert_eq!(known.created["outcome"]["key"], "below.plug");
    })
    .await;
}
