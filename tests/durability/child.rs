//! This test as a server of its own: the program, but with a durability that no setting of the program has.

use std::path::Path;
use std::process::Command;

use fixpath::app::{App, Strength};
use fixpath::clock::{Clock, Random};
use fixpath::db::Durability;
use fixpath::settings::{Effective, Flags};
use fixpath::web::server::stop_signal;

const DATABASE: &str = "DURABILITY_CHILD_DATABASE";
const UNFLUSHED: &str = "DURABILITY_CHILD_UNFLUSHED";

/// The server with this durability, ready to be started.
pub fn program(database: &Path, durability: Durability) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child::serve", "--ignored", "--nocapture"]).env(DATABASE, database);
    if durability == Durability::Off {
        command.env(UNFLUSHED, "1");
    }
    command
}

#[test]
#[ignore = "the other tests start it as a child process"]
fn serve() {
    // Also run by hand with --include-ignored, where there is nothing to serve.
    let Some(database) = std::env::var_os(DATABASE) else { return };
    let durability = if std::env::var_os(UNFLUSHED).is_some() { Durability::Off } else { Durability::Full };
    let database = format!("sqlite:{}", Path::new(&database).display());
    let flags = Flags::from_iter([("listen", vec!["127.0.0.1:0".to_owned()]), ("database", vec![database])]);
    let settings = Effective::gather(&flags, |_| None, None).unwrap().settings().unwrap();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter("error,fixpath::app=info").init();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let app = App::open_with(settings, Clock::system(), Random::system(), Strength { durability, ..Strength::FULL }).await.unwrap();
        app.serve(async { stop_signal().await.unwrap() }).await.unwrap();
    });
}
