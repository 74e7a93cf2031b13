//! The desk as authors meet it: new guides, every kind of form, rows that come and go, mistakes, undo, and two authors at once.

use fixpath::audit::By;
use fixpath::tree::file;
use fixpath::tree::model::{NodeKind, Tree};
use fixpath::web::Role;

use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

const DESK: &str = "/editor/trees/kinds";

/// The guide `kinds`, published, and an author in front of its node `key`.
async fn at<'a>(site: &'a Site, key: &str) -> Visitor<'a> {
    site.publish(&tree("kinds")).await;
    let mut ada = site.author().await;
    ada.get(&format!("{DESK}?node={key}")).await.has_status(200);
    ada
}

/// The draft of the guide `slug`, as it is stored.
async fn draft(site: &Site, slug: &str) -> Tree {
    Tree::clone(&site.app().visits().shelf.open_draft(slug).await.unwrap().tree)
}

/// The key of the first node of this kind.
fn first(tree: &Tree, is: impl Fn(&NodeKind) -> bool) -> String {
    tree.nodes.iter().find(|node| is(&node.kind)).unwrap().key.clone()
}

#[tokio::test]
async fn a_guide_is_made_copied_and_moved_to_another_address() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get("/editor").await;
        ada.follow("New guide").await;
        ada.submit("Make the guide", &[("title", "Mail is late"), ("slug", "Not good")]).await.has_status(422);
        assert!(ada.page().field_error("slug").contains("a-z"));
        assert_eq!((ada.page().value("title"), ada.page().value("slug")), ("Mail is late".to_owned(), "Not good".to_owned()));
        ada.submit("Make the guide", &[("slug", ""), ("products", "Exchange Server"), ("applies_to", "all")]).await.has_status(200);
        assert_eq!(ada.page().path, "/editor/trees/mail-is-late");
        ada.page().says("Draft 1").says("never published").says("First question").says("Hand over");
        site.visitor().get("/guides/mail-is-late").await.has_status(404);
        ada.get("/editor/trees/new").await;
        ada.submit("Make the guide", &[("title", "Mail is late"), ("products", "x"), ("applies_to", "x")]).await.has_status(422);
        assert!(ada.page().field_error("slug").contains("Another guide has"));
        ada.get("/editor/trees/mail-is-late/copy").await;
        ada.submit("Make the copy", &[("title", "Mail is lost")]).await.says("Mail is lost");
        assert_eq!(draft(site, "mail-is-lost").await.nodes, draft(site, "mail-is-late").await.nodes);
        ada.get("/editor/trees/mail-is-lost/address").await.says("takes effect at once");
        ada.submit("Change it", &[("slug", "mail-is-late")]).await.has_status(422);
        ada.submit("Change it", &[("slug", "lost-mail")]).await.has_status(200);
        assert_eq!(ada.get("/editor/trees/mail-is-lost?node=hand_over").await.path, "/editor/trees/lost-mail?node=hand_over");
        ada.get("/editor").await.says("Mail is lost").says("Mail is late");
    })
    .await;
}

