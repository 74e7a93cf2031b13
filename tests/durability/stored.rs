//! What stands in a database file, read with the program's own code.

use std::path::Path;

use fixpath::clock::{Clock, Random};
use fixpath::db::{self, DatabaseUrl, Db, Options, Writer};
use fixpath::record::{DiagnosisId, Live, Records};
use fixpath::tree::fact::{FactKey, Value};

use crate::browser::number_in;

/// A database beside whatever server runs on it.
pub struct Stored {
    runtime: tokio::runtime::Runtime,
    db: Db,
    records: Records,
}

impl Stored {
    /// Opens the file, bringing in what its write-ahead log holds.
    pub fn open(path: &Path) -> db::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (db, records) = runtime.block_on(async {
            let db = Db::open(&DatabaseUrl::sqlite_file(path), Options::new(Clock::fixed(0))).await?;
            let (writer, _) = Writer::start(db.clone());
            let records = Records::new(db.clone(), writer, Live::none(), Clock::fixed(0), Random::seeded(1));
            Ok::<_, db::Error>((db, records))
        })?;
        Ok(Self { runtime, db, records })
    }

    /// Closes the file; whoever closes it last empties the write-ahead log into it.
    pub fn close(self) {
        self.runtime.block_on(self.db.close());
    }

    /// What `doctor` finds; it begins with SQLite's own check of the file.
    pub fn findings(&self) -> db::Result<Vec<db::Finding>> {
        self.runtime.block_on(db::doctor(&self.db))
    }

    /// The number of the newest answer of a diagnosis; `None` if the diagnosis is not there.
    pub fn answer(&self, diagnosis: &str) -> db::Result<Option<u64>> {
        let id = DiagnosisId::parse(diagnosis).unwrap();
        let Some(found) = self.runtime.block_on(self.records.get(&id))? else { return Ok(None) };
        let said = found.own_statement(&FactKey::within("", "text")).and_then(|statement| statement.value.clone());
        Ok(Some(match said {
            None => 0,
            Some(Value::Messages(messages)) => number_in(&messages[0]),
            Some(other) => panic!("the answer is {other:?}"),
        }))
    }
}
