//! Whether the file of a picture holds its pixels and nothing else: no comments, no camera data, no profile, nothing behind its end.

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The chunks that a PNG needs for its pixels.
const PNG_CHUNKS: [&[u8]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];
/// The longest JFIF segment without a small copy of the picture in it.
const JFIF: usize = 16;

/// Whether a PNG or JPEG holds nothing beside what its pixels need.
pub fn is_bare(file: &[u8]) -> bool {
    file.strip_prefix(PNG).map_or_else(|| is_bare_jpeg(file).is_some(), |chunks| is_bare_png(chunks).is_some())
}

/// Goes over the chunks; `None` at the first that does not belong.
fn is_bare_png(mut rest: &[u8]) -> Option<()> {
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        if !PNG_CHUNKS.contains(&kind.as_slice()) {
            return None;
        }
        // The chunk's data and its checksum.
        rest = after.get(usize::try_from(u32::from_be_bytes(*length)).ok()?.checked_add(4)?..)?;
        if kind == b"IEND" {
            return rest.is_empty().then_some(());
        }
    }
}

/// Goes over the segments; `None` at the first that does not belong. There is one scan, as the encoder writes it.
fn is_bare_jpeg(file: &[u8]) -> Option<()> {
    let mut rest = file.strip_prefix(b"\xff\xd8")?;
    loop {
        let ([0xff, kind], after) = rest.split_first_chunk::<2>()? else { return None };
        let (length, _) = after.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let segment = after.get(..length)?;
        match kind {
            0xe0 if length == JFIF && segment.get(2..7)? == b"JFIF\0" => {}
            // Tables, the frame, the interval of restarts.
            0xdb | 0xc4 | 0xc0 | 0xdd => {}
            0xda => return is_end_of_scan(after.get(length..)?),
            _ => return None,
        }
        rest = after.get(length..)?;
    }
}

/// Whether what follows is one scan, and the end of the picture right behind it.
fn is_end_of_scan(scan: &[u8]) -> Option<()> {
    let markers = scan.windows(2).enumerate().filter(|(_, pair)| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xd0..=0xd7)));
    let (at, pair) = markers.into_iter().next()?;
    (pair == [0xff, 0xd9] && at + 2 == scan.len()).then_some(())
}