#[tokio::test]
async fn every_node_of_every_kind_is_saved_as_it_was() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "").await;
        let before = draft(site, "kinds").await;
        for node in &before.nodes {
            ada.get(&format!("{DESK}?node={}", node.key)).await;
            ada.submit("Save draft", &[]).await.has_status(200).says("No changes since version 1");
        }
        ada.get(DESK).await;
        ada.submit("Save draft", &[]).await.says("No changes since version 1");
        assert_eq!(file::write(&draft(site, "kinds").await).unwrap(), file::write(&before).unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_question_is_changed_and_the_change_undone() {
    on_both(async |site: &Site| {
        let before = tree("kinds");
        let key = first(&before, |kind| matches!(kind, NodeKind::Question(_)));
        let mut ada = at(site, &key).await;
        ada.submit("Save draft", &[("title", "Another title"), ("prompt", "What then?")]).await;
        ada.page().says("1 change since version 1").says("saved").says("by Ada");
        assert_eq!((ada.page().value("title"), ada.page().value("prompt")), ("Another title".to_owned(), "What then?".to_owned()));
        ada.submit("Undo", &[]).await.says("Redo");
        assert_eq!(draft(site, "kinds").await, before);
        ada.submit("Redo", &[]).await;
        assert_eq!(draft(site, "kinds").await.node(&key).unwrap().title, "Another title");
        ada.get("/editor").await.says("Draft").says("by Ada");
        // Visitors still walk the version.
        site.visitor().get("/guides/kinds").await.does_not_say("Another title");
    })
    .await;
}

#[tokio::test]
async fn an_outcome_gets_a_procedure_row_by_row() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "").await;
        ada.follow("Add a node").await;
        ada.submit("Add it", &[("kind", "outcome"), ("title", "Ending")]).await.has_status(200);
        let before = draft(site, "kinds").await;
        ada.submit("Add a procedure", &[("headline", "Half a headline")]).await.has_status(200);
        assert_eq!(ada.page().value("headline"), "Half a headline", "what was typed stays while rows come and go");
        ada.submit("Add a step to procedure 1", &[("procedure-1-title", "Restart it")]).await;
        ada.submit("Add a step to procedure 1", &[("procedure-1-step-1-title", "Second")]).await;
        ada.submit("Move procedure 1, step 2 up", &[("procedure-1-step-2-title", "First")]).await;
        assert_eq!([1, 2].map(|n| ada.page().value(&format!("procedure-1-step-{n}-title"))), ["First", "Second"]);
        assert_eq!(draft(site, "kinds").await, before, "nothing is stored before it is saved");
        let rest = [
            ("procedure-1-applies", "Always"),
            ("procedure-1-risk", "high"),
            ("procedure-1-minutes", "soon"),
            ("procedure-1-per", "each"),
            ("procedure-1-rights", "Local administrator"),
            ("procedure-1-step-2-shell", "powershell"),
            ("procedure-1-step-2-command", "Restart-Service {servers"),
            ("procedure-1-verify", "It runs"),
            ("procedure-1-way_back", "None"),
        ];
        ada.submit("Save draft", &rest).await.has_status(422);
        assert!(ada.page().field_error("procedure-1-minutes").contains("whole minutes"));
        assert!(!ada.page().field_error("procedure-1-step-2-command").is_empty());
        assert_eq!(ada.page().value("procedure-1-step-2-command"), "Restart-Service {servers");
        ada.submit("Add a step to procedure 1", &[]).await;
        let mended = [("procedure-1-minutes", "5"), ("procedure-1-step-2-command", "Restart-Service x"), ("cause", "line one\nline two")];
        ada.submit("Save draft", &mended).await.has_status(200);
        let stored = draft(site, "kinds").await;
        let NodeKind::Outcome(outcome) = &stored.node("ending").unwrap().kind else { panic!("it is no outcome any more") };
        assert_eq!((outcome.headline.as_str(), outcome.cause.as_str()), ("Half a headline", "line one\nline two"));
        let procedure = &outcome.procedures[0];
        assert_eq!((procedure.key.as_str(), procedure.minutes, procedure.steps.len()), ("restart_it", 5, 2), "the empty step is ignored");
        assert_eq!(procedure.steps[1].command.as_ref().unwrap().text, "Restart-Service x");
    })
    .await;
}

