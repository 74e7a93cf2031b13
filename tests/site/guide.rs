//! A guide before it is walked.

use std::time::Instant;

use axum::body::Body;
use axum::http::Method;

use crate::site::{Site, on_both, tree};

#[tokio::test]
async fn a_guide_says_what_it_is_about_and_begins_a_diagnosis() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.follow("An extension could not be loaded").await.goes_to("/guides/extension-not-loaded");
        ada.page().says("Extension 'SMTP' could not be loaded.").says("MSExchangeSA 2037").says("Version 1").says("questions at most");
        assert!(ada.page().named(&["meta"]).iter().all(|meta| meta.attribute("content") != Some("noindex")), "guides may be found by search engines");
        ada.submit("Start", &[]).await;
        assert_eq!(ada.page().heading(), "What does the error message say?");
        ada.page().says("question 1 of");
        assert!(site.stored(ada.page()).await.statements.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_former_address_leads_to_the_present_one_also_for_a_form() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.visitor();
        ada.get("/guides/detour").await;
        site.app().visits().shelf.rename_slug("detour", "lamp").await.unwrap();
        let moved = ada.request(Method::GET, "/guides/detour", &[], Body::empty()).await;
        assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/guides/lamp"));
        let (action, _) = ada.filled("Start", &[]);
        let posted = ada.request(Method::POST, &action, &[("content-type", "application/x-www-form-urlencoded")], Body::empty()).await;
        assert_eq!((posted.status.as_u16(), posted.header("location")), (308, "/guides/lamp"));
        ada.get("/guides/detour/map").await.has_status(200);
        ada.get("/guides/nothing").await.has_status(404);
        ada.get("/guides/nothing/map").await.has_status(404);
        ada.post("/guides/nothing", &[]).await.has_status(404);
    })
    .await;
}

#[tokio::test]
async fn a_diagnosis_says_when_its_guide_is_newer_renamed_or_withdrawn() {
    on_both(async |site: &Site| {
        let first = site.publish(&tree("detour")).await;
        let mut ada = site.visitor();
        ada.get("/guides/detour").await;
        ada.submit("Start", &[]).await;
        let diagnosis = ada.page().path.clone();
        ada.does_not_know().await.says("This diagnosis stays on version 1 of the guide").does_not_say("is newer");

        site.publish(&tree("detour")).await;
        ada.get(&diagnosis).await.says("Version 2 is newer.");
        site.app().visits().shelf.rename_slug("detour", "lamp").await.unwrap();
        ada.get(&diagnosis).await.says("Version 2 is newer.");

        site.app().visits().shelf.withdraw(first.version_id).await.unwrap();
        ada.get(&diagnosis).await.says("The authors withdrew this version of the guide");
        ada.follow("Change Way").await.says("The authors withdrew this version of the guide");
    })
    .await;
}

#[tokio::test]
async fn an_address_may_begin_so_many_diagnoses_and_is_then_told_to_wait() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        let first = Instant::now();
        let mut begun = 0;
        while ada.post("/guides/extension-not-loaded", &[]).await.status == 200 {
            begun += 1;
        }
        // Another one is allowed every five seconds, however slow this machine is.
        let allowed_meanwhile = usize::try_from(first.elapsed().as_secs() / 5).unwrap() + 1;
        assert!((60..=60 + allowed_meanwhile).contains(&begun), "{begun}");
        ada.page().has_status(429).says("Too many requests in a short time");
        assert!(!ada.page().header("retry-after").is_empty());
        ada.get("/diagnoses").await;
        assert_eq!(ada.page().named(&["tbody"])[0].named(&["tr"]).len(), begun);
    })
    .await;
}
