//! Accounts: the first one, links that set a password, signing in, and what administrators do.

use axum::body::Body;
use axum::http::Method;
use fixpath::web::Role;

use crate::page::Page;
use crate::site::{PASSWORD, Site, on_both};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The path of the set-up link that a page shows once.
pub fn shown_link(page: &Page) -> String {
    let address = page.with_id("link").expect("no link is shown").attribute("value").unwrap();
    format!("/{}", address.splitn(4, '/').nth(3).unwrap())
}

#[tokio::test]
async fn the_first_account_is_made_by_the_link_of_the_newest_start() {
    on_both(async |site: &Site| {
        let replaced = site.app().accounts().first_link().await.unwrap().unwrap();
        let link = site.app().accounts().first_link().await.unwrap().unwrap();
        let mut ada = site.visitor();
        ada.get("/sign-in").await.says("There is no account yet");
        ada.get(&format!("/set-up/{}", replaced.reveal())).await.has_status(410).says("replaced by a newer one");

        let address = format!("/set-up/{}", link.reveal());
        ada.get(&address).await.says("Make the first account");
        let short = ada.submit("Set the password and sign in", &[("name", "Ada"), ("password", "too short"), ("again", "too short")]).await;
        short.has_status(422).says("at least 12");
        assert_eq!((short.fields_with_errors(), short.value("name"), short.value("password")), (vec!["password".to_owned()], "Ada".to_owned(), String::new()));
        ada.submit("Set the password and sign in", &[("password", PASSWORD), ("again", "another password")]).await.has_status(422);
        assert!(ada.page().field_error("again").contains("not the same"));
        ada.submit("Set the password and sign in", &[("password", PASSWORD), ("again", PASSWORD)]).await.goes_to("/editor");
        ada.get("/account").await.says("author, publisher, admin");

        assert!(site.app().accounts().first_link().await.unwrap().is_none(), "a second first account");
        site.visitor().get(&address).await.has_status(410);
        assert_eq!(site.app().accounts().all().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn signing_in_leads_where_the_visitor_was_going_and_nowhere_else() {
    on_both(async |site: &Site| {
        site.author().await;
        let mut ada = site.visitor();
        ada.get("/editor").await.goes_to("/sign-in?next=%2Feditor");
        ada.submit("Sign in", &[("name", "ada"), ("password", "not her password")]).await.has_status(422);
        assert!(ada.page().field_error("password").contains("not right"));
        assert_eq!((ada.page().value("name"), ada.page().value("password")), ("ada".to_owned(), String::new()));
        ada.submit("Sign in", &[("password", PASSWORD)]).await.goes_to("/editor").has_status(200).says("Ada");
        ada.submit("Sign out", &[]).await.goes_to("/");
        ada.get("/editor").await.goes_to("/sign-in?next=%2Feditor");

        for evil in ["//evil.example/", "https://evil.example/", "/\\evil.example", "%2F%2Fevil.example"] {
            ada.get(&format!("/sign-in?next={}", evil.replace('\\', "%5C"))).await.has_status(200);
            ada.post("/sign-in", &[("name", "Ada"), ("password", PASSWORD), ("next", evil)]).await.goes_to("/account");
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_that_may_not_is_refused_on_every_page_of_its_kind() {
    on_both(async |site: &Site| {
        let mut admin = site.sign_in_as("Grace", &[Role::Admin]).await;
        admin.get("/editor").await.has_status(403).says("Ask an administrator of this site for the role");
        let mut visitor = site.sign_in_as("Vera", &[]).await;
        for path in ["/editor", "/account/users", "/account/audit"] {
            visitor.get(path).await.has_status(403);
        }
        let mut ada = site.author().await;
        ada.get("/account/audit").await.has_status(200);
        ada.get("/account/users").await.has_status(403);
        ada.post("/account/users", &[("name", "Mallory"), ("role", "admin")]).await.has_status(403);
        let own = site.app().accounts().named("Ada").await.unwrap();
        ada.post("/account/users/change", &[("account", &own.id.to_string()), ("do", "roles"), ("role", "admin")]).await.has_status(403);
        assert_eq!(site.app().accounts().named("Ada").await.unwrap().roles, own.roles);
        assert!(site.app().accounts().named("Mallory").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn administrators_add_change_reset_and_disable_accounts() {
    on_both(async |site: &Site| {
        let mut grace = site.sign_in_as("Grace", &[Role::Admin]).await;
        grace.get("/account/users").await;
        grace.submit("Add the account", &[("name", "(system)")]).await.has_status(422);
        assert!(grace.page().field_error("name").contains("bracket"));
        grace.submit("Add the account", &[("name", "GRACE")]).await.has_status(422);
        assert!(grace.page().field_error("name").contains("with this name already"));
        grace.submit("Add the account", &[("name", "Bob"), ("role", "author")]).await.has_status(200).says("shown only now");
        let link = shown_link(grace.page());

        let mut bob = site.visitor();
        bob.get(&link).await.says("For the account Bob");
        bob.submit("Set the password and sign in", &[("password", PASSWORD), ("again", PASSWORD)]).await.goes_to("/editor");
        bob.get(&link).await.has_status(410);
        bob.get("/editor").await.has_status(200);

        grace.get("/account/users").await;
        grace.submit("New password by a link for Bob", &[]).await.says("A link for Bob");
        let link = shown_link(grace.page());
        bob.get("/editor").await.goes_to("/sign-in?next=%2Feditor");
        bob.submit("Sign in", &[("name", "Bob"), ("password", PASSWORD)]).await.has_status(422);
        site.clock.advance(DAY);
        bob.get(&link).await.has_status(410).says("has expired");

        let mut grace = site.visitor();
        grace.get("/sign-in?next=/account/users").await;
        grace.submit("Sign in", &[("name", "Grace"), ("password", PASSWORD)]).await.goes_to("/account/users");
        grace.submit("Disable Bob", &[]).await.says("Disabled");
        grace.submit("Let sign in again: Bob", &[]).await.does_not_say("Disabled");
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    on_both(async |site: &Site| {
        let mut grace = site.sign_in_as("Grace", &[Role::Admin, Role::Author]).await;
        grace.get("/account/users").await;
        let id = site.app().accounts().named("Grace").await.unwrap().id;
        grace.submit("Save the roles of Grace", &[("-role", "admin")]).await.has_status(409);
        assert!(grace.page().field_error(&format!("account-{id}")).contains("last administrator"));
        grace.submit("Disable Grace", &[]).await.has_status(409);
        grace.submit("Save the roles of Grace", &[("-role", "author")]).await.has_status(200);
        assert_eq!(site.app().accounts().named("Grace").await.unwrap().roles, [Role::Admin].into_iter().collect());
        site.sign_in_as("Bob", &[Role::Admin]).await;
        grace.get("/account/users").await;
        grace.submit("Save the roles of Grace", &[("-role", "admin")]).await.has_status(403);
    })
    .await;
}

#[tokio::test]
async fn guessing_gets_slower_alike_for_names_that_exist_and_names_that_do_not() {
    on_both(async |site: &Site| {
        site.author().await;
        let mut mallory = site.visitor();
        mallory.get("/sign-in").await;
        for name in ["Ada", "Nobody"] {
            let mut answers = Vec::new();
            for _ in 0..7 {
                let page = mallory.submit("Sign in", &[("name", name), ("password", "a wrong guess")]).await;
                answers.push((page.status.as_u16(), page.header("retry-after").to_owned(), page.field_error("password")));
            }
            let statuses: Vec<u16> = answers.iter().map(|answer| answer.0).collect();
            assert_eq!(statuses, [422, 422, 422, 422, 422, 422, 429], "{name}");
            assert_eq!(answers[6].1, "2");
            assert!(answers[6].2.contains("Wait 2 seconds"), "{}", answers[6].2);
        }
        mallory.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.has_status(429);
        site.clock.advance(2_000);
        mallory.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.goes_to("/account");

        let mut last = 0;
        for _ in 0..30 {
            last = mallory.post("/sign-in", &[("name", "x"), ("password", "a wrong guess")]).await.status.as_u16();
            site.clock.advance(60_000);
        }
        assert_eq!(last, 429, "one address tries as often as it likes");
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_has_every_change_and_never_what_was_typed_as_an_unknown_name() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        let mut mallory = site.visitor();
        for name in ["Ada", "my secret password in the wrong field"] {
            mallory.post("/sign-in", &[("name", name), ("password", "a wrong guess")]).await.has_status(422);
        }
        ada.get("/account/audit").await.says("Failed to sign in.").says("with a name that no account has").says("Made the account").says("127.0.0.1");
        ada.page().does_not_say("wrong field");
        ada.get("/account/audit?person=(unknown)&subject=").await.says("no account has").does_not_say("Made the account");
        for number in 0..60 {
            site.clock.advance(60_000);
            ada.post("/account/tokens", &[("name", &format!("number {number}")), ("scope", "guides"), ("days", "1")]).await.has_status(200);
        }
        ada.get("/account/audit").await.says("number 59").does_not_say("Made the account");
        ada.follow("Older entries").await.says("Made the account").does_not_say("number 59");
    })
    .await;
}

#[tokio::test]
async fn a_post_from_another_site_changes_nothing() {
    on_both(async |site: &Site| {
        let mut grace = site.sign_in_as("Grace", &[Role::Admin]).await;
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://evil.example")];
        for (path, body) in [("/account/users", "name=Mallory&role=admin"), ("/sign-out", ""), ("/account/sessions", ""), ("/sign-in", "name=a&password=b")] {
            let answer = grace.request(Method::POST, path, &headers, Body::from(body)).await;
            answer.has_status(403).says("from another site");
        }
        grace.get("/account/users").await.has_status(200).does_not_say("Mallory");
    })
    .await;
}
