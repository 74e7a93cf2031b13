//! An installation below a sub-path. That every link of every page stays below it, each page is examined for when it is read.

use crate::site::{Site, on_both_with, tree};

#[tokio::test]
async fn every_page_works_below_a_sub_path() {
    let set = |settings: &mut fixpath::settings::Settings| settings.public_url = Some("http://fixpath.test/help".parse().unwrap());
    on_both_with(set, async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.visitor();
        ada.get("/help/").await.has_status(200);
        ada.submit("Read it", &[("evidence", "zzz")]).await.goes_to("/help/read");
        ada.submit("Find the fix", &[]).await.goes_to("/help/find").says("Nothing we know matches");
        ada.follow("All guides").await.goes_to("/help/");
        ada.follow("Lamps 1").await;
        ada.follow("A lamp stays dark").await.goes_to("/help/guides/detour");
        ada.follow("See the whole guide as a map").await;
        ada.follow("Back to the guide").await;
        ada.submit("Start", &[]).await;
        ada.submit("Continue", &[("answer", "stairs")]).await;
        ada.follow("Back to “Way”").await;
        ada.submit("Continue", &[("answer", "lift")]).await;
        ada.submit("Continue", &[("answer", "one")]).await.has_status(422);
        ada.submit("Continue", &[("answer", "1")]).await;
        let outcome = ada.page().path.clone();
        assert!(outcome.starts_with("/help/diagnoses/"));
        ada.submit("Save ticks", &[("step", "1")]).await.says("1 of 3 done.");
        ada.submit("Made it worse", &[]).await;
        ada.submit("I pressed that by mistake", &[]).await.goes_to(&outcome);
        ada.follow("See this path in the whole guide").await;
        ada.follow("Back to the diagnosis").await;
        ada.follow("Share").await;
        ada.submit("Make a link", &[]).await;
        let link = ada.page().with_id("link").unwrap().attribute("value").unwrap().to_owned();
        let shared = link.strip_prefix("http://fixpath.test").unwrap_or_else(|| panic!("{link} cannot be sent to anybody"));
        ada.get(shared).await.has_status(200).says("You opened this by a link");
        ada.get(&outcome).await;
        ada.follow("Delete").await;
        ada.submit("Delete it", &[]).await.goes_to("/help/diagnoses");
        ada.get("/help/nowhere").await.has_status(404);
        ada.follow("All guides").await.goes_to("/help/");
    })
    .await;
}
