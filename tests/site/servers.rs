//! The table of servers: rows, ticks, "not known", and what is pasted.

use fixpath::tree::fact::{Rows, Value};

use crate::kinds::{at, value};
use crate::page::Page;
use crate::site::{Site, on_both};
use crate::visitor::Visitor;

const QUESTION: &str = "Which servers are there?";

fn rows(page: &Page) -> usize {
    page.named(&["input"]).iter().filter(|input| input.attribute("name").is_some_and(|name| name.starts_with("name-"))).count()
}

async fn stored(site: &Site, page: &Page) -> Rows {
    match value(site, page, "servers").await {
        Some(Value::Rows(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

async fn nothing_is_stored(site: &Site, page: &Page) {
    assert!(site.stored(page).await.statements.iter().all(|statement| statement.key.as_str() != "servers"));
}

async fn pastes(ada: &mut Visitor<'_>, list: &str) {
    ada.submit("Read what I pasted", &[("paste", list)]).await.has_status(200);
}

#[tokio::test]
async fn rows_are_added_and_removed_without_losing_what_was_typed() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        assert_eq!(rows(ada.page()), 3);
        let typed = [("name-1", "EX01"), ("level-1", "5.0 SP1"), ("site-1", "NORTH"), ("roles-1", "ims"), ("name-2", "EX02"), ("level-2", "?"), ("more", "1")];
        ada.submit("Add a server", &typed).await.has_status(200);
        assert_eq!(rows(ada.page()), 4);
        ada.submit("Add ten rows", &[]).await;
        assert_eq!(rows(ada.page()), 14);
        let kept = ["name-1", "level-1", "site-1", "roles-1", "name-2", "level-2", "more"].map(|name| ada.page().value(name));
        assert_eq!(kept, ["EX01", "5.0 SP1", "NORTH", "ims", "EX02", "?", "1"]);
        ada.submit("Remove server 1", &[]).await;
        assert_eq!(rows(ada.page()), 13);
        assert_eq!((ada.page().value("name-1"), ada.page().value("level-1"), ada.page().values("roles-1")), ("EX02".to_owned(), "?".to_owned(), vec![]));
        nothing_is_stored(site, ada.page()).await;
        ada.submit("Continue", &[]).await.says("and more servers that are not listed").says("EX02 version not known");
        assert!(stored(site, ada.page()).await.more);
    })
    .await;
}

#[tokio::test]
async fn ticks_say_what_is_so_what_is_not_and_what_is_not_known() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        let first = [("name-1", "EX01"), ("level-1", "5.5 SP4"), ("roles-1", "ims"), ("history-1", "?")];
        let second = [("name-2", "EX02"), ("level-2", "5.5 SP4"), ("roles-2", "?"), ("roles-2", "bridgehead")];
        ada.submit("Continue", &[&first[..], &second[..]].concat()).await.has_status(422);
        assert_eq!(ada.page().field_error("roles-2"), "EX02: untick either \"not known\" or the others.");
        assert_eq!(ada.page().values("roles-2"), ["bridgehead", "?"]);
        ada.submit("Continue", &[("-roles-2", "?")]).await.has_status(200);
        let rows = stored(site, ada.page()).await.rows;
        assert_eq!((rows[0].roles.stated.clone(), rows[0].roles.offered.clone()), (vec!["ims".to_owned()], vec!["bridgehead".to_owned(), "ims".to_owned()]));
        assert!(rows[0].history.is_silent(), "not known is not \"none of them\"");
        assert!(!rows[1].history.is_silent() && rows[1].history.stated.is_empty(), "nothing ticked means none of what was offered");
        ada.follow("Change Servers").await;
        assert_eq!([ada.page().values("history-1"), ada.page().values("history-2"), ada.page().values("roles-2")], [vec!["?"], vec![], vec!["bridgehead"]]);
    })
    .await;
}

#[tokio::test]
async fn messages_name_the_row_that_the_visitor_sees() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        ada.submit("Continue", &[]).await.has_status(422);
        assert!(ada.page().field_error("name-1").contains("or choose \"I don't know\""));

        // The first row is left empty, so the others move up.
        ada.submit("Continue", &[("name-2", "EX01"), ("level-2", "5.0 SP1"), ("name-3", "ex01"), ("level-3", "5.0 SP2")]).await.has_status(422);
        assert_eq!(ada.page().field_error("name-2"), "Rows 1 and 2 are both called ex01. Change one name, or remove a row.");
        assert_eq!(["name-1", "level-1", "name-2", "level-2"].map(|name| ada.page().value(name)), ["EX01", "5.0 SP1", "ex01", "5.0 SP2"]);

        ada.submit("Continue", &[("name-2", ""), ("level-2", "5.0 SP2"), ("name-3", "EX03")]).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["level-3"]);
        ada.submit("Continue", &[("level-3", "?")]).await.has_status(422);
        assert_eq!(ada.page().field_error("name-2"), "Row 2: enter a name, or remove the row.");
        ada.submit("Continue", &[("name-2", &"n".repeat(256))]).await.has_status(422);
        assert!(ada.page().field_error("name-2").contains("more than 255 characters"));
        ada.submit("Continue", &[("name-2", "EX02"), ("site-2", &"s".repeat(256))]).await.has_status(422).field_error("site-2");
        nothing_is_stored(site, ada.page()).await;
    })
    .await;
}

#[tokio::test]
async fn a_level_that_the_select_does_not_offer_is_kept_and_checked() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        let (action, mut sent) = ada.filled("Continue", &[("name-1", "EX01")]);
        sent.iter_mut().filter(|(name, _)| name == "level-1").for_each(|(_, value)| *value = "9.9 <SP>".to_owned());
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ada.post(&action, &sent).await.has_status(422);
        assert!(ada.page().field_error("level-1").starts_with("EX01: \"9.9 <SP>\" is no version of Exchange Server that we know."));
        assert_eq!(ada.page().value("level-1"), "9.9 <SP>");
        nothing_is_stored(site, ada.page()).await;
    })
    .await;
}

