//! `fixpath doctor`: looks for what should never be.

use super::database::{failed, open_shelf, with_database};
use super::{Failed, print};
use crate::clock::{Clock, Random};
use crate::db::{self, Db, Finding, Writer};
use crate::record::{Live, Records};
use crate::settings::Settings;
use crate::shelf::{self, Shelf};
use crate::tree::case;
use crate::tree::check::{self, Severity};
use crate::visit::Visits;

/// Prints what was found, a line each.
pub(super) fn run(settings: &Settings) -> Result<(), Failed> {
    let findings = with_database(settings, examine)?;
    for finding in &findings {
        print(&format!("{}: {}\n", finding.place, finding.what))?;
    }
    match findings.len() {
        0 => print("nothing is wrong\n"),
        1 => Err(Failed::Command("1 finding; see above".to_owned())),
        many => Err(Failed::Command(format!("{many} findings; see above"))),
    }
}

async fn examine(db: Db) -> Result<Vec<Finding>, Failed> {
    let mut findings = db::doctor(&db).await.map_err(failed)?;
    findings.extend(shelf::examine(&db).await.map_err(failed)?);
    // A damaged version cannot be walked; what is damaged has been found by now.
    if findings.is_empty() {
        let shelf = open_shelf(&db).await?;
        findings.extend(versions(&shelf).await?);
        findings.extend(diagnoses(db, shelf).await?);
    }
    Ok(findings)
}

/// Published versions that this program would not publish any more.
async fn versions(shelf: &Shelf) -> Result<Vec<Finding>, Failed> {
    let mut findings = Vec::new();
    for id in shelf.version_ids().await.map_err(failed)? {
        let version = shelf.version(id).await.map_err(failed)?;
        let mut say = |what: String| findings.push(Finding { place: format!("version {} of {}", version.number, version.tree.slug), what });
        for finding in check::check(&version.tree, &version.ladders).into_iter().filter(|finding| finding.severity == Severity::Error) {
            let node = finding.node.map(|node| format!("{node}: ")).unwrap_or_default();
            say(format!("no longer passes its checks: {node}{}", finding.message));
        }
        for kept in &version.tree.cases {
            if let Some(message) = case::failure(&version.closure, kept) {
                say(message);
            }
        }
    }
    Ok(findings)
}

/// Diagnoses whose walk comes to something else than it did.
async fn diagnoses(db: Db, shelf: Shelf) -> Result<Vec<Finding>, Failed> {
    let (writer, writing) = Writer::start(db.clone());
    let records = Records::new(db, writer, Live::none(), Clock::system(), Random::system());
    let visits = Visits { shelf, records };
    let mut findings = Vec::new();
    for id in visits.records.ended().await.map_err(failed)? {
        if visits.open(&id).await.map_err(failed)?.is_some_and(|visit| visit.result_changed()) {
            let what = "comes to another result than when it ended; its page says so".to_owned();
            findings.push(Finding { place: format!("diagnosis {}", id.as_str()), what });
        }
    }
    drop(visits);
    writing.await.map_err(failed)?;
    Ok(findings)
}
