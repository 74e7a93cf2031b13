//! Pictures in steps. A tree names one as `image:DIGEST` in its Markdown.

mod store;

use sha2::{Digest, Sha256};

use super::{Result, Shelf};
use crate::audit::By;
use crate::db;

/// A picture as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Such as `image/png`.
    pub media_type: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Shelf {
    /// Keeps a picture, which the caller has encoded anew; answers the SHA-256 of its bytes in hexadecimal, by which it is found. An equal one is kept once.
    ///
    /// # Errors
    /// If the database cannot store it.
    pub async fn put_image(&self, image: Image, by: &By) -> Result<String> {
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&image.bytes));
        let (name, by, now) = (digest.clone(), by.name.clone(), self.0.clock.now_ms());
        let work = self.0.db.in_background::<_, db::Error, _>(move |write| Box::pin(async move { store::insert(write, &name, &image, &by, now).await }));
        work.await?;
        Ok(digest)
    }

    /// The picture with this digest.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn image(&self, digest: &str) -> Result<Option<Image>> {
        Ok(store::find(&mut self.0.db.read().await?, digest).await?)
    }
}
