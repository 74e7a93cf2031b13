//! Conditions, built by pressing the buttons of the branch's page.

use crate::site::{Site, on_both};
use crate::visitor::Visitor;

const NEW: &str = "/editor/trees/extension-not-loaded/nodes/servers/branches/new";
const FIRST: &str = "/editor/trees/extension-not-loaded/nodes/servers/branches/1";

/// One press of a button with what is typed before it.
type Press = (&'static str, &'static [(&'static str, &'static str)]);

async fn builds(author: &mut Visitor<'_>, presses: &[Press]) {
    author.get(NEW).await.has_status(200);
    for (button, typed) in presses {
        author.submit(button, typed).await.has_status(200);
        assert_eq!(author.page().fields_with_errors(), [] as [String; 0], "after {button}");
    }
}

/// The condition of the last branch of the node, as it is stored.
async fn last_stored(site: &Site) -> String {
    let draft = site.app().visits().shelf.open_draft("extension-not-loaded").await.unwrap();
    draft.tree.node("servers").unwrap().kind.fork().unwrap().branches.last().unwrap().when.to_string()
}

/// Six conditions of different kinds: what is pressed, what comes of it, and a part of its sentence.
const CONDITIONS: [(&[Press], &str, &str); 6] = [
    (
        &[
            ("Add to line 1", &[("add-1", "servers")]),
            ("Add to line 1", &[("level-3", "5.0 SP2"), ("add-1", "servers")]),
            ("Add to line 1", &[("how-4", "every"), ("level-5", "5.0"), ("add-1", "servers")]),
            ("Show the sentence", &[("how-7", "below"), ("level-7", "5.0 SP2")]),
        ],
        "some server is 5.0 SP2 and every server is 5.0 and some server is 5.0 below SP2",
        "Some server runs 5.0 SP2, every server runs 5.0, and some server is below 5.0 SP2.",
    ),
    (
        &[
            ("Add to line 1", &[("add-1", "event")]),
            ("Add to line 2", &[("value-3", "MSExchangeSA"), ("value-4", "2037"), ("add-2", "contains")]),
            ("Add to line 1", &[("value-5", "SMTP"), ("add-1", "messages")]),
            ("Add to line 6", &[("value-7", "could not be loaded"), ("add-6", "group")]),
            ("Add to line 8", &[("join-8", "none"), ("add-8", "text_code")]),
            ("Show the sentence", &[("value-9", "c10312c6")]),
        ],
        "event(source MSExchangeSA and id 2037 and contains \"SMTP\") and text(contains \"could not be loaded\" and not code c10312c6)",
        "does not show the code c10312c6",
    ),
    (
        &[
            ("Add to line 1", &[("add-1", "servers")]),
            ("Add to line 2", &[("how-2", "count"), ("op-2", ">="), ("value-2", "2"), ("level-3", "5.5"), ("add-2", "role")]),
            ("Show the sentence", &[("value-4", "bridgehead")]),
        ],
        "count(server (is 5.5 and role has bridgehead)) >= 2",
        "For at least 2 of the servers",
    ),
    (
        &[
            ("Add to line 1", &[("add-1", "servers")]),
            ("Add to line 2", &[("level-3", "5.0 SP2"), ("add-2", "other_servers")]),
            ("Add to line 2", &[("how-4", "every"), ("how-5", "below"), ("level-5", "5.0 SP2"), ("add-2", "where")]),
            ("Show the sentence", &[("level-4", "5.0")]),
        ],
        "some server where is 5.0: (is 5.0 SP2 and every other server is 5.0 below SP2)",
        "every other server is below 5.0 SP2",
    ),
    (
        &[
            ("Add to line 1", &[("add-1", "history")]),
            ("Show the sentence", &[("of-2", "admin"), ("how-2", "before"), ("to-2", "4.0 SP2"), ("then-2", "apply"), ("then_to-2", "4.0 SP4")]),
        ],
        "admin.before(apply 4.0 SP2, apply 4.0 SP4)",
        "The Administrator program had 4.0 SP2 applied before it had 4.0 SP4 applied.",
    ),
    (
        &[
            ("Add to line 1", &[("add-1", "servers")]),
            ("Remove line 3", &[]),
            ("Add to line 2", &[("add-2", "version")]),
            ("Add to line 2", &[("name-3", "Store.exe"), ("op-3", ">="), ("value-3", "5.5.2651.32"), ("add-2", "other_servers")]),
            ("Remove line 5", &[("var-2", "a")]),
            ("Add to line 4", &[("add-4", "version")]),
            ("Show the sentence", &[("name-5", "Store.exe"), ("op-5", "<"), ("with-5", "a"), ("with_what-5", "file"), ("with_name-5", "Store.exe")]),
        ],
        "some server a (file(\"Store.exe\") >= 5.5.2651.32 and some other server (file(\"Store.exe\") < a.file(\"Store.exe\")))",
        "Store.exe at or above 5.5.2651.32",
    ),
];

