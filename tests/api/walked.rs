//! Walking a guide to its end.

use axum::http::Method;
use serde_json::{Value as Json, json};

use crate::client::{TREE, on_both, servers};

const EVENT: &str = "The file version of '\\add-ins\\smtp\\i386\\imcadmin.dll' installed on the local server is not current. \
                     Unable to locate a current version on any server in the site.";
const REPLICATION: &str = "Extension 'SMTP' could not be loaded.\nAn error occurred during file replication. \
                           Unable to find the extension .DLL file with the correct version number.";

fn event() -> Json {
    json!([{"id": 2037, "source": "MSExchangeSA", "text": EVENT}])
}

fn names_of<'a>(list: &'a Json, member: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

fn lines_of(procedure: &Json) -> Vec<&str> {
    let commands = procedure["steps"].as_array().unwrap().iter().filter_map(|step| step["command"]["lines"].as_array());
    commands.flatten().map(|line| line.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_full_paste_ends_on_outcome_1_without_a_question_and_names_each_server_in_its_place() {
    on_both(async |site| {
        let facts = json!({"events": event(), "servers": servers(&["5.0", "5.0 SP1", "5.0 SP2"])});
        let body = json!({"tree": TREE, "text": "Extension SMTP could not be loaded.", "facts": facts});
        let document = site.begin_with(&body).await.created;
        assert_eq!((&document["state"], &document["tree"], &document["version"]), (&json!("outcome"), &json!(TREE), &json!(1)));
        assert!(document.get("question").is_none());
        let outcome = &document["outcome"];
        assert_eq!((&outcome["key"], &outcome["verdict"]), (&json!("level_generators"), &json!("fix")));
        assert_eq!(outcome["title"], "Bring EX01 and EX02 to the level of EX03");
        let [first, second] = &outcome["procedures"].as_array().unwrap()[..] else { panic!("{outcome:#}") };
        assert_eq!(first["title"], "Apply Service Pack 2 to EX01 and EX02");
        assert_eq!(second["title"], "Copy the proxy address generators from EX03 to EX01 and EX02");
        let lines = lines_of(second);
        assert!(lines.iter().any(|line| line.contains(r"copy \\EX03\Address\SMTP\I386\Inproxy.dll")), "{lines:?}");
        assert!(lines.iter().all(|line| !line.contains("EX01") && !line.contains("EX02")), "{lines:?}");
        assert_eq!(outcome["references"][0]["article"], "Q247773");

        // Nothing was asked: every question of the path was known from the paste, and the path leads to the outcome without a gap.
        let path = document["path"].as_array().unwrap();
        for (stop, next) in path.iter().zip(path.iter().skip(1).map(|stop| &stop["node"]).chain([&outcome["key"]])) {
            assert_eq!(&stop["taken"], next, "{stop}");
            assert_eq!(stop.get("known_from").is_some(), stop["kind"] == "question", "{stop}");
        }
        assert_eq!(names_of(&document["facts"], "key"), ["events", "servers", "text"]);
        assert_eq!(names_of(&document["facts"], "source"), ["pasted", "pasted", "pasted"]);
        let because = outcome["because"].as_array().unwrap();
        assert!(because.iter().any(|reason| reason["facts"] == json!(["servers"])), "{because:?}");
        assert!(names_of(&outcome["ruled_out"], "key").contains(&"replicate_55_addin"), "{outcome:#}");
    })
    .await;
}

#[tokio::test]
async fn the_same_with_a_55_server_ends_on_outcome_2() {
    on_both(async |site| {
        let document = site.begin(json!({"text": REPLICATION, "events": event(), "servers": servers(&["5.0", "5.0 SP1", "5.5"])})).await.created;
        let outcome = &document["outcome"];
        assert_eq!(outcome["key"], "replicate_55_addin");
        assert_eq!(outcome["title"], "Open the Internet Mail Service once on EX01 and EX02");
        assert_eq!(names_of(&outcome["procedures"], "title"), ["Open the properties on EX01 and EX02"]);
        let steps = &outcome["procedures"][0]["steps"];
        assert_eq!(steps[0]["title"], "Note the version of Imcadmin.dll on EX01 and EX02");
        assert_eq!(steps[2]["text"], "Imcadmin.dll on EX01 and EX02 must now have the version of the file on EX03.");
    })
    .await;
}

#[tokio::test]
async fn questions_are_answered_one_by_one_from_nothing() {
    on_both(async |site| {
        let diagnosis = site.begin(json!({})).await;
        let first = &diagnosis.created;
        assert_eq!((&first["state"], &first["question"]["key"], &first["question"]["ask"]), (&json!("question"), &json!("error_text"), &json!("text")));
        assert_eq!((&first["path"], &first["facts"]), (&json!([]), &json!([])));

        let second = diagnosis.answer("error_text", json!("Extension 'SMTP' could not be loaded.")).await;
        assert_eq!((&second["question"]["key"], &second["question"]["ask"]), (&json!("servers"), &json!("servers")));
        assert_eq!(second["path"][0]["node"], "error_text");
        let last = second["path"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["kind"], &last["taken"]), (&json!("route"), &json!("servers")));

        let third = diagnosis.answer("servers", servers(&["5.5 SP3"])).await;
        let question = &third["question"];
        assert_eq!((&question["key"], &question["ask"]), (&json!("second_line"), &json!("choice")));
        assert!(names_of(&question["options"], "key").contains(&"none"), "{question}");

        diagnosis.answer("second_line", json!("none")).await;
        diagnosis.answer("event", json!({"id": 2037, "source": "MSExchangeSA", "text": EVENT})).await;
        let last = diagnosis.answer("version_conflict", json!(true)).await;
        assert_eq!((&last["state"], &last["outcome"]["key"]), (&json!("outcome"), &json!("align_file_version")));
        assert!(last["facts"].as_array().unwrap().iter().all(|fact| fact["source"] == "asked"), "{}", last["facts"]);
        assert_eq!(diagnosis.get().await.json, last);
    })
    .await;
}

#[tokio::test]
async fn dont_know_is_an_answer_and_leads_on() {
    on_both(async |site| {
        let diagnosis = site.begin(json!({})).await;
        let mut document = diagnosis.created.clone();
        for _ in 0..6 {
            let Some(key) = document["question"]["key"].as_str().map(str::to_owned) else { break };
            document = diagnosis.answer(&key, Json::Null).await;
            let stop = document["path"].as_array().unwrap().iter().find(|stop| stop["node"] == key.as_str()).unwrap();
            assert!(stop["answer"].is_null() && stop.get("answer").is_some(), "{stop}");
        }
        assert_eq!((&document["state"], &document["outcome"]["verdict"]), (&json!("handover"), &json!("hand_over")));
        assert!(document["facts"].as_array().unwrap().iter().all(|fact| fact["value"].is_null()), "{}", document["facts"]);
    })
    .await;
}

#[tokio::test]
async fn what_did_not_help_leads_on_until_nothing_is_left() {
    on_both(async |site| {
        let facts = json!({
            "text": REPLICATION, "events": event(), "servers": servers(&["5.0", "5.0 SP1", "5.5"]),
            "addin_file": "missing", "version_conflict": true,
        });
        let diagnosis = site.begin(facts).await;
        let mut document = diagnosis.created.clone();
        let mut tried = Vec::new();
        while document["state"] == "outcome" {
            let key = document["outcome"]["key"].as_str().unwrap().to_owned();
            document = diagnosis.answer(&key, json!(if tried.is_empty() { "no" } else { "worse" })).await;
            tried.push(key);
        }
        assert_eq!(tried, ["replicate_55_addin", "put_file_back", "align_file_version"]);
        assert_eq!((&document["state"], &document["outcome"]["key"]), (&json!("handover"), &json!("hand_over")));
        let stops: Vec<&Json> = document["path"].as_array().unwrap().iter().filter(|stop| stop["kind"] == "outcome").collect();
        assert_eq!(stops.iter().map(|stop| &stop["answer"]).collect::<Vec<_>>(), ["no", "worse", "worse"]);
        assert_eq!(stops[0]["taken"], "put_file_back");

        // Taking the first answer back leads to the first outcome again.
        let back = diagnosis.ask(Method::DELETE, "/answers/replicate_55_addin", None).await.has_status(200);
        assert_eq!(back.json["outcome"]["key"], "replicate_55_addin");
        let solved = diagnosis.answer("replicate_55_addin", json!("yes")).await;
        assert_eq!((&solved["state"], &solved["outcome"]["solved"]), (&json!("outcome"), &json!(true)));
    })
    .await;
}