#[tokio::test]
async fn a_branch_is_added_leads_to_a_new_node_and_keeps_a_condition_that_cannot_be_read() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "servers").await;
        let (key, when, to) = ("servers", "branch-1-when", "branch-1-to");
        ada.submit("Add a branch", &[]).await;
        ada.submit("Save draft", &[(when, "some server is is"), (to, "+outcome")]).await.has_status(422);
        assert!(ada.page().field_error(when).contains("“is” does not fit after “some server is”."));
        assert_eq!((ada.page().value(when), ada.page().value(to)), ("some server is is".to_owned(), "+outcome".to_owned()));
        ada.submit("Save draft", &[(when, "some server is 5.0")]).await.has_status(200).says("some server runs 5.0").says("New outcome");
        let stored = draft(site, "kinds").await;
        assert_eq!(stored.node(key).unwrap().kind.fork().unwrap().branches[0].to, "new_outcome");
        assert!(stored.node("new_outcome").is_some());
        // A key is never used again.
        ada.get(&format!("{DESK}/nodes/new_outcome/delete")).await;
        ada.submit("Delete it", &[("edge-1-to", "-")]).await.has_status(200);
        assert_eq!(draft(site, "kinds").await.node("new_outcome"), None);
        ada.get(&format!("{DESK}/add")).await;
        ada.submit("Add it", &[("kind", "outcome"), ("title", "New outcome")]).await.has_status(200);
        assert_eq!(ada.page().path, format!("{DESK}?node=new_outcome_2"));
    })
    .await;
}

#[tokio::test]
async fn a_node_is_moved_copied_and_deleted_with_its_edges_led_elsewhere() {
    on_both(async |site: &Site| {
        let before = tree("kinds");
        let mut ada = at(site, &before.start).await;
        ada.follow("Delete question").await.says("The guide starts here");
        assert!(!ada.page().has_button("Delete it"));
        let second = before.nodes[1].key.clone();
        ada.get(&format!("{DESK}/nodes/{second}/arrange")).await;
        ada.submit("Move up", &[]).await.has_status(200);
        assert_eq!(draft(site, "kinds").await.nodes[0].key, second);
        ada.get(&format!("{DESK}/nodes/{second}/arrange")).await;
        ada.submit("Move there", &[("position", "x")]).await.has_status(422).field_error("position");
        ada.submit("Move there", &[("position", "3")]).await;
        assert_eq!(draft(site, "kinds").await.nodes[2].key, second);
        ada.get(&format!("{DESK}/nodes/{second}/arrange")).await;
        ada.submit("Copy the node", &[]).await.says("(copy)");
        assert_eq!(draft(site, "kinds").await.nodes.len(), before.nodes.len() + 1);
        ada.get(&format!("{DESK}/nodes/{second}/delete")).await;
        ada.submit("Delete it", &[]).await.has_status(422);
        let asked = ada.page().fields_with_errors();
        assert!(!asked.is_empty());
        let end = first(&before, |kind| matches!(kind, NodeKind::Outcome(_)));
        let led: Vec<(&str, &str)> = asked.iter().map(|field| (field.as_str(), end.as_str())).collect();
        ada.submit("Delete it", &led).await.has_status(200);
        let stored = draft(site, "kinds").await;
        assert!(stored.node(&second).is_none());
        assert!(stored.nodes.iter().filter_map(|node| node.kind.fork()).flat_map(|fork| fork.targets()).all(|target| target != second));
    })
    .await;
}

#[tokio::test]
async fn two_authors_who_change_the_same_choose_field_by_field() {
    on_both(async |site: &Site| {
        let key = first(&tree("kinds"), |kind| matches!(kind, NodeKind::Question(_)));
        let mut ada = at(site, &key).await;
        let mut bob = site.sign_in_as("Bob", &[Role::Author]).await;
        bob.get(&format!("{DESK}?node={key}")).await;
        ada.submit("Save draft", &[("prompt", "What does Ada ask?"), ("title", "Title of Ada")]).await;
        bob.submit("Save draft", &[("prompt", "What does Bob ask?"), ("hint", "Hint of Bob")]).await.has_status(409);
        bob.page().says("What does Ada ask?").says("What does Bob ask?").says("by Ada").does_not_say("Title of Ada by hand");
        bob.submit("Save what I chose", &[]).await.has_status(422).field_error("part-1-field-1-take");
        bob.submit("Save what I chose", &[("part-1-field-1-take", "hand"), ("part-1-field-1-text", "What do both ask?")]).await.has_status(200);
        assert_eq!(bob.page().path, format!("{DESK}?node={key}&saved={key}"));
        let values = ["title", "prompt", "hint"].map(|name| bob.page().value(name));
        assert_eq!(values, ["Title of Ada", "What do both ask?", "Hint of Bob"]);
    })
    .await;
}

