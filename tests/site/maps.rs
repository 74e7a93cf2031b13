//! The maps: of a guide, and with the path of a diagnosis.

use crate::outcome::at_the_bulb;
use crate::site::{Site, on_both};

#[tokio::test]
async fn the_map_of_a_guide_draws_and_says_every_node() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/guides/extension-not-loaded").await;
        ada.follow("See the whole guide as a map").await.has_status(200).says("Error text").says("Level the generators");
        let drawing = ada.page().named(&["svg"]).into_iter().find(|svg| svg.attribute("role") == Some("img")).expect("nothing is drawn").clone();
        let words = drawing.named(&["desc"])[0].text();
        assert!(words.starts_with("61 nodes: 21 questions"), "{words}");
        assert!(drawing.text().contains("Server versions"), "the drawing names its nodes");
        assert!(!ada.page().has_section("The path in words"));
        ada.follow("Back to the guide").await.goes_to("/guides/extension-not-loaded");
    })
    .await;
}

#[tokio::test]
async fn the_map_of_a_diagnosis_has_its_path_in_words() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        let diagnosis = ada.page().path.clone();
        let lane = ada.page().with_id("path-d").expect("the path is not drawn beside the outcome").text();
        assert!(lane.contains("Way: stairs") && lane.contains("Steep stairs: steep") && lane.contains("Result: Change the bulb"), "{lane}");
        ada.follow("See this path in the whole guide").await.has_status(200);
        let words = ada.page().section("The path in words");
        assert!(words.contains("Way") && words.contains("stairs") && words.contains("Steep stairs"), "{words}");
        ada.follow("Back to the diagnosis").await.goes_to(&diagnosis);
    })
    .await;
}
