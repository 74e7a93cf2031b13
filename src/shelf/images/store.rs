//! The statements about pictures. Their bytes are text in base64, so that both databases and the backup keep them alike.

use data_encoding::BASE64;

use super::{Added, Image, Known};
use crate::db::{Error, FromRow, Read, Result, Write};
use crate::sql;
use crate::tree::picture::Size;

#[derive(FromRow)]
struct ImageRow {
    media_type: String,
    width: i64,
    height: i64,
    bytes: String,
}

#[derive(FromRow)]
struct KnownRow {
    digest: String,
    width: i64,
    height: i64,
    published_at: Option<i64>,
}

#[derive(FromRow)]
struct AddedRow {
    digest: String,
    words: String,
    at: i64,
    name: String,
}

/// Stores the picture, unless it is there.
pub(super) async fn insert(write: &mut Write, digest: &str, image: &Image, by: &str, now: i64) -> Result<u64> {
    sql!(
        write,
        execute "INSERT INTO image (digest, media_type, width, height, bytes, created_at, name) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT (digest) DO NOTHING",
        digest,
        &image.media_type,
        i64::from(image.width),
        i64::from(image.height),
        BASE64.encode(&image.bytes),
        now,
        by
    )
}

/// Adds the picture to a tree, unless the tree has it or there is no such picture.
pub(super) async fn add(write: &mut Write, tree: i64, digest: &str, words: &str, by: &str, now: i64) -> Result<u64> {
    sql!(
        write,
        execute "INSERT INTO tree_image (tree_id, digest, words, at, name) \
                 SELECT CAST($1 AS BIGINT), digest, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS TEXT) FROM image WHERE digest = $2 \
                 ON CONFLICT (tree_id, digest) DO NOTHING",
        tree,
        digest,
        words,
        now,
        by
    )
}

/// Adds the pictures of one tree to another.
pub(in crate::shelf) async fn add_all_of(write: &mut Write, from: i64, to: i64) -> Result<u64> {
    sql!(
        write,
        execute "INSERT INTO tree_image (tree_id, digest, words, at, name) SELECT CAST($1 AS BIGINT), digest, words, at, name FROM tree_image WHERE tree_id = $2 \
                 ON CONFLICT (tree_id, digest) DO NOTHING",
        to,
        from
    )
}

/// Takes the picture from a tree.
pub(super) async fn remove(write: &mut Write, tree: i64, digest: &str) -> Result<u64> {
    sql!(write, execute "DELETE FROM tree_image WHERE tree_id = $1 AND digest = $2", tree, digest)
}

/// Notes that a published version shows the picture.
pub(super) async fn publish(write: &mut Write, digest: &str, now: i64) -> Result<u64> {
    sql!(write, execute "UPDATE image SET published_at = $2 WHERE digest = $1 AND published_at IS NULL", digest, now)
}

/// The pictures older than `before` that no tree has, no version shows, and no edit of a draft names.
pub(super) async fn unused(read: &mut Read, before: i64) -> Result<Vec<String>> {
    let rows = sql!(
        read,
        all<(String,)> "SELECT digest FROM image WHERE created_at < $1 AND published_at IS NULL \
                        AND NOT EXISTS (SELECT 1 FROM tree_image WHERE tree_image.digest = image.digest) \
                        AND NOT EXISTS (SELECT 1 FROM draft_edit WHERE draft_edit.edit LIKE '%image:' || image.digest || '%') ORDER BY digest",
        before
    )?;
    Ok(rows.into_iter().map(|(digest,)| digest).collect())
}

pub(super) async fn delete(write: &mut Write, digest: &str) -> Result<u64> {
    sql!(write, execute "DELETE FROM image WHERE digest = $1", digest)
}

/// The pictures that were added to a tree, in the order of adding.
pub(super) async fn of_tree(read: &mut Read, tree: i64) -> Result<Vec<Added>> {
    let rows = sql!(read, all<AddedRow> "SELECT digest, words, at, name FROM tree_image WHERE tree_id = $1 ORDER BY at, digest", tree)?;
    Ok(rows.into_iter().map(|row| Added { digest: row.digest, words: row.words, at: row.at, by: row.name }).collect())
}

/// How many bytes the pictures of a tree have together, in base64.
pub(super) async fn base64_bytes(read: &mut Read, tree: i64) -> Result<i64> {
    let (bytes,) = sql!(
        read,
        one<(i64,)> "SELECT CAST(COALESCE(SUM(LENGTH(image.bytes)), 0) AS BIGINT) FROM image JOIN tree_image ON tree_image.digest = image.digest \
                     WHERE tree_image.tree_id = $1",
        tree
    )?;
    Ok(bytes)
}

/// Every picture, without its bytes.
pub(in crate::shelf) async fn known(read: &mut Read) -> Result<Vec<(String, Known)>> {
    let rows = sql!(read, all<KnownRow> "SELECT digest, width, height, published_at FROM image ORDER BY digest")?;
    let known = rows.into_iter().map(|row| {
        let size = Size { width: pixels(&row.digest, row.width)?, height: pixels(&row.digest, row.height)? };
        Ok((row.digest, Known { size, is_published: row.published_at.is_some() }))
    });
    known.collect()
}

pub(super) async fn find(read: &mut Read, digest: &str) -> Result<Option<Image>> {
    let row = sql!(read, optional<ImageRow> "SELECT media_type, width, height, bytes FROM image WHERE digest = $1", digest)?;
    row.map(|row| {
        let bytes = BASE64.decode(row.bytes.as_bytes()).map_err(|_| damaged(digest))?;
        Ok(Image { media_type: row.media_type, width: pixels(digest, row.width)?, height: pixels(digest, row.height)?, bytes })
    })
    .transpose()
}

fn pixels(digest: &str, number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| damaged(digest))
}

fn damaged(digest: &str) -> Error {
    Error::Unreadable(format!("the picture {digest} is damaged"))
}
