//! Links for others, and the end of a diagnosis.

use axum::body::Body;
use axum::http::Method;

use crate::kinds::at;
use crate::outcome::at_the_bulb;
use crate::page::Page;
use crate::site::{Site, on_both};
use crate::visitor::{HOST, Visitor};

/// Makes a link of the diagnosis at this address, with the form filled in so.
async fn link(ada: &mut Visitor<'_>, diagnosis: &str, typed: &[(&str, &str)]) -> String {
    ada.get(&format!("{diagnosis}/share")).await;
    ada.submit("Make a link", typed).await.says("It is shown only now");
    let link = ada.page().with_id("link").unwrap().attribute("value").unwrap();
    link.strip_prefix(&format!("http://{HOST}")).expect("nobody else can open the link").to_owned()
}

fn is_read_only(page: &Page) {
    page.has_status(200).says("You opened this by a link");
    assert_eq!((page.named(&["form"]).len(), page.named(&["button"]).iter().filter(|button| button.attribute("type") != Some("button")).count()), (0, 0));
    assert!(page.named(&["meta"]).iter().any(|meta| meta.attribute("name") == Some("robots") && meta.attribute("content") == Some("noindex")));
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(!page.body.contains("/diagnoses/"), "the owner's own addresses are no business of a viewer");
}

#[tokio::test]
async fn a_link_opens_anywhere_and_changes_nothing() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        ada.submit("Save ticks", &[("step", "2")]).await;
        let diagnosis = ada.page().path.split('?').next().unwrap().to_owned();
        let before = site.stored(ada.page()).await;
        let link = link(&mut ada, &diagnosis, &[]).await;

        let mut bob = site.visitor();
        is_read_only(bob.get(&link).await);
        assert_eq!(bob.page().heading(), "Change the bulb");
        let ticked: Vec<bool> = bob.page().named(&["input"]).iter().map(|tick| tick.has("checked")).collect();
        assert_eq!(ticked, [false, true, false]);
        is_read_only(bob.follow("Call somebody").await);
        bob.page().says("Dial");
        bob.follow("See this path in the whole guide").await.has_status(200).says("The path in words");
        assert_eq!(bob.page().header("referrer-policy"), "no-referrer");
        bob.follow("Back to the diagnosis").await.goes_to(&link);
        assert!(bob.cookies.is_empty());

        bob.get(&diagnosis).await.has_status(404);
        bob.post(&link, &[("fixed", "yes")]).await.has_status(405);
        assert_eq!(site.stored(ada.get(&diagnosis).await).await, before);
        ada.submit("Yes", &[]).await;
        bob.get(&link).await.says("Solved");
    })
    .await;
}

/// Two servers were listed, one with a name that HTML must escape.
async fn at_the_administrator<'a>(site: &'a Site) -> Visitor<'a> {
    let mut ada = at(site, "Which servers are there?").await;
    ada.submit("Continue", &[("name-1", "EX<01>"), ("level-1", "?"), ("name-2", "EX02"), ("level-2", "?")]).await;
    ada.submit("Continue", &[("name-1", "EX02"), ("level-1", "?")]).await;
    ada
}

#[tokio::test]
async fn a_link_hides_names_unless_its_owner_says_otherwise() {
    on_both(async |site: &Site| {
        let mut ada = at_the_administrator(site).await;
        let diagnosis = ada.page().path.clone();
        ada.get(&format!("{diagnosis}/share"))
            .await
            .says("Not the names, unless you say so")
            .says("EX02 is shown as SERVER-2, EX<01> is shown as SERVER-1.")
            .says("with the names EX02, EX<01>.")
            .does_not_say("open it now");
        let hiding = link(&mut ada.other_window(), &diagnosis, &[]).await;
        let showing = link(&mut ada, &diagnosis, &[("names", "show"), ("time", "7")]).await;
        let lines = ada.page().section("2 links open it now");
        assert!(lines.contains("Names are hidden") && lines.contains("Names are shown"), "{lines}");

        let mut bob = site.visitor();
        for address in [hiding.clone(), format!("{hiding}/map")] {
            let page = bob.get(&address).await.has_status(200);
            assert!(!page.body.contains("EX02") && !page.body.contains("EX&") && !page.body.contains("EX<"), "{}", page.body);
        }
        is_read_only(bob.get(&hiding).await);
        assert_eq!(bob.page().heading(), "This diagnosis is not finished");
        bob.page().says("Which version has the Administrator program?").says("SERVER-1").says("SERVER-2").says("are replaced");
        is_read_only(bob.get(&showing).await);
        bob.page().says("EX<01>").says("EX02").does_not_say("SERVER-1");
        ada.get(&diagnosis).await.says("EX02").does_not_say("SERVER-1");
    })
    .await;
}

