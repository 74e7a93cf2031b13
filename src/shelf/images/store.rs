//! The statements about pictures. Their bytes are text in base64, so that both databases and the backup keep them alike.

use data_encoding::BASE64;

use super::Image;
use crate::db::{Error, FromRow, Read, Result, Write};
use crate::sql;

#[derive(FromRow)]
struct ImageRow {
    media_type: String,
    width: i64,
    height: i64,
    bytes: String,
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

pub(super) async fn find(read: &mut Read, digest: &str) -> Result<Option<Image>> {
    let row = sql!(read, optional<ImageRow> "SELECT media_type, width, height, bytes FROM image WHERE digest = $1", digest)?;
    row.map(|row| {
        let damaged = || Error::Unreadable(format!("the picture {digest} is damaged"));
        let pixels = |number: i64| u32::try_from(number).map_err(|_| damaged());
        let bytes = BASE64.decode(row.bytes.as_bytes()).map_err(|_| damaged())?;
        Ok(Image { media_type: row.media_type, width: pixels(row.width)?, height: pixels(row.height)?, bytes })
    })
    .transpose()
}
