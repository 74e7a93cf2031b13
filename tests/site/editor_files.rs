//! Trees as files in the browser, and find and replace across trees.

use fixpath::audit::By;
use fixpath::tree::file;
use fixpath::tree::model::Tree;

use crate::site::{Site, on_both, tree};

fn text(tree: &Tree) -> String {
    file::write(tree).unwrap()
}

#[tokio::test]
async fn what_is_exported_is_imported_again() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        let page = ada.get("/editor/trees/detour/export").await.has_status(200);
        assert_eq!(page.body, text(&tree("detour")));
        assert!(page.header("content-disposition").contains("detour-draft.yaml"));
        assert_eq!(ada.get("/editor/trees/detour/export?of=1").await.body, text(&tree("detour")));
        ada.get("/editor/trees/detour/export?of=9").await.has_status(404);
        ada.get("/editor/import").await;
        let page = ada.upload("Read the file", &[], &[("file", "detour.yaml", text(&tree("detour")).as_bytes())]).await;
        page.has_status(200).says("The file is the same as the draft");
    })
    .await;
}

#[tokio::test]
async fn a_new_address_makes_a_guide_and_a_known_one_shows_the_difference_first() {
    on_both(async |site: &Site| {
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get("/editor/import").await;
        ada.submit("Read what is pasted", &[("text", &text(&tree("detour")))]).await.goes_to("/editor/trees/detour");
        assert!(shelf.current("detour").is_none(), "a visitor sees no part of a draft");

        let newer = Tree { title: "A newer title".to_owned(), ..tree("detour") };
        ada.get("/editor/import").await;
        ada.submit("Read what is pasted", &[("text", &text(&newer))]).await.has_status(200).says("which is there already").says("A newer title");
        assert_eq!(shelf.open_draft("detour").await.unwrap().tree.title, tree("detour").title);
        let mut other = ada.other_window();
        ada.submit("Replace the draft", &[]).await.goes_to("/editor/trees/detour");
        assert_eq!(*shelf.open_draft("detour").await.unwrap().tree, newer);
        other.submit("Replace the draft", &[]).await.has_status(409).says("edited meanwhile");
    })
    .await;
}

#[tokio::test]
async fn mistakes_are_named_beside_the_field_with_their_line_or_limit() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get("/editor/import").await;
        ada.submit("Read what is pasted", &[("text", "format: fixpath/1\nslug: x\nwhat: 1\n")]).await.has_status(422);
        let error = ada.page().field_error("text");
        assert!(error.starts_with("line 3, column"), "{error}");
        assert!(ada.page().value("text").contains("what: 1"));
        ada.submit("Read the file", &[]).await.has_status(422);
        assert!(ada.page().field_error("file").contains("Choose a file"));
        ada.upload("Read the file", &[], &[("file", "big.yaml", &vec![b' '; 5 * 1024 * 1024])]).await.has_status(422);
        assert!(ada.page().field_error("file").contains("2048 KiB is the limit"));
        let mut many = tree("detour");
        let outcome = many.nodes.last().unwrap().clone();
        many.nodes.extend((0..1001).map(|number| fixpath::tree::model::Node { key: format!("more_{number}"), ..outcome.clone() }));
        ada.upload("Read the file", &[], &[("file", "many.yaml", text(&many).as_bytes())]).await.has_status(422);
        assert!(ada.page().field_error("file").contains("1000 is the limit"));
    })
    .await;
}

#[tokio::test]
async fn what_is_ticked_is_replaced_in_every_guide_and_nothing_else() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        site.publish(&tree("elsewhere")).await;
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get("/editor/replace").await;
        ada.submit("Find", &[]).await.has_status(422);
        assert!(ada.page().field_error("find").contains("Enter the text"));
        ada.submit("Find", &[("find", "lamp"), ("replacement", "lantern"), ("whole_words", "yes")]).await.says("Found in").says("lantern");
        let (kept, ticked): (Vec<String>, Vec<String>) = ada.page().values("hit").into_iter().partition(|hit| hit == "elsewhere node.what.option-lamp");
        assert_eq!(kept.len(), 1, "{ticked:?}");
        ada.submit("Replace what is ticked", &[("-hit", &kept[0])]).await.says("Replaced in");
        let after = shelf.open_draft("elsewhere").await.unwrap();
        let written = text(&after.tree);
        assert!(written.contains("label: A lamp") && written.contains("a lantern") && written.contains("what = lamp"), "{written}");
        assert_eq!(after.saved_by.as_deref(), Some("Ada"));
        assert_eq!(ada.page().values("hit"), kept, "what was left is still found");
    })
    .await;
}

#[tokio::test]
async fn a_conflict_in_one_guide_leaves_the_others_alone() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        site.publish(&tree("elsewhere")).await;
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get("/editor/replace").await;
        ada.submit("Find", &[("find", "lamp"), ("replacement", "lantern")]).await;
        let draft = shelf.open_draft("elsewhere").await.unwrap();
        let mut edited = Tree::clone(&draft.tree);
        edited.summary = "Another lamp.".to_owned();
        shelf.save("elsewhere", draft.revision, edited, &By::command_line()).await.unwrap();
        ada.submit("Replace what is ticked", &[]).await.says("somebody else changed the same texts").says("Replaced in");
        assert_eq!(shelf.open_draft("elsewhere").await.unwrap().tree.summary, "Another lamp.");
        assert!(text(&shelf.open_draft("detour").await.unwrap().tree).contains("lantern"));
    })
    .await;
}
