//! Accounts: signing in and out, links, sessions, roles, tokens, and what becomes of a form that comes without a session.

use fixpath::web::Role;

use crate::site::{PASSWORD, Site, on_both};

#[tokio::test]
async fn the_first_account_is_made_by_the_link_of_the_first_start() {
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
        ada.submit("Set the password and sign in", &[("password", PASSWORD), ("again", PASSWORD)]).await.has_status(200);

        assert!(site.app().accounts().first_link().await.unwrap().is_none(), "a second first account");
        site.visitor().get(&address).await.has_status(410);
        let accounts = site.app().accounts().all().await.unwrap();
        assert_eq!(accounts.iter().map(|account| (account.name.as_str(), account.roles.given().count())).collect::<Vec<_>>(), [("Ada", 3)]);
    })
    .await;
}

#[tokio::test]
async fn signing_in_leads_where_the_visitor_was_going_and_the_wrong_role_does_not() {
    on_both(async |site: &Site| {
        site.author().await;
        let mut ada = site.visitor();
        ada.get("/editor").await.goes_to("/sign-in?next=%2Feditor");
        ada.submit("Sign in", &[("name", "ada"), ("password", "not her password")]).await.has_status(422);
        assert!(ada.page().field_error("password").contains("not right"));
        ada.submit("Sign in", &[("password", PASSWORD)]).await.goes_to("/editor").has_status(200).says("Ada");
        let mut bob = site.sign_in_as("Bob", &[Role::Admin]).await;
        bob.get("/editor").await.has_status(403).says("Ask an administrator");
    })
    .await;
}
