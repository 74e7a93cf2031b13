//! Texts of a draft: what no page would show is refused beside its field, texts are read before they are saved, and selections are put into them.

use fixpath::tree::model::{NodeKind, Tree};

use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

const DESK: &str = "/editor/trees/kinds";
const WORDS: &str = "/editor/trees/kinds/nodes/done/words";

/// The guide with a question and an outcome, published, and an author.
async fn author(site: &Site) -> Visitor<'_> {
    site.publish(&tree("kinds")).await;
    site.author().await
}

async fn draft(site: &Site) -> Tree {
    Tree::clone(&site.app().visits().shelf.open_draft("kinds").await.unwrap().tree)
}

/// A field of a node, or of the guide as a whole; what is typed there; and a part of what is said beside it.
const REFUSED: [(&str, &str, &str, &str); 12] = [
    ("colour", "hint", "It is <b>above</b> the door.", "line 1 has HTML, \"<b>\""),
    ("colour", "help", "Ask\n\n[her](javascript:alert(1))", "line 3 links to \"javascript:alert(1)\""),
    ("done", "cause", "<script>alert(1)</script>", "line 1 has HTML"),
    ("done", "procedure-1-applies", "[x](data:text/html,x)", "links to \"data:text/html,x\""),
    ("done", "procedure-1-step-1-text", "Say <i>it</i>.", "line 1 has HTML"),
    ("done", "procedure-1-verify", "<hr>", "line 1 has HTML"),
    ("done", "procedure-1-way_back", "[x](vbscript:x)", "links to \"vbscript:x\""),
    ("done", "headline", "Look after {nobody}", "\"nobody\""),
    ("done", "procedure-1-step-1-title", "Stop {servers: is", "At “{servers:”: this brace is not closed"),
    ("done", "procedure-1-step-1-command", "ping {servers: is 5.0 SP99}", "SP99"),
    ("done", "procedure-1-title", "Look at {levels of servers}", "prints a list"),
    ("", "summary", "About <u>lamps</u>", "line 1 has HTML"),
];

#[tokio::test]
async fn what_no_page_would_show_is_refused_beside_its_field() {
    on_both(async |site: &Site| {
        let mut ada = author(site).await;
        let before = draft(site).await;
        for (node, field, typed, part) in REFUSED {
            ada.get(&format!("{DESK}?node={node}")).await;
            ada.submit("Save draft", &[("title", "Changed too"), (field, typed)]).await.has_status(422);
            let said = ada.page().field_error(field);
            assert!(said.contains(part), "{field}: {said}");
            assert_eq!([ada.page().value("title"), ada.page().value(field)].map(|value| value.trim().to_owned()), ["Changed too", typed]);
            assert_eq!(ada.page().fields_with_errors(), [field]);
        }
        assert_eq!(draft(site).await, before);
        // What looks like HTML to nobody else is taken.
        ada.get(&format!("{DESK}?node=done")).await;
        let fine = [("cause", "`<b>` and 1 < 2, [x](https://example.com) {{so}}"), ("procedure-1-step-1-command", "type <{servers}>")];
        ada.submit("Save draft", &fine).await.has_status(200);
    })
    .await;
}

#[tokio::test]
async fn edges_to_nowhere_conditions_with_a_mistake_and_texts_without_end_are_refused() {
    on_both(async |site: &Site| {
        let mut ada = author(site).await;
        let before = draft(site).await;
        ada.get(&format!("{DESK}?node=colour")).await;
        ada.submit("Add a branch", &[]).await;
        let long = "long ".repeat(10_000);
        let typed = [("branch-1-when", "colour = "), ("title", &long[..300]), ("hint", long.as_str())];
        let (action, sent) = ada.filled("Save draft", &typed);
        let pairs = sent.iter().map(|(name, value)| if name == "otherwise" { (name.as_str(), "deleted") } else { (name.as_str(), value.as_str()) });
        let sent: Vec<(&str, &str)> = pairs.collect();
        ada.post(&action, &sent).await.has_status(422);
        assert!(ada.page().field_error("title").contains("at most 200 characters"));
        assert!(ada.page().field_error("hint").contains("50000 characters; 30000 is the limit"));
        assert!(ada.page().field_error("branch-1-when").contains("Something is missing after “colour =”."));
        assert!(ada.page().field_error("otherwise").contains("There is no node \"deleted\""));
        ada.page().field_error("branch-1-to");
        assert_eq!(ada.page().value("hint").trim(), long.trim());
        assert_eq!(draft(site).await, before);
    })
    .await;
}

