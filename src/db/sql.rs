//! The macro that runs one SQL text on either database.

/// Runs one SQL statement, given as a literal with `$1`, `$2` ..., and awaits its answer.
///
/// ```text
/// let tree = sql!(read, optional<(i64, String)> "SELECT id, slug FROM tree WHERE slug = $1", slug)?;   // Option<(i64, String)>
/// let trees = sql!(read, all<TreeRow> "SELECT id, slug FROM tree ORDER BY id")?;                        // Vec<TreeRow>
/// let (count,) = sql!(read, one<(i64,)> "SELECT COUNT(*) FROM tree")?;
/// let rows = sql!(write, execute "DELETE FROM tree WHERE id = $1", id)?;                                // u64: rows changed
/// ```
///
/// `execute` needs a [`Write`](crate::db::Write); the others take a [`Read`](crate::db::Read) or a `Write`. A row is a tuple or a struct
/// that derives `sqlx::FromRow`, of `i64`, `String` and `Option`s of them.
#[macro_export]
macro_rules! sql {
    ($write:expr, execute $text:literal $(, $value:expr)* $(,)?) => {
        match $crate::db::Write::writing_connection($write) {
            $crate::db::Connection::Sqlite(connection) => {
                ::sqlx::query::<::sqlx::Sqlite>($text)$(.bind($value))*.execute(connection).await.map(|done| done.rows_affected())
            }
            $crate::db::Connection::Postgres(connection) => {
                ::sqlx::query::<::sqlx::Postgres>($text)$(.bind($value))*.execute(connection).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::db::Error::from)
    };
    ($read:expr, one<$row:ty> $text:literal $(, $value:expr)* $(,)?) => { $crate::sql!(@fetch fetch_one, $read, $row, $text $(, $value)*) };
    ($read:expr, optional<$row:ty> $text:literal $(, $value:expr)* $(,)?) => { $crate::sql!(@fetch fetch_optional, $read, $row, $text $(, $value)*) };
    ($read:expr, all<$row:ty> $text:literal $(, $value:expr)* $(,)?) => { $crate::sql!(@fetch fetch_all, $read, $row, $text $(, $value)*) };
    (@fetch $fetch:ident, $read:expr, $row:ty, $text:literal $(, $value:expr)*) => {
        match $crate::db::Read::connection($read) {
            $crate::db::Connection::Sqlite(connection) => ::sqlx::query_as::<::sqlx::Sqlite, $row>($text)$(.bind($value))*.$fetch(connection).await,
            $crate::db::Connection::Postgres(connection) => ::sqlx::query_as::<::sqlx::Postgres, $row>($text)$(.bind($value))*.$fetch(connection).await,
        }
        .map_err($crate::db::Error::from)
    };
}
