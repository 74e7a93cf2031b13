//! The files of `static/`: inside the binary, under names that hold their hash, compressed once.

use std::{io::Write, sync::LazyLock};

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Failure, compress::accepts_gzip, extract::Path, urls};

/// A file that pages load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asset {
    /// The one stylesheet.
    Stylesheet,
    /// The one script; every page works without it.
    Script,
    /// The icon in the browser's tab.
    Icon,
    /// What the authors' pages have on top of the stylesheet.
    EditorStylesheet,
    /// What they have on top of the script.
    EditorScript,
}

/// One embedded file, ready to be sent.
struct Embedded {
    file_name: String,
    content_type: HeaderValue,
    etag: HeaderValue,
    plain: &'static [u8],
    /// Made when first asked for, so that the first page need not wait for it.
    gzip: LazyLock<Vec<u8>, Box<dyn FnOnce() -> Vec<u8> + Send>>,
}

static EMBEDDED: LazyLock<[Embedded; 5]> = LazyLock::new(|| {
    [
        embed("app", "css", "text/css; charset=utf-8", include_bytes!("../../static/app.css")),
        embed("app", "js", "text/javascript; charset=utf-8", include_bytes!("../../static/app.js")),
        embed("favicon", "svg", "image/svg+xml", include_bytes!("../../static/favicon.svg")),
        embed("editor", "css", "text/css; charset=utf-8", include_bytes!("../../static/editor.css")),
        embed("editor", "js", "text/javascript; charset=utf-8", include_bytes!("../../static/editor.js")),
    ]
});

impl Asset {
    /// The name with the content's hash, such as `app.0f3a5c9d21b7e840.css`: it changes whenever the content does.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        let [stylesheet, script, icon, editor_stylesheet, editor_script] = &*EMBEDDED;
        match self {
            Self::Stylesheet => &stylesheet.file_name,
            Self::Script => &script.file_name,
            Self::Icon => &icon.file_name,
            Self::EditorStylesheet => &editor_stylesheet.file_name,
            Self::EditorScript => &editor_script.file_name,
        }
    }
}

/// Routes of the embedded files.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(urls::STATIC, get(serve))
}

async fn serve(Path(name): Path<String>, request: Request) -> Result<Response, Failure> {
    let asset = EMBEDDED.iter().find(|asset| asset.file_name == name).ok_or(Failure::NotFound)?;
    Ok(respond(asset, request.headers()))
}

fn respond(asset: &'static Embedded, request: &HeaderMap) -> Response {
    let common = [
        (header::CONTENT_TYPE, asset.content_type.clone()),
        (header::ETAG, asset.etag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/").as_bytes() == asset.etag.as_bytes())) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    if accepts_gzip(request) {
        return (common, [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], asset.gzip.as_slice()).into_response();
    }
    (common, asset.plain).into_response()
}

fn embed(stem: &str, extension: &str, content_type: &'static str, plain: &'static [u8]) -> Embedded {
    let digest = HEXLOWER.encode(&Sha256::digest(plain));
    let hash: String = digest.chars().take(16).collect();
    Embedded {
        file_name: format!("{stem}.{hash}.{extension}"),
        content_type: HeaderValue::from_static(content_type),
        etag: HeaderValue::try_from(format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\"")),
        plain,
        gzip: LazyLock::new(Box::new(move || pack(plain))),
    }
}

fn pack(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing to a Vec cannot fail; should it ever, the plain bytes would be announced as gzip, so an empty file is the honest answer.
    encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn request(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::try_from(value).unwrap())])
    }

    #[test]
    fn every_file_of_the_static_folder_is_embedded() {
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/static")).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let (stem, extension) = name.split_once('.').unwrap();
            let found = EMBEDDED.iter().any(|asset| asset.file_name.starts_with(stem) && asset.file_name.ends_with(extension));
            assert!(found, "static/{name} is not embedded: add it to web::assets");
        }
    }

    #[test]
    fn the_name_changes_with_the_content() {
        assert_ne!(embed("a", "css", "text/css", b"one").file_name, embed("a", "css", "text/css", b"two").file_name);
    }

    #[test]
    fn the_compressed_bytes_unpack_to_the_plain_ones_and_a_known_tag_gets_none() {
        for asset in &*EMBEDDED {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(asset.gzip.as_slice()).read_to_end(&mut unpacked).unwrap();
            assert_eq!(unpacked, asset.plain);
            let tag = asset.etag.to_str().unwrap();
            assert_eq!(respond(asset, &request(header::IF_NONE_MATCH, &format!("\"x\", W/{tag}"))).status(), StatusCode::NOT_MODIFIED);
            assert_eq!(respond(asset, &request(header::IF_NONE_MATCH, "\"x\"")).status(), StatusCode::OK);
            let packed = respond(asset, &request(header::ACCEPT_ENCODING, "br, gzip"));
            assert_eq!(packed.headers().get(header::CONTENT_ENCODING).unwrap(), "gzip");
            assert!(respond(asset, &HeaderMap::new()).headers().get(header::CONTENT_ENCODING).is_none());
        }
    }
}
