//! Ladders: edited in forms, taken from tables, and kept from losing levels that are in use.

use crate::site::{Site, on_both, tree};

const LADDER: &str = "/editor/ladders/exchange";

#[tokio::test]
async fn a_ladder_is_begun_and_its_family_edited_row_by_row() {
    on_both(async |site: &Site| {
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        ada.get("/editor/ladders").await.says("Exchange Server");
        ada.submit("Add the ladder", &[("key", "Lamps!")]).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["product", "key", "family"]);
        ada.submit("Add the ladder", &[("product", "Lamps"), ("key", "lamps"), ("family", "1"), ("level", "RTM")]).await.goes_to("/editor/ladders/lamps");
        ada.follow("Edit family 1").await;
        ada.submit("Add a level at the end", &[]).await;
        ada.submit("Save the family", &[("level-2", "SP1"), ("build-2", "one")]).await.has_status(422);
        assert!(ada.page().field_error("build-2").contains("numbers joined by dots"));
        ada.submit("Up: row 2", &[("build-2", "1.1")]).await;
        assert_eq!((ada.page().value("level-1"), ada.page().value("level-2")), ("SP1".to_owned(), "RTM".to_owned()));
        ada.submit("Down: row 1", &[]).await;
        ada.submit("Save the family", &[]).await.goes_to("/editor/ladders/lamps").says("Revision 2");
        let ladders = shelf.ladders().await.unwrap();
        let levels: Vec<String> = ladders.get("lamps").unwrap().levels().map(|(_, level, _)| level).collect();
        assert_eq!(levels, ["1 RTM", "1 SP1"]);

        ada.follow("Add a family").await;
        ada.submit("Save the family", &[("name", "2"), ("kind", "updates"), ("level-1", "RTM")]).await.goes_to("/editor/ladders/lamps").says("Revision 3");
        ada.submit("Up: family 2", &[]).await.says("Revision 4");
        ada.submit("Remove family 2", &[]).await.says("Revision 5").does_not_say("Remove family 2");
        ada.get("/editor/ladders/lamps?revision=3").await.says("an older revision").says("Family \"2\"");
        ada.get("/editor/ladders/lamps?revision=99").await.has_status(404);
    })
    .await;
}

#[tokio::test]
async fn a_table_is_compared_before_it_is_stored() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        let table = ada.get(&format!("{LADDER}/table.csv")).await.has_status(200).body.clone();
        let grown = format!("{table}SE,updates,CU1,,CU1,15.2.9999,2027-01,\n");
        ada.get(&format!("{LADDER}/import")).await;
        ada.submit("Read what is pasted", &[("table", &grown.replace("15.2.9999", "soon"))]).await.has_status(422);
        let line = grown.lines().count();
        assert!(ada.page().field_error("table").contains(&format!("Line {line}, column build")), "{}", ada.page().field_error("table"));
        ada.submit("Read what is pasted", &[("table", &grown)]).await.has_status(200).says("SE CU1 is new");
        ada.submit("Store it as the newest revision", &[]).await.goes_to(LADDER).says("Revision 2").says("Ada");
        assert_eq!(ada.get(&format!("{LADDER}/table.csv")).await.body, grown);
        ada.get(&format!("{LADDER}/import")).await;
        ada.upload("Read the file", &[], &[("file", "same.csv", grown.as_bytes())]).await.says("The table changes nothing");
    })
    .await;
}

#[tokio::test]
async fn a_level_in_use_does_not_vanish() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        ada.get(LADDER).await;
        ada.submit("Remove family 5.0", &[]).await.has_status(409);
        let error = ada.page().field_error("families");
        assert!(error.contains("is used by"), "{error}");
        ada.get(LADDER).await.does_not_say("Revision 2");
    })
    .await;
}

#[tokio::test]
async fn shipped_tables_leave_an_authors_ladder_alone() {
    on_both(async |site: &Site| {
        let shelf = &site.app().visits().shelf;
        let mut ada = site.author().await;
        let table = ada.get(&format!("{LADDER}/table.csv")).await.body.clone();
        ada.get(&format!("{LADDER}/import")).await;
        ada.submit("Read what is pasted", &[("table", &format!("{table}SE,updates,CU1,,CU1,,,\n"))]).await;
        ada.submit("Store it as the newest revision", &[]).await;
        fixpath::app::content::load(shelf).await.unwrap();
        shelf.load_ladders(fixpath::app::content::ladders().unwrap()).await.unwrap();
        assert!(shelf.ladders().await.unwrap().get("exchange").unwrap().place("SE", "CU1").is_some());
    })
    .await;
}
