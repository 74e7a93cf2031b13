//! An installation of its own for each test.

use std::cell::RefCell;

use axum::Router;
use fixpath::account::Cost;
use fixpath::app::{App, Strength};
use fixpath::audit::By;
use fixpath::clock::{Clock, Random};
use fixpath::db::Writer;
use fixpath::record::{Diagnosis, DiagnosisId, Live, Records};
use fixpath::settings::Settings;
use fixpath::shelf::Published;
use fixpath::tree::file;
use fixpath::tree::model::Tree;
use fixpath::tree::report::report;
use fixpath::web::Role;

use crate::databases::{NOW, PostgresSchema};
use crate::page::Page;
use crate::visitor::Visitor;

/// A database that is gone with its site.
const SQLITE: &str = "sqlite::memory:";

/// The password of everybody who signs in here.
pub const PASSWORD: &str = "correct horse battery";

/// The site, and what tests look at behind its pages.
pub struct Site {
    app: App,
    pub clock: Clock,
    base: String,
    mistakes: RefCell<Vec<String>>,
}

/// Runs `story` on an installation with the usual settings, once on SQLite and once on PostgreSQL.
pub async fn on_both(story: impl AsyncFn(&Site)) {
    on_both_with(|_| {}, story).await;
}

/// The same on SQLite alone: for a story that is long, and asks of the database only what shorter ones ask of both.
pub async fn on_sqlite(story: impl AsyncFn(&Site)) {
    tell(SQLITE, &|_| {}, &story).await;
}

/// On both with other settings.
pub async fn on_both_with(set: impl Fn(&mut Settings), story: impl AsyncFn(&Site)) {
    tell(SQLITE, &set, &story).await;
    if let Some(schema) = PostgresSchema::new().await {
        tell(&schema.address(), &set, &story).await;
        schema.remove().await;
    }
}

async fn tell(database: &str, set: &impl Fn(&mut Settings), story: &impl AsyncFn(&Site)) {
    let mut settings = Settings::test().unwrap();
    settings.database = database.parse().unwrap();
    set(&mut settings);
    let base = settings.public_url.as_ref().map_or("", |url| url.base_path()).to_owned();
    let clock = Clock::fixed(NOW);
    let app = App::open_with(settings, clock.clone(), Random::seeded(7), Strength { passwords: Cost::LEAST, ..Strength::FULL }).await.unwrap();
    let site = Site { app, clock, base, mistakes: RefCell::default() };
    story(&site).await;
    assert_eq!(*site.mistakes.borrow(), [] as [String; 0], "on {database}");
}

impl Site {
    /// Somebody who was never here before.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor::new(self)
    }

    /// Somebody who writes and publishes guides, signed in.
    pub async fn author(&self) -> Visitor<'_> {
        self.sign_in_as("Ada", &[Role::Author, Role::Publisher]).await
    }

    /// Somebody with a new account of these roles, signed in by the link that sets the first password.
    pub async fn sign_in_as(&self, name: &str, roles: &[Role]) -> Visitor<'_> {
        let (_, token) = self.app.accounts().add(name, roles.iter().copied().collect(), &By::command_line()).await.unwrap();
        let mut visitor = self.visitor();
        visitor.get(&format!("{}/set-up/{}", self.base, token.reveal())).await;
        visitor.submit("Set the password and sign in", &[("password", PASSWORD), ("again", PASSWORD)]).await.has_status(200);
        visitor
    }

    pub fn router(&self) -> Router {
        self.app.router()
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// The sub-path that the site lives under.
    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn note_mistake(&self, mistake: String) {
        self.mistakes.borrow_mut().push(mistake);
    }

    /// Publishes one of the trees in `tests/site/trees`, or a newer version of it.
    pub async fn publish(&self, tree: &Tree) -> Published {
        let shelf = &self.app.visits().shelf;
        let found = report(&shelf.closure_of(tree).await.unwrap());
        assert!(found.is_publishable(), "{} does not pass its checks: {:?}", tree.slug, found.findings);
        shelf.load_draft(tree.clone()).await.unwrap();
        shelf.publish(&tree.slug, "for a test").await.unwrap()
    }

    /// The diagnosis whose page this is, as it is stored. It is read from the database, past everything in memory.
    pub async fn stored(&self, page: &Page) -> Diagnosis {
        self.find_stored(page).await.expect("the diagnosis is not stored")
    }

    /// The same; none if it is not stored.
    pub async fn find_stored(&self, page: &Page) -> Option<Diagnosis> {
        let (db, clock) = (self.app.db().clone(), self.clock.clone());
        let (writer, _writing) = Writer::start(db.clone());
        let records = Records::new(db, writer, Live::none(), clock, Random::seeded(0));
        records.get(&id_of(page)).await.unwrap().map(|diagnosis| Diagnosis::clone(&diagnosis))
    }
}

/// The diagnosis that an address names.
pub fn id_of(page: &Page) -> DiagnosisId {
    let mut parts = page.path.split(['/', '?']).skip_while(|part| *part != "diagnoses");
    parts.nth(1).and_then(DiagnosisId::parse).unwrap_or_else(|| panic!("{} names no diagnosis", page.path))
}

/// A tree of `tests/site/trees`, by its file's name.
pub fn tree(name: &str) -> Tree {
    let path = format!("{}/tests/site/trees/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    file::read(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"))
}
