//! What was told in one guide holds in the next.

use fixpath::tree::fact::Source;

use crate::site::{Site, on_both, tree};

#[tokio::test]
async fn facts_are_carried_to_another_guide_with_their_lines() {
    on_both(async |site: &Site| {
        let mut lamp = tree("detour");
        lamp.symptoms.texts = vec!["Extension 'SMTP' could not be loaded.".to_owned()];
        site.publish(&lamp).await;
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Read it", &[("evidence", "Extension 'SMTP' could not be loaded.")]).await;
        ada.submit("Find the fix", &[]).await;
        if ada.page().has_text("guides fit") {
            ada.submit("Start with what you told: An extension could not be loaded", &[]).await;
        }
        while !ada.page().has_section("Why this matches") {
            ada.does_not_know().await;
        }
        ada.submit("Look for another guide with what you told us", &[]).await.has_status(200);
        let stored = site.stored(ada.page()).await;
        assert_eq!(ada.page().title(), "Which way did you come?", "the one other guide that fits is begun");
        let carried = stored.statements.iter().find(|statement| statement.key.as_str() == "text").unwrap();
        assert_eq!((carried.source, carried.line.as_deref()), (Source::Carried, Some("Extension 'SMTP' could not be loaded.")));
        ada.page().says("known from what you pasted");
    })
    .await;
}

#[tokio::test]
async fn without_another_guide_the_page_says_so_and_the_facts_are_not_lost() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.submit("Read it", &[("evidence", "Extension 'SMTP' could not be loaded.")]).await;
        ada.submit("Find the fix", &[]).await;
        while !ada.page().has_section("Why this matches") {
            ada.does_not_know().await;
        }
        ada.submit("Look for another guide with what you told us", &[]).await.says("No other guide matches").says("Extension 'SMTP' could not be loaded.");
        ada.submit("Correct what we read", &[]).await;
        assert_eq!(ada.page().value("message-1"), "Extension 'SMTP' could not be loaded.");
        ada.submit("Find the fix", &[("message-1", "kwyjibo")]).await.says("No other guide matches");
    })
    .await;
}