#[tokio::test]
async fn texts_are_read_as_visitors_would_before_they_are_saved() {
    on_both(async |site: &Site| {
        let mut ada = author(site).await;
        let before = draft(site).await;
        ada.get(&format!("{DESK}?node=done")).await;
        ada.submit("Preview", &[("cause", "It is **dark** near {servers}. <b>"), ("title", "Kept")]).await.has_status(200);
        let read = ada.page().section("As visitors would read it");
        assert!(read.contains("It is dark near [the servers, which you have not named]. <b>") && read.contains("Way back"), "{read}");
        assert!(ada.page().body.contains("<strong>dark</strong>") && !ada.page().body.contains(" <b>."));
        assert_eq!([ada.page().value("title"), ada.page().value("cause").trim().to_owned()], ["Kept", "It is **dark** near {servers}. <b>"]);
        // The same follows the typing in a browser with scripts.
        let (_, sent) = ada.filled("Preview", &[("cause", "It is *bright*.")]);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let part = ada.post(&format!("{DESK}/nodes/done/preview"), &sent).await;
        assert!(part.has_status(200).body.contains("<em>bright</em>") && !part.body.contains("<html"), "{}", part.body);
        assert_eq!(draft(site).await, before);
        ada.get(&format!("{DESK}?node=colour")).await;
        ada.submit("Preview", &[]).await;
        assert!(ada.page().section("As visitors would read it").contains("It is above the door."));
        site.visitor().post(&format!("{DESK}/nodes/done/preview"), &[]).await.says("Sign in");
    })
    .await;
}

#[tokio::test]
async fn a_selection_is_built_by_buttons_and_put_into_the_text_of_a_field() {
    on_both(async |site: &Site| {
        let mut ada = author(site).await;
        ada.get(&format!("{DESK}?node=done")).await;
        ada.follow("Names and answers for Cause").await.has_status(200).says("Blanks stand where names and answers are filled in");
        assert_eq!(ada.page().with_id("written").unwrap().attribute("value"), Some("{servers}"));
        ada.submit("Add to line 1", &[("what", "levels of servers"), ("words", "These are behind:"), ("add-1", "level")]).await;
        ada.submit("Put it into the text", &[("how-2", "below"), ("level-2", "5.0 SP2")]).await.has_status(200);
        let text = "These are behind:\n\n{levels of servers: is 5.0 below SP2}";
        assert_eq!(ada.page().value("words").trim(), text);
        let NodeKind::Outcome(outcome) = draft(site).await.node("done").unwrap().kind.clone() else { panic!("no outcome") };
        assert!(outcome.cause.starts_with("The lamp"), "nothing is stored yet");
        ada.submit("Save the text", &[("words", &format!("{text}\n\n<hr>"))]).await.has_status(422);
        assert!(ada.page().field_error("words").contains("has HTML"));
        ada.submit("Save the text", &[("words", text)]).await.goes_to(&format!("{DESK}?node=done"));
        assert_eq!(ada.page().value("cause").trim(), text);

        ada.get(WORDS).await;
        ada.follow("Edit Step 2 of \u{201c}Look at {servers: is 5.0}\u{201d}").await;
        assert_eq!(ada.page().value("words").trim(), "Come back");
        ada.submit("Put it into the text", &[("what", "nickname")]).await;
        assert_eq!(ada.page().value("words").trim(), "Come back {nickname}");
        ada.submit("Show what to write", &[("what", "servers")]).await;
        ada.submit("Add to line 1", &[("add-1", "role")]).await;
        ada.submit("Show what to write", &[]).await;
        assert_eq!(ada.page().field_error("value-2"), "Enter the role, such as bridgehead.");
        assert_eq!(ada.page().value("words").trim(), "Come back {nickname}");
        ada.get(&format!("{WORDS}?into=nowhere")).await.has_status(200).says("Press \u{201c}Edit\u{201d}");
    })
    .await;
}

#[tokio::test]
async fn files_and_replacements_are_held_to_the_same() {
    on_both(async |site: &Site| {
        let mut ada = author(site).await;
        let before = draft(site).await;
        let text = fixpath::tree::file::write(&before).unwrap();
        for (from, to, part) in [
            ("It is *above* the door.", "It is <b>above</b> the door.", "HTML"),
            ("otherwise: signs", "otherwise: nowhere", "\"nowhere\", which does not exist"),
            ("Look after {servers}", "Look after {nobody}", "nobody"),
        ] {
            assert!(text.contains(from), "{from}");
            ada.get("/editor/import").await;
            ada.submit("Read what is pasted", &[("text", &text.replace(from, to))]).await.has_status(422);
            let said = ada.page().field_error("text");
            assert!(said.contains("Nothing was stored.") && said.contains(part), "{said}");
        }
        ada.get("/editor/replace").await;
        ada.submit("Find", &[("find", "It is *above*"), ("replacement", "It is <i>above</i>")]).await.says("Found in one text");
        ada.submit("Replace what is ticked", &[]).await.says("Nothing was replaced.").says("has HTML");
        assert_eq!(draft(site).await, before);
    })
    .await;
}