#[tokio::test]
async fn what_one_author_deletes_the_other_can_bring_back() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "").await;
        ada.get(&format!("{DESK}/add")).await;
        ada.submit("Add it", &[("kind", "outcome"), ("title", "Short lived")]).await;
        let mut bob = site.sign_in_as("Bob", &[Role::Author]).await;
        bob.get(&format!("{DESK}?node=short_lived")).await;
        ada.get(&format!("{DESK}/nodes/short_lived/delete")).await.says("Nothing leads here");
        ada.submit("Delete it", &[]).await;
        bob.submit("Save draft", &[("headline", "Written by Bob")]).await.has_status(409).says("They deleted it");
        bob.submit("Save what I chose", &[("part-1-take", "mine")]).await.has_status(200).says("Short lived");
        assert_eq!(bob.page().value("headline"), "Written by Bob");
    })
    .await;
}

#[tokio::test]
async fn nobody_but_authors_sees_a_draft() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "").await;
        ada.submit("Save draft", &[("title", "Secret title")]).await.says("Secret title");
        let mut eve = site.visitor();
        for path in ["/editor", DESK, &format!("{DESK}/add"), &format!("{DESK}/copy"), "/editor/trees/new"] {
            eve.get(path).await.does_not_say("Secret title").says("Sign in");
        }
        let mut admin = site.sign_in_as("Root", &[Role::Admin]).await;
        admin.get(DESK).await.has_status(403).does_not_say("Secret title");
        for path in ["/", "/guides/kinds", "/guides/kinds/map"] {
            eve.get(path).await.does_not_say("Secret title");
        }
    })
    .await;
}

#[tokio::test]
async fn whatever_an_author_types_is_text() {
    const HOSTILE: &str = "<script>alert(1)</script>\"'&amp;</textarea></title>";
    on_both(async |site: &Site| {
        let mut ada = at(site, "").await;
        ada.submit("Add an event", &[("title", HOSTILE), ("texts", HOSTILE)]).await;
        ada.submit("Save draft", &[("event-1-source", HOSTILE), ("event-1-id", "x")]).await.has_status(422);
        assert_eq!(["title", "texts", "event-1-source"].map(|name| ada.page().value(name)), [HOSTILE; 3]);
        ada.submit("Save draft", &[("event-1-id", "1")]).await.has_status(200).says(HOSTILE);
        for node in draft(site, "kinds").await.nodes {
            ada.get(&format!("{DESK}?node={}", node.key)).await;
            ada.submit("Save draft", &[("title", HOSTILE)]).await.has_status(200);
            for page in ["arrange", "delete"] {
                ada.get(&format!("{DESK}/nodes/{}/{page}", node.key)).await.says(HOSTILE);
                assert!(!ada.page().body.contains("<script>alert"));
            }
        }
        ada.get("/editor").await.says(HOSTILE);
        assert!(!ada.page().body.contains("<script>alert"));
    })
    .await;
}

#[tokio::test]
async fn what_is_due_is_named() {
    on_both(async |site: &Site| {
        let mut due = tree("kinds");
        due.review_by = Some("2020-01-02".to_owned());
        site.publish(&due).await;
        let mut ada = site.author().await;
        ada.get("/editor").await.says("What is due").says("Review was due on 2 Jan 2020");
        let shelf = &site.app().visits().shelf;
        let by = By::command_line();
        let draft = shelf.open_draft("kinds").await.unwrap();
        shelf.ask_review("kinds", draft.revision, "Please look", &by).await.unwrap();
        ada.get("/editor").await.says("asks for somebody to look at the draft");
    })
    .await;
}
