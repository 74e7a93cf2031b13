//! How a new guide grows: its nodes one after another, what may be left empty, and what is said when something is saved or published.

use fixpath::tree::model::{Node, NodeKind, Outcome, Risk, Tree};

use crate::site::{Site, on_both};

const DESK: &str = "/editor/trees/mail-is-late";

async fn draft(site: &Site) -> Tree {
    Tree::clone(&site.app().visits().shelf.open_draft("mail-is-late").await.unwrap().tree)
}

fn outcome<'t>(tree: &'t Tree, title: &str) -> &'t Outcome {
    let found = tree.nodes.iter().find(|node| node.title == title);
    let Some(Node { kind: NodeKind::Outcome(outcome), .. }) = found else { panic!("no outcome {title}") };
    outcome
}

#[tokio::test]
async fn a_guide_grows_from_node_to_node_until_it_is_published() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get("/editor/trees/new").await;
        ada.submit("Make the guide", &[("title", "Mail is late"), ("products", "Exchange Server\nOutlook")]).await.has_status(200);
        assert_eq!(draft(site).await.applies_to, "Exchange Server, Outlook", "it applies to its products");

        ada.get(&format!("{DESK}?node=first_question")).await;
        let fork = [
            ("title", "Is it late?"),
            ("ask", "yes_no"),
            ("branch-1-when", "Yes"),
            ("branch-1-to", "+outcome"),
            ("branch-1-to_title", "Clock is wrong"),
            ("otherwise", "+outcome"),
            ("otherwise_title", "It is in time"),
            ("unknown", "hand_over"),
        ];
        ada.submit("Save and go on", &fork).await.has_status(200).says("“Is it late?” is saved.");
        assert_eq!(ada.page().value("title"), "Clock is wrong", "the first node that the form made");

        let way = [
            ("procedure-1-title", "Set the clock"),
            ("procedure-1-risk", "none"),
            ("procedure-1-minutes", "5"),
            ("procedure-1-more", "Stop the service\nSet {servers: is nonsense}"),
            ("procedure-1-verify", "Mail is in time."),
        ];
        ada.submit("Save and go on", &way).await.has_status(422);
        assert!(ada.page().field_error("procedure-1-more").contains("Line 2"));
        assert_eq!(ada.page().value("procedure-1-more").trim(), "Stop the service\nSet {servers: is nonsense}", "what was typed stays");
        let steps = "Stop the service\n`net stop w32time`\nSet the clock";
        ada.submit("Save and go on", &[("cause", "The clock is late."), ("procedure-1-more", steps)]).await.says("“Clock is wrong” is saved.");
        let tree = draft(site).await;
        let procedure = &outcome(&tree, "Clock is wrong").procedures[0];
        let said: Vec<_> = procedure.steps.iter().map(|step| (step.title.as_str(), step.command.as_ref().map(|command| command.text.as_str()))).collect();
        assert_eq!(said, [("Stop the service", Some("net stop w32time")), ("Set the clock", None)]);
        assert_eq!((procedure.risk, procedure.way_back.as_str()), (Risk::None, "Nothing was changed."));

        assert_eq!(ada.page().value("title"), "It is in time", "the next that is unfinished");
        assert_eq!(ada.page().value("headline"), "", "it follows the title");
        ada.submit("Save draft", &[("title", "It is in good time"), ("verdict", "nothing_wrong"), ("procedure-1-title", "")]).await;
        ada.page().has_status(200).says("“It is in good time” is saved.");
        let tree = draft(site).await;
        let fine = outcome(&tree, "It is in good time");
        assert_eq!((fine.headline.as_str(), fine.cause.as_str(), fine.procedures.len()), ("It is in good time", "", 0));
        ada.page().does_not_say("Save and go on");

        ada.get(&format!("{DESK}/publish")).await.does_not_say("falls to");
        ada.submit("Publish now", &[("summary", "The first version.")]).await.says("Version 1 is published");
        ada.follow("The guide as visitors see it").await.has_status(200).says("Mail is late");
        let ends = ada.page().section("What it can end on");
        assert!(ends.contains("Clock is wrong") && ends.contains("It is in good time") && !ends.contains("Hand over"), "{ends}");
        ada.page().does_not_say("You are right here if you see");
        ada.get(&format!("{DESK}/versions?published=2")).await.does_not_say("Version 2 is published");
    })
    .await;
}