#[tokio::test]
async fn conditions_of_six_kinds_are_built_by_buttons_alone() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        for (presses, text, sentence) in CONDITIONS {
            builds(&mut ada, presses).await;
            let expected = fixpath::tree::condition::Condition::parse(text).unwrap().to_string();
            assert_eq!(ada.page().value("text").trim(), expected);
            ada.page().says(sentence);
            ada.submit("Save branch", &[("label", "built"), ("to", "level_generators")]).await.has_status(200).says("Server versions");
            assert_eq!(last_stored(site).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn the_text_fills_the_form_and_its_mistakes_are_said_beside_it() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get(FIRST).await.says("Some server runs 5.0 SP2");
        ada.submit("Use this text", &[("text", "some server\n  is below SP2")]).await;
        assert!(ada.page().field_error("text").starts_with("line 2, column 6: A range needs its family."), "{}", ada.page().text());
        assert_eq!(ada.page().value("text").trim(), "some server\n  is below SP2");
        ada.submit("Use this text", &[("text", "no client os is \"NT 4.0\" below SP4")]).await.says("No client runs a Windows that is below NT 4.0 SP4.");
        assert_eq!([ada.page().value("how-2"), ada.page().value("list-2"), ada.page().value("level-3")], ["no", "client", "\"NT 4.0\" SP4"]);
        // What was changed in both is stored from neither.
        ada.submit("Save branch", &[("text", "admin is 5.5"), ("how-2", "every")]).await;
        assert!(ada.page().field_error("text").contains("both changed"));
        ada.submit("Use the form", &[]).await;
        ada.submit("Save branch", &[]).await.says("Server versions");
        let draft = site.app().visits().shelf.open_draft("extension-not-loaded").await.unwrap();
        assert_eq!(draft.tree.node("servers").unwrap().kind.fork().unwrap().branches[0].when.to_string(), "every client os is \"NT 4.0\" below SP4");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_and_marked() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        let before = last_stored(site).await;
        builds(&mut ada, &[("Add to line 1", &[("add-1", "servers")]), ("Add to line 1", &[("add-1", "event")])]).await;
        ada.submit("Save branch", &[("how-3", "below"), ("level-3", "5.0"), ("value-5", "<MSExchangeSA>"), ("value-6", "many"), ("label", "kept")]).await;
        assert!(ada.page().title().starts_with("Error: "));
        assert!(ada.page().field_error("level-3").contains("Choose a level of 5.0"));
        assert!(ada.page().field_error("value-6").contains("number"));
        let kept = ["how-3", "level-3", "value-5", "value-6", "label"].map(|name| ada.page().value(name));
        assert_eq!(kept, ["below", "5.0", "<MSExchangeSA>", "many", "kept"]);
        assert_eq!(last_stored(site).await, before);
        // A name that means nothing in this tree is said at once.
        ada.get(NEW).await;
        ada.submit("Use this text", &[("text", "nobody_asks = yes and some server is 5.0 SP9")]).await;
        ada.page().says("No question sets the fact \"nobody_asks\".").says("has no level \"SP9\"");
        assert_eq!(ada.page().value("level-4"), "5.0 SP9");
    })
    .await;
}

