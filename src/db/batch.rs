//! Many rows with few statements.

/// The numbers of rows that one statement takes. Few fixed sizes, so that each stays prepared.
pub const CHUNKS: [usize; 3] = [64, 8, 1];

/// How many of `left` rows the next statement takes.
#[must_use]
pub fn chunk_size(left: usize) -> usize {
    CHUNKS.into_iter().find(|size| *size <= left).unwrap_or(left)
}

/// The statement for `rows` rows: the part in square brackets once for each row, its parameters numbered on.
///
/// `batch_text("INSERT INTO t (a, b) VALUES [($1, $2)]", 2)` is `INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)`.
/// A text without brackets stays as it is. Parameters stand only inside the brackets.
#[must_use]
pub fn batch_text(text: &str, rows: usize) -> String {
    let Some((head, (row, tail))) = text.split_once('[').and_then(|(head, rest)| Some((head, rest.split_once(']')?))) else {
        return text.to_owned();
    };
    let parameters = row.matches('$').count();
    let mut statement = head.to_owned();
    for number in 0..rows {
        if number > 0 {
            statement.push_str(", ");
        }
        push_renumbered(&mut statement, row, number * parameters);
    }
    statement.push_str(tail);
    statement
}

/// Appends `row` with `offset` added to the number of each parameter.
fn push_renumbered(statement: &mut String, row: &str, offset: usize) {
    let mut parts = row.split('$');
    statement.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = part.split_at(digits);
        statement.push_str(&format!("${}{rest}", number.parse::<usize>().unwrap_or_default() + offset));
    }
}

/// Runs one SQL statement for many rows, in chunks of fixed sizes. The part of the text in square brackets stands for one row.
///
/// ```text
/// batch!(write, execute "INSERT INTO tick (diagnosis_id, step) VALUES [($1, $2)]", ticks, |tick| &tick.diagnosis, tick.step)?;   // u64
/// batch!(read, all<(String, i64)> "SELECT id, revision FROM diagnosis WHERE id IN ([$1])", ids, |id| id)?;                      // Vec
/// ```
///
/// Rows come from a slice; the values after `|row|` are bound in order. Where PostgreSQL cannot tell a parameter's type, cast it.
#[macro_export]
macro_rules! batch {
    ($write:expr, execute $text:literal, $rows:expr, |$row:ident| $($value:expr),+ $(,)?) => {
        async {
            let mut changed = 0;
            $crate::batch!(@chunks $rows, chunk, {
                let text = $crate::db::batch_text($text, chunk.len());
                changed += match $crate::db::Write::writing_connection($write) {
                    $crate::db::Connection::Sqlite(connection) => {
                        $crate::batch!(@bind ::sqlx::query::<::sqlx::Sqlite>(::sqlx::AssertSqlSafe(text)), chunk, |$row| $($value),+)
                            .execute(connection).await.map(|done| done.rows_affected())
                    }
                    $crate::db::Connection::Postgres(connection) => {
                        $crate::batch!(@bind ::sqlx::query::<::sqlx::Postgres>(::sqlx::AssertSqlSafe(text)), chunk, |$row| $($value),+)
                            .execute(connection).await.map(|done| done.rows_affected())
                    }
                }?;
            });
            Ok::<u64, $crate::db::Error>(changed)
        }.await
    };
    ($read:expr, all<$answer:ty> $text:literal, $rows:expr, |$row:ident| $($value:expr),+ $(,)?) => {
        async {
            let mut found: Vec<$answer> = Vec::new();
            $crate::batch!(@chunks $rows, chunk, {
                let text = $crate::db::batch_text($text, chunk.len());
                found.extend(match $crate::db::Read::connection($read) {
                    $crate::db::Connection::Sqlite(connection) => {
                        $crate::batch!(@bind ::sqlx::query_as::<::sqlx::Sqlite, $answer>(::sqlx::AssertSqlSafe(text)), chunk, |$row| $($value),+)
                            .fetch_all(connection).await
                    }
                    $crate::db::Connection::Postgres(connection) => {
                        $crate::batch!(@bind ::sqlx::query_as::<::sqlx::Postgres, $answer>(::sqlx::AssertSqlSafe(text)), chunk, |$row| $($value),+)
                            .fetch_all(connection).await
                    }
                }?);
            });
            Ok::<Vec<$answer>, $crate::db::Error>(found)
        }.await
    };
    (@chunks $rows:expr, $chunk:ident, $body:block) => {
        let mut left = &$rows[..];
        while !left.is_empty() {
            let ($chunk, rest) = left.split_at($crate::db::chunk_size(left.len()));
            left = rest;
            $body
        }
    };
    (@bind $query:expr, $chunk:ident, |$row:ident| $($value:expr),+) => {{
        let mut query = $query;
        for $row in $chunk {
            query = query$(.bind($value))+;
        }
        query
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_repeats_the_row_and_counts_on() {
        assert_eq!(batch_text("INSERT INTO t (a, b) VALUES [($1, $2)] RETURNING a", 3), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4), ($5, $6) RETURNING a");
        assert_eq!(batch_text("SELECT a FROM t WHERE a IN ([$1])", 2), "SELECT a FROM t WHERE a IN ($1, $2)");
        assert_eq!(batch_text("VALUES [(CAST($1 AS BIGINT), $2)]", 6).matches('$').count(), 12);
        assert!(batch_text("VALUES [(CAST($1 AS BIGINT), $2)]", 6).ends_with("(CAST($11 AS BIGINT), $12)"));
    }

    #[test]
    fn a_text_without_a_row_stays() {
        assert_eq!(batch_text("SELECT 1", 8), "SELECT 1");
    }

    #[test]
    fn chunks_cover_every_number_of_rows() {
        for rows in 0..200 {
            let mut left = rows;
            while left > 0 {
                let size = chunk_size(left);
                assert!(CHUNKS.contains(&size) && size <= left);
                left -= size;
            }
        }
    }
}
