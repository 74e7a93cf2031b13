//! What backup and restore share: the tables, their rows as JSON, and the file's lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Column, Executor, SqlSafeStr, Statement, TypeInfo};

use super::{Connection, Read, Result};

/// The format's name in the first line.
pub(super) const FORMAT: &str = "fixpath-backup/1";

/// One table of a backup.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its primary key, or another unique order; texts by byte, so that both databases agree.
    pub order: &'static str,
    /// A column that triggers watch.
    pub(super) late: Option<Late>,
}

/// A column that gets its value when everything else is restored, since its value makes triggers refuse rows.
#[derive(Debug)]
pub(super) struct Late {
    pub column: &'static str,
    /// The columns of the primary key.
    pub key: &'static [&'static str],
    /// What it holds meanwhile, as SQL bound in its place.
    pub meanwhile: Meanwhile,
}

#[derive(Debug)]
pub(super) enum Meanwhile {
    Number(i64),
    /// Instead of any word but the one named second.
    Word(&'static str, &'static str),
}

const fn table(name: &'static str, order: &'static str) -> Table {
    Table { name, order, late: None }
}

/// Every table but the list of migrations, each after those it refers to.
pub const TABLES: &[Table] = &[
    table("counter", "name COLLATE \"C\""),
    Table {
        name: "ladder",
        order: "key COLLATE \"C\", revision",
        late: Some(Late { column: "sealed", key: &["key", "revision"], meanwhile: Meanwhile::Number(0) }),
    },
    table("ladder_release", "ladder_key COLLATE \"C\", ladder_revision, position"),
    table("tree", "id"),
    table("tree_slug", "slug COLLATE \"C\""),
    Table { name: "version", order: "id", late: Some(Late { column: "state", key: &["id"], meanwhile: Meanwhile::Word("restoring", "draft") }) },
    table("version_ladder", "version_id, ladder_key COLLATE \"C\""),
    table("version_jump", "version_id, slug COLLATE \"C\""),
    table("node", "version_id, position"),
    table("question", "version_id, node_key COLLATE \"C\""),
    table("lookup", "version_id, node_key COLLATE \"C\", position"),
    table("branch", "version_id, node_key COLLATE \"C\", position"),
    table("mark", "version_id, node_key COLLATE \"C\", position"),
    table("outcome", "version_id, node_key COLLATE \"C\""),
    table("procedure", "version_id, node_key COLLATE \"C\", position"),
    table("step", "version_id, node_key COLLATE \"C\", procedure_position, position"),
    table("reference", "version_id, node_key COLLATE \"C\", position"),
    table("jump", "version_id, node_key COLLATE \"C\""),
    table("tree_case", "version_id, position"),
    table("draft_edit", "tree_id, revision"),
    table("publication", "version_id"),
    table("review_request", "tree_id"),
    table("schedule", "tree_id"),
    table("withdrawn_outcome", "tree_id, node_key COLLATE \"C\""),
    table("trial", "tree_id, account_id"),
    table("image", "digest COLLATE \"C\""),
    table("tree_image", "tree_id, digest COLLATE \"C\""),
    table("audit", "id"),
    table("account", "id"),
    table("session", "id"),
    table("set_up_link", "token_hash COLLATE \"C\""),
    table("api_token", "id"),
    table("diagnosis", "id COLLATE \"C\""),
    table("fact", "diagnosis_id COLLATE \"C\", key COLLATE \"C\", source COLLATE \"C\""),
    table("answer", "diagnosis_id COLLATE \"C\", node_key COLLATE \"C\""),
    table("tick", "diagnosis_id COLLATE \"C\", node_key COLLATE \"C\", procedure_key COLLATE \"C\", step"),
    table("share", "token_hash COLLATE \"C\""),
    table("feedback", "diagnosis_id COLLATE \"C\", node_key COLLATE \"C\""),
];

impl Table {
    /// The statement that reads its rows in order.
    #[must_use]
    pub fn select(&self) -> String {
        format!("SELECT * FROM {} ORDER BY {}", self.name, self.order)
    }

    /// Its columns in the database, with whether each holds numbers.
    pub(super) async fn columns(&self, read: &mut Read) -> Result<Vec<(String, bool)>> {
        let select = AssertSqlSafe(self.select()).into_sql_str();
        Ok(match read.connection() {
            Connection::Sqlite(connection) => described(connection.prepare(select).await?.columns()),
            Connection::Postgres(connection) => described(connection.prepare(select).await?.columns()),
        })
    }
}

fn described<C: Column>(columns: &[C]) -> Vec<(String, bool)> {
    columns.iter().map(|column| (column.name().to_owned(), matches!(column.type_info().name(), "INTEGER" | "BIGINT" | "INT8"))).collect()
}

/// One line of a backup.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    /// The first.
    Header { format: String, schema: i64, created_at: i64 },
    /// Before a table's rows.
    Table { table: String, columns: Vec<String> },
    /// A row, in the order of the columns: numbers, texts and null.
    Row(Vec<Value>),
    /// The last: the rows of each table, and the SHA-256 of all lines before it.
    Trailer { rows: BTreeMap<String, u64>, sha256: String },
}
