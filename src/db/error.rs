//! What can go wrong with the database, as far as a caller acts on it differently.

use std::sync::Arc;

/// The result of everything that touches the database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of the database. Cheap to clone, since one failed commit is the answer to many callers.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Nothing was stored, and the same may succeed later: the disk is full or fails, the connection is lost, the database is busy. Pages answer 503.
    #[error("the database cannot store or answer right now: {0}")]
    Unavailable(Arc<str>),
    /// A unique constraint is broken. The name is PostgreSQL's default on both databases: `tree_slug_key`, `diagnosis_pkey`.
    #[error("there is one already ({constraint})")]
    Conflict {
        /// The constraint, or the unique index, as PostgreSQL names it.
        constraint: Arc<str>,
    },
    /// A foreign key, a check or a trigger refused the change.
    #[error("the database refuses the change: {0}")]
    Refused(Arc<str>),
    /// The database was written by a newer program.
    #[error("the database has schema {found}, this program knows {known}: install a newer Fixpath, or restore the copy made before the update")]
    Newer {
        /// The schema number in the database.
        found: i64,
        /// The newest schema number that this program knows.
        known: i64,
    },
    /// A migration that was applied is not the one that this program holds.
    #[error("migration {number} in the database differs from this program's: use the program that made the database, or restore a backup into an empty one")]
    Edited {
        /// The migration's number.
        number: i64,
    },
    /// Another server uses the SQLite file.
    #[error("another fixpath serves {0}: stop it first, or use PostgreSQL for several servers")]
    Locked(Arc<str>),
    /// The address of the database cannot be read.
    #[error("{0}")]
    Address(String),
    /// What is stored cannot be read back.
    #[error("the database holds something this program cannot read: {0}")]
    Unreadable(String),
    /// Anything else; a fault of the program or of the database's set-up.
    #[error("the database failed: {0}")]
    Other(Arc<sqlx::Error>),
}

impl Error {
    /// Whether the disk or the connection failed, so that nothing in the transaction can be saved.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether the unique constraint `name` is broken.
    #[must_use]
    pub fn breaks(&self, name: &str) -> bool {
        matches!(self, Self::Conflict { constraint } if constraint.as_ref() == name)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => {
                Self::Unavailable(error.to_string().into())
            }
            sqlx::Error::Database(inner) => match Kind::of(inner.as_ref()) {
                Kind::Unavailable => Self::Unavailable(inner.to_string().into()),
                Kind::Conflict(constraint) => Self::Conflict { constraint: constraint.into() },
                Kind::Refused => Self::Refused(inner.message().into()),
                Kind::Other => Self::Other(Arc::new(error)),
            },
            _ => Self::Other(Arc::new(error)),
        }
    }
}

enum Kind {
    Unavailable,
    Conflict(String),
    Refused,
    Other,
}

impl Kind {
    fn of(error: &dyn sqlx::error::DatabaseError) -> Self {
        let code = error.code().unwrap_or_default();
        match code.parse::<i64>() {
            Ok(code) if code < 10_000 => Self::of_sqlite(code, error.message()),
            _ => Self::of_postgres(&code, error.constraint()),
        }
    }

    /// By the extended result code, <https://www.sqlite.org/rescode.html>; its low byte is the primary one.
    fn of_sqlite(code: i64, message: &str) -> Self {
        match (code, code & 0xff) {
            (1555, _) => Self::Conflict(constraint_name(message, true)),
            (2067, _) => Self::Conflict(constraint_name(message, false)),
            // CONSTRAINT: foreign key, check, not null, trigger.
            (_, 19) => Self::Refused,
            // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL.
            (_, 5 | 6 | 7 | 8 | 9 | 10 | 13 | 14 | 15) => Self::Unavailable,
            _ => Self::Other,
        }
    }

    /// By SQLSTATE, <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn of_postgres(code: &str, constraint: Option<&str>) -> Self {
        match (code, code.get(..2).unwrap_or_default()) {
            ("23505", _) => Self::Conflict(constraint.unwrap_or_default().to_owned()),
            (_, "23") => Self::Refused,
            // Read-only transactions appear when a standby has taken over.
            ("25006", _) => Self::Unavailable,
            // Connection lost, transaction rolled back (deadlock), out of resources, operator intervention, system error.
            (_, "08" | "40" | "53" | "57" | "58") => Self::Unavailable,
            _ => Self::Other,
        }
    }
}

/// SQLite names the columns (`UNIQUE constraint failed: tree.slug`); PostgreSQL names the constraint after them.
fn constraint_name(message: &str, primary: bool) -> String {
    let columns = message.rsplit(": ").next().unwrap_or_default();
    let mut table = "";
    let mut name = String::new();
    for column in columns.split(", ") {
        let (of_table, column) = column.split_once('.').unwrap_or(("", column));
        table = of_table;
        name.push('_');
        name.push_str(column);
    }
    if primary { format!("{table}_pkey") } else { format!("{table}{name}_key") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_constraints_get_the_names_that_postgres_gives() {
        assert_eq!(constraint_name("UNIQUE constraint failed: tree.slug", false), "tree_slug_key");
        assert_eq!(constraint_name("UNIQUE constraint failed: version.tree_id, version.number", false), "version_tree_id_number_key");
        assert_eq!(constraint_name("UNIQUE constraint failed: fact.diagnosis_id, fact.key", true), "fact_pkey");
    }

    #[test]
    fn what_may_pass_by_itself_is_unavailable() {
        // IOERR_FSYNC, FULL, BUSY_SNAPSHOT, READONLY_DBMOVED.
        for code in [1034, 13, 517, 1032] {
            assert!(matches!(Kind::of_sqlite(code, ""), Kind::Unavailable), "{code}");
        }
        for code in ["53100", "57P01", "08006", "40001", "25006"] {
            assert!(matches!(Kind::of_postgres(code, None), Kind::Unavailable), "{code}");
        }
        assert!(matches!(Kind::of_sqlite(1, "no such table"), Kind::Other));
        assert!(matches!(Kind::of_postgres("42P01", None), Kind::Other));
    }
}
