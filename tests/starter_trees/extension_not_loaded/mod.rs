//! "An extension could not be loaded": each of its nineteen outcomes from an empty start and from a full statement of the facts
//! (`outcomes`), and how many questions any walk asks at most (`limits`).

mod limits;
mod outcomes;

use serde_json::{Value as Json, json};

use super::{answered, known, pasted, question, resolved, servers, starter, statement};

pub const SLUG: &str = "extension-not-loaded";

/// The most questions that a walk from nothing may ask.
const MOST_FROM_NOTHING: usize = 6;
/// The most questions that a walk from a full paste may ask.
const MOST_FROM_PASTE: usize = 3;

fn event(path: &str) -> Json {
    json!([{"id": 2037, "source": "MSExchangeSA", "text": format!("The file version of '{path}' installed on the local server is not current. Unable to locate a correct version on any server in the site.")}])
}

const IMCADMIN: &str = r"\add-ins\smtp\i386\imcadmin.dll";
const INPROXY: &str = r"\address\SMTP\i386\inproxy.dll";
const PLAIN: &str = "Extension SMTP could not be loaded.";
const REPLICATION: &str = "Extension 'SMTP' could not be loaded.\n\nAn error occurred during file replication. Unable to find the extension .DLL file with the correct version number.";
const MEMORY: &str = "Extension 'SMTP' could not be loaded.\nA problem occurred with the extension .DLL file, possibly due to memory shortage. Close some applications or windows, and try again.";
const MODULE: &str = "Extension \"SMTP\" could not be loaded. The specified module could not be found.";
const PROCESSOR: &str = "Extension SMTP could not be loaded. The extension for Microsoft Exchange Administrator's CPU type has not been installed in the site.";
const SERVICE: &str = "Extension SMTP could not be loaded. The MSExchangeSA service is not available. MS Exchange Admin ID No C1031668";

#[test]
fn the_older_servers_are_levelled_by_name() {
    let (end, page) = resolved(&starter(SLUG), &json!({"text": PLAIN, "events": event(IMCADMIN), "servers": servers(&["5.0", "5.0 SP1", "5.0 SP2"])}));
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("level_generators", "Bring EX01 and EX02 to the level of EX03"));
    let titles: Vec<String> = page.procedures.iter().map(|way| way.title.plain()).collect();
    assert_eq!(titles, ["Apply Service Pack 2 to EX01 and EX02", "Copy the proxy address generators from EX03 to EX01 and EX02"]);
    let commands: Vec<&String> = page.procedures[1].steps.iter().filter_map(|step| step.command.as_ref()).flat_map(|command| &command.lines).collect();
    assert!(commands.iter().any(|line| line.contains(r"copy \\EX03\Address\SMTP\I386\Inproxy.dll")), "{commands:?}");
}

#[test]
fn every_50_server_beside_a_55_is_named() {
    let (end, page) = resolved(&starter(SLUG), &json!({"text": REPLICATION, "events": event(IMCADMIN), "servers": servers(&["5.0", "5.0 SP1", "5.5"])}));
    assert_eq!((end.as_str(), page.headline.plain().as_str()), ("replicate_55_addin", "Open the Internet Mail Service once on EX01 and EX02"));
    assert_eq!(page.procedures[0].title.plain(), "Open the properties on EX01 and EX02");
}