#[tokio::test]
async fn a_link_works_as_long_as_its_owner_chose_and_one_can_be_ended() {
    on_both(async |site: &Site| {
        let mut ada = at_the_administrator(site).await;
        let diagnosis = ada.page().path.clone();
        let mut links = Vec::new();
        for time in ["7", "30", "90", "kept"] {
            site.clock.advance(1);
            links.push(link(&mut ada, &diagnosis, &[("time", time)]).await);
        }
        assert_eq!(ada.get(&format!("{diagnosis}/share")).await.options("time"), ["7", "30", "90", "kept"]);
        ada.post(&format!("{diagnosis}/share"), &[("time", "4")]).await.has_status(400);
        ada.get(&format!("{diagnosis}/share")).await.says("4 links open it now");
        ada.submit("End this link (2)", &[]).await.says("3 links open it now");
        let mut bob = site.visitor();
        for (days, open) in [(0, [true, false, true, true]), (8, [false, false, true, true]), (90, [false, false, false, true])] {
            site.clock.advance(days * 24 * 60 * 60 * 1000);
            for (link, open) in links.iter().zip(open) {
                bob.get(link).await.has_status(if open { 200 } else { 404 });
            }
        }
    })
    .await;
}

#[tokio::test]
async fn ended_and_unknown_links_look_alike() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        let diagnosis = ada.page().path.clone();
        let first = link(&mut ada, &diagnosis, &[]).await;
        let second = link(&mut ada, &diagnosis, &[]).await;
        ada.page().says("2 links open it now");
        ada.submit("End all links", &[]).await.does_not_say("open it now");
        let mut bob = site.visitor();
        let unknown = bob.get(&format!("/shared/{}", "A".repeat(43))).await.body.clone();
        for ended in [&first, &second, &format!("{first}/map"), &"/shared/short".to_owned()] {
            assert_eq!(bob.get(ended).await.has_status(404).body, unknown, "{ended}");
        }
        ada.get(&diagnosis).await.has_status(200);
    })
    .await;
}

#[tokio::test]
async fn deleting_removes_page_link_list_and_rows_at_once() {
    on_both(async |site: &Site| {
        let mut ada = at_the_bulb(site).await;
        let diagnosis = ada.page().path.clone();
        let page = ada.page().clone();
        let link = link(&mut ada, &diagnosis, &[]).await;
        ada.follow("Back to the diagnosis").await;
        ada.follow("Delete").await.says("cannot be brought back").says("The link that opens it stops working.");
        ada.follow("Keep it").await.goes_to(&diagnosis);
        ada.follow("Delete").await;
        ada.submit("Delete it", &[]).await.goes_to("/diagnoses").says("There is none yet.");
        ada.get(&diagnosis).await.has_status(404);
        ada.get(&link).await.has_status(404);
        ada.post(&format!("{diagnosis}/delete"), &[]).await.has_status(404);
        ada.post(&format!("{diagnosis}/questions/way"), &[("answer", "lift")]).await.has_status(404);
        assert!(site.find_stored(&page).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn foreign_and_unknown_diagnoses_look_alike_on_every_address() {
    on_both(async |site: &Site| {
        let ada = at_the_bulb(site).await;
        let id = ada.page().path.split('/').nth(2).unwrap().to_owned();
        let mut mallory = at_the_bulb(site).await;
        let before = site.stored(ada.page()).await;
        for rest in ["", "/map", "/questions/way", "/outcomes/bulb", "/share", "/delete"] {
            let foreign = mallory.request(Method::GET, &format!("/diagnoses/{id}{rest}"), &[], Body::empty()).await;
            let unknown = mallory.request(Method::GET, &format!("/diagnoses/{}{rest}", "a".repeat(26)), &[], Body::empty()).await;
            assert_eq!((foreign.status.as_u16(), foreign.body), (404, unknown.body), "{rest}");
        }
        for rest in ["/questions/way", "/outcomes/bulb", "/outcomes/bulb/ticks", "/facts/detour.way/remove", "/share", "/share/end", "/delete"] {
            let fields = [("answer", "lift"), ("fixed", "yes"), ("procedure", "screw"), ("step", "1")];
            let foreign = mallory.post(&format!("/diagnoses/{id}{rest}"), &fields).await.has_status(404).body.clone();
            let unknown = mallory.post(&format!("/diagnoses/{}{rest}", "a".repeat(26)), &fields).await.has_status(404).body.clone();
            assert_eq!(foreign, unknown, "{rest}");
        }
        mallory.get("/diagnoses/not-an-id").await.has_status(404);
        assert_eq!(site.stored(ada.page()).await, before);
    })
    .await;
}

#[tokio::test]
async fn my_diagnoses_are_those_of_this_browser_newest_first() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/diagnoses").await.says("There is none yet.");
        let mut ada = at_the_bulb(site).await;
        site.clock.advance(60_000);
        ada.get("/guides/extension-not-loaded").await;
        ada.submit("Start", &[]).await;
        ada.follow("My diagnoses").await;
        let lines: Vec<String> = ada.page().named(&["tbody"])[0].named(&["tr"]).iter().map(|line| line.text()).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("An extension could not be loaded Next: What does the error message say?"), "{lines:?}");
        assert!(lines[1].starts_with("A lamp stays dark Change the bulb") && lines[1].contains("UTC"), "{lines:?}");
        assert!(ada.page().named(&["meta"]).iter().any(|meta| meta.attribute("content") == Some("noindex")));
        site.visitor().get("/diagnoses").await.says("There is none yet.");
    })
    .await;
}
