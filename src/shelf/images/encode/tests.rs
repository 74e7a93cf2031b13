use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::super::bare::is_bare;
use super::*;

/// A picture without two equal neighbours, which no format makes small.
fn noise(width: u32, height: u32) -> DynamicImage {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    RgbImage::from_fn(width, height, |_, _| Rgb([next(), next(), next()])).into()
}

fn plain(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([10, 20, 30])).into()
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG chunk with a right checksum.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = !0_u32;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, kind.as_slice(), data, &(!crc).to_be_bytes()].concat()
}

/// The PNG with a comment behind its header.
fn with_comment(png: &[u8]) -> Vec<u8> {
    let (head, rest) = png.split_at(33);
    [head, &chunk(b"tEXt", b"Comment\0taken on EX01 by Ada"), rest].concat()
}

/// The JPEG with camera data: lying on its side, and a place.
fn with_camera_data(jpeg: &[u8]) -> Vec<u8> {
    let orientation = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
    let exif = [b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".as_slice(), &orientation, &[0; 4], b"taken on EX01 by Ada"].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let (head, rest) = jpeg.split_at(2);
    [head, &[0xff, 0xe1], &length, &exif, rest].concat()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

#[test]
fn nothing_but_the_pixels_survives() {
    let png = with_comment(&file(&plain(30, 20), ImageFormat::Png));
    let behind_its_end = [file(&plain(30, 20), ImageFormat::Png), b"by Ada".to_vec()].concat();
    let jpeg = with_camera_data(&file(&plain(30, 20), ImageFormat::Jpeg));
    for sent in [png, behind_its_end, jpeg] {
        assert!(holds(&sent, b"by Ada") && !is_bare(&sent));
        assert_eq!(as_kept(sent.clone()), Err(Refused::NotBare));
        let kept = encode_anew(&sent).unwrap();
        assert!(!holds(&kept.bytes, b"Ada") && is_bare(&kept.bytes), "{}", kept.media_type);
        assert_eq!(as_kept(kept.bytes.clone()), Ok(kept));
    }
}

#[test]
fn a_photograph_that_lies_on_its_side_is_turned_upright() {
    let sent = with_camera_data(&file(&plain(30, 20), ImageFormat::Jpeg));
    let kept = encode_anew(&sent).unwrap();
    assert_eq!((kept.media_type.as_str(), kept.width, kept.height), ("image/jpeg", 20, 30));
}

#[test]
fn what_is_too_wide_or_high_is_scaled_down_and_the_rest_stays() {
    for (sent, kept) in [((2560, 1000), (1280, 500)), ((100, 3200), (50, 1600)), ((1280, 1600), (1280, 1600)), ((1, 1), (1, 1))] {
        let image = encode_anew(&file(&plain(sent.0, sent.1), ImageFormat::Png)).unwrap();
        assert_eq!((image.width, image.height), kept);
        let pixels = image::load_from_memory(&image.bytes).unwrap().into_rgb8();
        assert_eq!((pixels.dimensions(), *pixels.get_pixel(0, 0)), (kept, Rgb([10, 20, 30])));
    }
}

#[test]
fn transparency_is_kept_and_a_large_opaque_picture_becomes_a_jpeg() {
    let glass: DynamicImage = RgbaImage::from_pixel(4, 4, Rgba([1, 2, 3, 4])).into();
    let image = encode_anew(&file(&glass, ImageFormat::Png)).unwrap();
    assert_eq!(image::load_from_memory(&image.bytes).unwrap(), glass);
    let image = encode_anew(&file(&noise(400, 400), ImageFormat::Png)).unwrap();
    assert!(image.media_type == "image/jpeg" && image.bytes.len() <= MAX_BYTES, "{} of {} bytes", image.media_type, image.bytes.len());
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    // A header that claims 12,000 times 12,000 pixels, with hardly any data.
    let header = |width: u32, height: u32| {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[size.as_slice(), &[8, 6, 0, 0, 0]].concat()),
            chunk(b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01"),
            chunk(b"IEND", b""),
        ]
        .concat()
    };
    for (width, height) in [(12_000, 12_000), (20_000, 1), (1, 20_000), (u32::MAX >> 1, u32::MAX >> 1), (5_000, 4_001)] {
        assert_eq!(encode_anew(&header(width, height)), Err(Refused::TooManyPixels), "{width} x {height}");
    }
    assert_eq!(encode_anew(&header(10, 10)), Err(Refused::Damaged), "the limits let small ones through");
    // Sixteen bits a channel would take more memory than is given.
    let deep = |width: u32| {
        let size = [width.to_be_bytes(), 4_000_u32.to_be_bytes()].concat();
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[size.as_slice(), &[16, 6, 0, 0, 0]].concat()), chunk(b"IDAT", b"")].concat()
    };
    assert_eq!(encode_anew(&deep(5_000)), Err(Refused::TooManyPixels));
}

#[test]
fn what_is_no_picture_breaks_off_or_stays_too_large_is_refused() {
    let png = file(&plain(300, 200), ImageFormat::Png);
    let jpeg = file(&plain(300, 200), ImageFormat::Jpeg);
    for wrong in [b"".as_slice(), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a\x01\0\x01\0\0\0\0;", b"hello"] {
        assert_eq!(encode_anew(wrong), Err(Refused::WrongKind), "{wrong:?}");
    }
    assert_eq!(encode_anew(&png[..png.len() / 2]), Err(Refused::Damaged));
    assert_eq!(encode_anew(&jpeg[..30]), Err(Refused::Damaged));
    assert_eq!(encode_anew(&vec![0; MAX_UPLOAD + 1]), Err(Refused::TooLarge(MAX_UPLOAD + 1)));
    assert!(matches!(encode_anew(&file(&noise(1200, 1200), ImageFormat::Jpeg)), Err(Refused::StillTooLarge(_))));
}