#[tokio::test]
async fn lines_move_by_their_buttons() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get(NEW).await;
        ada.submit("Use this text", &[("text", "code(1) and code(2) and code(3)")]).await;
        ada.submit("Move line 4 up", &[]).await;
        assert_eq!(ada.page().value("text").trim(), "code(1) and code(3) and code(2)");
        ada.submit("Move line 3 in, to what stands above it or into a group", &[("value-3", "33")]).await;
        ada.submit("Move line 5 in, to what stands above it or into a group", &[]).await;
        assert_eq!(ada.page().value("text").trim(), "code(1) and (code(33) or code(2))");
        ada.submit("Move line 4 out", &[]).await;
        assert_eq!(ada.page().value("text").trim(), "code(1) and code(2) and code(33)");
    })
    .await;
}

#[tokio::test]
async fn a_preview_says_what_the_form_says_and_stores_nothing() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get(FIRST).await;
        let (_, sent) = ada.filled("Show the sentence", &[("how-2", "no")]);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let before = last_stored(site).await;
        let preview = ada.post(&format!("{FIRST}/preview"), &sent).await;
        assert!(preview.has_status(200).body.contains("No server runs 5.0 SP2") && !preview.body.contains("<html"), "{}", preview.body);
        assert_eq!(last_stored(site).await, before);
        site.visitor().get(FIRST).await.does_not_say("5.0 SP2");
    })
    .await;
}

/// The guide whose cases and servers a condition is tried on.
#[tokio::test]
async fn the_page_says_what_a_condition_matches() {
    on_both(async |site: &Site| {
        let cases = site.app().visits().shelf.open_draft("extension-not-loaded").await.unwrap().tree.cases.len();
        let mut ada = site.author().await;
        ada.get(NEW).await.does_not_say("Matches:");
        ada.submit("Use this text", &[("text", "some server is 5.0 SP2")]).await.says(&format!("of {cases} cases")).says("Cases in which it is true");
        ada.submit("Show the sentence", &[("example", "EX01 5.0 SP1\nEX02 5.0 SP2")]).await.says("For the servers you typed: true");
        assert_eq!(ada.page().value("example").trim(), "EX01 5.0 SP1\nEX02 5.0 SP2");
        ada.submit("Show the sentence", &[("example", "EX01 5.0 SP1")]).await.says("For the servers you typed: false");
        ada.submit("Show the sentence", &[("example", "no servers here")]).await.says("For the servers you typed:").does_not_say("typed: true");
        ada.submit("Use this text", &[("text", "some server is")]).await.does_not_say("Matches:");
    })
    .await;
}

#[tokio::test]
async fn a_branch_and_the_node_it_leads_to_are_made_in_one_edit() {
    on_both(async |site: &Site| {
        let shelf = &site.app().visits().shelf;
        let before = shelf.open_draft("extension-not-loaded").await.unwrap();
        let mut ada = site.author().await;
        ada.get(NEW).await;
        ada.submit("Use this text", &[("text", "some server is 5.0 SP2")]).await;
        ada.submit("Save branch", &[("to", "+outcome")]).await;
        assert_eq!(ada.page().field_error("new_title"), "Write a title for the new node.");
        ada.submit("Save branch", &[("to", "level_generators"), ("new_title", "Ask the vendor")]).await;
        assert!(ada.page().field_error("to").contains("what the new node does"));
        ada.submit("Save branch", &[("to", "+outcome")]).await.has_status(200).says("Server versions");
        let after = shelf.open_draft("extension-not-loaded").await.unwrap();
        let branch = after.tree.node("servers").unwrap().kind.fork().unwrap().branches.last().unwrap().clone();
        assert_eq!((branch.to.as_str(), after.tree.node("ask_the_vendor").unwrap().title.as_str()), ("ask_the_vendor", "Ask the vendor"));
        assert_eq!((after.tree.nodes.len(), after.edits), (before.tree.nodes.len() + 1, before.edits + 1));
    })
    .await;
}
