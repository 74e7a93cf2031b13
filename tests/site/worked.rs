//! The two worked checks of the starter tree, from the start page to the fix.

use crate::site::{Site, on_both};
use crate::visitor::Visitor;

/// Three servers in the table of the starter tree.
pub fn three_servers(third: &'static str) -> [(&'static str, &'static str); 9] {
    [
        ("name-1", "EX01"),
        ("level-1", "5.0 RTM"),
        ("os-1", "?"),
        ("name-2", "EX02"),
        ("level-2", "5.0 SP1"),
        ("os-2", "?"),
        ("name-3", "EX03"),
        ("level-3", third),
        ("os-3", "?"),
    ]
}

/// Pastes `text` and event 2037 on the start page and begins with the guide that was found.
async fn begins_with<'a>(site: &'a Site, text: &str) -> Visitor<'a> {
    let mut ada = site.visitor();
    ada.get("/").await;
    ada.submit("Find the fix", &[("evidence", text), ("event-id", "2037"), ("event-source", "MSExchangeSA")]).await;
    ada.page().says("One guide matches").says("event 2037 from MSExchangeSA");
    ada.submit("Start with this text: An extension could not be loaded", &[]).await;
    ada
}

#[tokio::test]
async fn three_servers_of_5_0_with_one_sp2_end_on_the_generators() {
    on_both(async |site: &Site| {
        let mut ada = begins_with(site, "Extension SMTP could not be loaded.").await;
        assert_eq!(ada.page().title(), "Which version and service pack does each server in the site run?");
        ada.page().says("Extension SMTP could not be loaded.").says("2037 MSExchangeSA").says("pasted by you");
        ada.submit("Continue", &three_servers("5.0 SP2")).await;
        assert_eq!(ada.page().heading(), "Bring EX01 and EX02 to the level of EX03");
        ada.page().says("Apply Service Pack 2 to EX01 and EX02").says("Q247773");
        ada.follow("Copy the proxy address generators from EX03 to EX01 and EX02").await;
        ada.page().says("copy \\\\EX03\\Address\\SMTP\\I386\\Inproxy.dll Address\\SMTP\\I386").says("The servers are EX01 and EX02.");
    })
    .await;
}

#[tokio::test]
async fn a_5_5_beside_5_0_ends_on_replicating_its_add_in() {
    on_both(async |site: &Site| {
        let text = "Extension 'SMTP' could not be loaded.\nAn error occurred during file replication. Unable to find the extension .DLL file with the \
                    correct version number.\nMicrosoft Exchange Administrator\nID no: c1030ad1";
        let mut ada = begins_with(site, text).await;
        ada.submit("Continue", &three_servers("5.5 RTM")).await;
        assert_eq!(ada.page().heading(), "Open the Internet Mail Service once on EX01 and EX02");
        ada.page().says("Q183320").says("fetches the file from EX03");
    })
    .await;
}

#[tokio::test]
async fn servers_of_this_year_are_told_who_lags_behind_what_and_since_when() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/guides/exchange-update-levels").await;
        ada.submit("Start", &[]).await;
        let rows = [
            ("name-1", "EX01"),
            ("level-1", "Exchange 2019 CU14 (KB5103214)"),
            ("name-2", "EX02"),
            ("build-2", "15.02.1544.044"),
            ("name-3", "EX03"),
            ("level-3", "?"),
        ];
        ada.submit("Continue", &rows).await;
        assert_eq!(ada.page().heading(), "Where do these levels or builds come from?");
        ada.submit("Continue", &[("answer", "file")]).await;
        ada.submit("Continue", &[("answer", "no")]).await;
        assert_eq!(ada.page().heading(), "Install the newest update on EX01 [and perhaps EX03: level not known]");
        ada.page()
            .says("EX01 runs 2019 CU14 Jul26SU (15.2.1544.43); CU14 Aug26SU has been out since 11 August 2026 (KB5121575)")
            .says("[EX03: level not known]")
            .says("as of 11 August 2026, the date of the newest release in this table")
            .says("Some server is behind the updates that have come out")
            .does_not_say("EX02 runs");
        let items: Vec<String> = ada.page().named(&["li"]).into_iter().map(crate::html::Element::text).collect();
        assert!(items.contains(&"[EX03: level not known]".to_owned()), "each server has an item of its own: {items:?}");
    })
    .await;
}
