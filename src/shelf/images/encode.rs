//! Pictures, decoded within limits and encoded anew, so that nothing but their pixels is kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{Image, bare};
use crate::tree::picture::MAX_BYTES;

/// The most bytes of a file that is taken.
pub const MAX_UPLOAD: usize = 8 * 1024 * 1024;
/// The most pixels of a picture that is taken.
pub const MAX_PIXELS: u64 = 20_000_000;
/// The longest side of a picture that is taken, in pixels.
const MAX_SIDE: u32 = 12_000;
/// The most memory that decoding may use, in bytes: four bytes for each pixel, and what the decoder needs beside them.
const MAX_MEMORY: u64 = MAX_PIXELS * 4 + 32 * 1024 * 1024;
/// The widest picture that is kept, in pixels; a wider one is scaled down.
pub const MAX_WIDTH: u32 = 1280;
/// The highest picture that is kept, in pixels.
pub const MAX_HEIGHT: u32 = 1600;
/// The quality of a JPEG that is kept, of 100.
const QUALITY: u8 = 82;

/// Why a file is not taken as a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It has too many bytes.
    #[error("The file has {} KiB; {} KiB is the limit. Save it smaller, or cut out what matters.", .0.div_ceil(1024), MAX_UPLOAD / 1024)]
    TooLarge(usize),
    /// It is no PNG and no JPEG.
    #[error("The file is no PNG or JPEG. Save the picture in one of these formats and choose it again.")]
    WrongKind,
    /// It has too many pixels.
    #[error("The picture has more than {} million pixels, or a side of more than {MAX_SIDE}. Make it smaller and choose it again.", MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    /// It breaks off or is damaged.
    #[error("The picture cannot be read: the file breaks off or is damaged. Save it again and choose it anew.")]
    Damaged,
    /// It is too large even when scaled down.
    #[error("The picture has {} KiB even after it was made smaller; {} KiB is the limit. Cut out what matters and choose it again.", .0.div_ceil(1024), MAX_BYTES / 1024)]
    StillTooLarge(usize),
    /// A file that came with a tree holds more than a picture.
    #[error("it was not made by Fixpath: upload it on the page \"Pictures\" instead")]
    NotBare,
}

/// Decodes an uploaded PNG or JPEG, turns it upright, scales it down, and encodes it anew.
///
/// # Errors
/// What [`Refused`] names.
pub fn encode_anew(bytes: &[u8]) -> Result<Image, Refused> {
    if bytes.len() > MAX_UPLOAD {
        return Err(Refused::TooLarge(bytes.len()));
    }
    let (format, picture) = decode(bytes)?;
    let picture =
        if picture.width() > MAX_WIDTH || picture.height() > MAX_HEIGHT { picture.resize(MAX_WIDTH, MAX_HEIGHT, FilterType::CatmullRom) } else { picture };
    let has_alpha = picture.color().has_alpha();
    if format == ImageFormat::Png {
        let png = png(&picture)?;
        // A photograph as PNG is many times as large; what is transparent has no other format.
        if png.bytes.len() <= MAX_BYTES || has_alpha {
            return within_limit(png);
        }
    }
    within_limit(jpeg(&picture)?)
}

/// Takes the file of a picture as this program has written it before, byte for byte.
///
/// # Errors
/// What [`Refused`] names; [`Refused::NotBare`] if it may hold anything but pixels.
pub fn as_kept(bytes: Vec<u8>) -> Result<Image, Refused> {
    let (format, picture) = decode(&bytes)?;
    if !bare::is_bare(&bytes) {
        return Err(Refused::NotBare);
    }
    let (width, height) = (picture.width(), picture.height());
    if width > MAX_WIDTH || height > MAX_HEIGHT {
        return Err(Refused::TooManyPixels);
    }
    within_limit(Image { media_type: format.to_mime_type().to_owned(), width, height, bytes })
}

/// The pixels of the picture, upright, in eight bits a channel.
fn decode(bytes: &[u8]) -> Result<(ImageFormat, DynamicImage), Refused> {
    let format = image::guess_format(bytes).map_err(|_| Refused::WrongKind)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
        return Err(Refused::WrongKind);
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(MAX_SIDE), Some(MAX_SIDE), Some(MAX_MEMORY));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    // Asked before a pixel is decoded: a file of a few bytes can claim any number of them.
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(Refused::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(|error| refused(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    picture.apply_orientation(orientation);
    Ok((format, in_eight_bits(picture)))
}

fn in_eight_bits(picture: DynamicImage) -> DynamicImage {
    match picture {
        picture @ (DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_)) => picture,
        picture if picture.color().has_alpha() => picture.into_rgba8().into(),
        picture if picture.color().has_color() => picture.into_rgb8().into(),
        picture => picture.into_luma8().into(),
    }
}

fn refused(error: &ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooManyPixels,
        _ => Refused::Damaged,
    }
}

fn png(picture: &DynamicImage) -> Result<Image, Refused> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, PngFilter::Adaptive);
    picture.write_with_encoder(encoder).map_err(|_| Refused::Damaged)?;
    Ok(Image { media_type: ImageFormat::Png.to_mime_type().to_owned(), width: picture.width(), height: picture.height(), bytes })
}

fn jpeg(picture: &DynamicImage) -> Result<Image, Refused> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(|_| Refused::Damaged)?;
    Ok(Image { media_type: ImageFormat::Jpeg.to_mime_type().to_owned(), width: picture.width(), height: picture.height(), bytes })
}

fn within_limit(image: Image) -> Result<Image, Refused> {
    if image.bytes.len() > MAX_BYTES { Err(Refused::StillTooLarge(image.bytes.len())) } else { Ok(image) }
}

#[cfg(test)]
mod tests;
