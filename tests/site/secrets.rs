//! Passwords, sessions, tokens and links: nowhere in what is stored, neither in a table or an index nor in a backup.

use std::io::Read;

use fixpath::clock::Clock;
use fixpath::db::{Connection, Db, backup};
use fixpath::web::Role;
use sqlx::AssertSqlSafe;

use crate::accounts::shown_link;
use crate::databases::NOW;
use crate::outcome::at_the_bulb;
use crate::page::Page;
use crate::site::{PASSWORD, Site, on_both};

const OTHER_PASSWORD: &str = "another password of hers";
const MISTYPED: &str = "a password that is not right";
/// Longer than a session lasts without being used, in milliseconds.
const TOO_LONG: i64 = 9 * 60 * 60 * 1000;

/// What a page shows once, such as a token or a link; of an address, the last part.
fn shown(page: &Page, id: &str) -> String {
    let value = page.with_id(id).expect("nothing is shown").attribute("value").unwrap();
    value.rsplit('/').next().unwrap().trim_start_matches("fpt_").to_owned()
}

/// Everything that is stored: of SQLite the file with all tables and indexes, of PostgreSQL every row of every table.
async fn everything(db: &Db) -> Vec<u8> {
    let mut read = db.read().await.unwrap();
    match read.connection() {
        Connection::Sqlite(sqlite) => {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("copy.db");
            sqlx::query("VACUUM INTO $1").bind(file.to_str().unwrap()).execute(sqlite).await.unwrap();
            std::fs::read(file).unwrap()
        }
        Connection::Postgres(postgres) => {
            let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()";
            let tables: Vec<(String,)> = sqlx::query_as(tables).fetch_all(&mut *postgres).await.unwrap();
            let mut rows = String::new();
            for (table,) in tables {
                let all = format!("SELECT coalesce(string_agg(one::text, E'\\n'), '') FROM \"{table}\" one");
                let (text,): (String,) = sqlx::query_as(AssertSqlSafe(all)).fetch_one(&mut *postgres).await.unwrap();
                rows.push_str(&text);
            }
            rows.into_bytes()
        }
    }
}

async fn backed_up(db: &Db) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("everything");
    backup(db, &Clock::fixed(NOW), &file).await.unwrap();
    let mut rows = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(&file).unwrap()).read_to_end(&mut rows).unwrap();
    rows
}

fn holds(stored: &[u8], text: &str) -> bool {
    stored.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn no_secret_is_stored_in_clear() {
    on_both(async |site: &Site| {
        let mut secrets = vec![PASSWORD.to_owned(), OTHER_PASSWORD.to_owned(), MISTYPED.to_owned()];
        secrets.push(site.app().accounts().first_link().await.unwrap().unwrap().reveal().to_owned());
        // A visitor with a diagnosis and a link to it.
        let mut eve = at_the_bulb(site).await;
        eve.follow("Share").await;
        eve.submit("Make a link", &[]).await;
        secrets.push(shown(eve.page(), "link"));
        secrets.extend(eve.cookies.values().cloned());
        // An account with a token, a link for another one, and passwords in the wrong field, too early and too late.
        let mut ada = site.sign_in_as("Ada", &Role::ALL).await;
        secrets.push(ada.cookies["fixpath_session"].clone());
        ada.get("/account/tokens").await;
        ada.submit("Make a token", &[("name", "nightly"), ("scope", "publish")]).await;
        secrets.push(shown(ada.page(), "token"));
        ada.get("/account/users").await;
        ada.submit("Add the account", &[("name", "Bob")]).await;
        secrets.push(shown_link(ada.page()).rsplit('/').next().unwrap().to_owned());
        for name in ["Ada", MISTYPED] {
            eve.post("/sign-in", &[("name", name), ("password", MISTYPED)]).await.has_status(422);
        }
        ada.get("/account").await;
        let typed = [("old", PASSWORD), ("new", OTHER_PASSWORD), ("again", OTHER_PASSWORD)];
        site.clock.advance(TOO_LONG);
        ada.submit("Change the password", &typed).await.has_status(401);
        ada.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.has_status(200);
        secrets.push(ada.cookies["fixpath_session"].clone());
        ada.get("/account").await;
        ada.submit("Change the password", &typed).await.goes_to("/account");
        secrets.push(ada.cookies["fixpath_session"].clone());

        let names = ["nightly", "$argon2id$", "Ada"];
        for (what, stored) in [("the database", everything(site.app().db()).await), ("the backup", backed_up(site.app().db()).await)] {
            assert!(names.iter().all(|name| holds(&stored, name)), "{what} is not read");
            for secret in &secrets {
                assert!(secret.len() > 20 && !holds(&stored, secret), "{secret} is in {what}");
            }
        }
    })
    .await;
}