#[tokio::test]
async fn a_list_is_pasted_in_any_usual_form() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        for list in [
            "EX01,5.0,1\nEX02,5.5,none\n",
            "Name;Version;Service Pack\r\nEX01;5.0;SP1\r\nEX02;5.5;0\r\n",
            "Server\tSP\tVersion\nEX01\t1\t5.0\nEX02\t-\t5.5",
            "EX01  5.0 service pack 1\n\nEX02 Exchange 5.5 RTM",
        ] {
            pastes(&mut ada, list).await;
            ada.page().says("2 servers were read.");
            let filled = ["name-1", "level-1", "name-2", "level-2", "paste"].map(|name| ada.page().value(name));
            assert_eq!(filled, ["EX01", "5.0 SP1", "EX02", "5.5 RTM", ""], "{list}");
            assert_eq!(rows(ada.page()), 2, "servers of the same name are replaced");
        }
        nothing_is_stored(site, ada.page()).await;
        ada.submit("Continue", &[("-roles-1", "?"), ("-roles-2", "?"), ("-history-1", "?"), ("-history-2", "?")])
            .await
            .says("EX01 5.0 SP1")
            .says("EX02 5.5 RTM");
    })
    .await;
}

#[tokio::test]
async fn roles_and_sites_come_with_the_list() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        pastes(&mut ada, "Name,Version,Site,Roles\nEX01,5.5 SP4,NORTH,IMS\nEX02,5.5.2653.23,SOUTH,\n").await;
        assert_eq!(
            (ada.page().value("site-1"), ada.page().values("roles-1"), ada.page().values("roles-2")),
            ("NORTH".to_owned(), vec!["ims".to_owned()], vec!["?".to_owned()])
        );
        assert_eq!(ada.page().value("level-2"), "5.5.2653.23", "a build stays what it is");
        ada.submit("Continue", &[]).await.says("EX02 site SOUTH, build 5.5.2653.23");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_understood_is_shown_and_not_forgotten() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        ada.submit("Read what I pasted", &[("paste", "nothing"), ("name-1", "EX00")]).await.has_status(422);
        assert!(ada.page().field_error("paste").starts_with("No server was found in this."));
        assert_eq!((ada.page().value("paste"), ada.page().value("name-1")), ("nothing".to_owned(), "EX00".to_owned()));
        pastes(&mut ada, "EX01,5.0,1\njust words").await;
        ada.page().says("1 server was read.").says("because it was not understood or answers something else: just words");
        let names = ["paste", "name-1", "name-2", "level-2"].map(|name| ada.page().value(name));
        assert_eq!(names, ["", "EX00", "EX01", "5.0 SP1"], "what was typed stays");
        ada.submit("Continue", &[("level-1", "5.0 SP1"), ("paste", "EX04,5.0")]).await.has_status(422);
        assert!(ada.page().field_error("paste").contains("still holds what you pasted"));
        ada.submit("Continue", &[("paste", "")]).await.has_status(200).says("EX01 5.0 SP1");
    })
    .await;
}

#[tokio::test]
async fn two_of_one_name_in_the_list_are_both_shown() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        pastes(&mut ada, "EX01,5.0,1\nEX01,5.0,2").await;
        assert_eq!((ada.page().value("level-1"), ada.page().value("level-2")), ("5.0 SP1".to_owned(), "5.0 SP2".to_owned()));
        ada.submit("Continue", &[]).await.has_status(422).field_error("name-2");
    })
    .await;
}

#[tokio::test]
async fn five_hundred_servers_are_taken_and_not_one_more() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        let list: String = (1..=502).map(|number| format!("EX{number:03},5.0,1\n")).collect();
        pastes(&mut ada, &list).await;
        ada.page().says("500 servers were read.").says("2 servers were left out: 500 is the limit.").says("475 more servers");
        assert_eq!((rows(ada.page()), ada.page().value("paste")), (500, String::new()));
        ada.submit("Add ten rows", &[]).await;
        assert_eq!(rows(ada.page()), 500);
        ada.submit("Continue", &[("more", "1")]).await.has_status(200);
        assert_eq!(stored(site, ada.page()).await.rows.len(), 500);

        ada.follow("Change Servers").await;
        let (action, mut sent) = ada.filled("Continue", &[("name-500", "LAST")]);
        sent.push(("name-501".to_owned(), "EX501".to_owned()));
        sent.push(("level-501".to_owned(), "5.0 SP1".to_owned()));
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        ada.post(&action, &sent).await.has_status(422);
        assert!(ada.page().field_error("name-1").contains("501 rows; 500 is the limit"));
        assert_eq!((ada.page().value("name-500"), ada.page().value("name-501")), ("LAST".to_owned(), "EX501".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn rows_that_do_not_follow_one_another_are_refused_and_not_dropped() {
    on_both(async |site: &Site| {
        let mut ada = at(site, QUESTION).await;
        let (action, _) = ada.filled("Continue", &[]);
        ada.post(&action, &[("name-1", "EX01"), ("level-1", "5.0 SP1"), ("name-3", "EX03"), ("level-3", "5.0 SP2")]).await.has_status(400);
        ada.page().says("not numbered one after the other");
        ada.post(&action, &[("name-1", "EX01"), ("name-1", "EX02"), ("level-1", "5.0 SP1")]).await.has_status(400).says("\"name-1\" was sent more than once");
    })
    .await;
}
