//! Writes event log files as Windows does, for tests that need many or odd ones. Written after the published description of the format (MS-EVEN6): a file
//! header, chunks of 64 KiB with a table of names and one template each, and records that fill the template with values.

/// Bytes of the header before the first chunk.
pub const FILE_HEADER: usize = 4096;
/// Bytes of a chunk.
pub const CHUNK: usize = 65_536;
const CHUNK_HEADER: usize = 512;
/// 100-nanosecond steps between 1601, when file times begin, and 1970.
const EPOCH: u64 = 116_444_736_000_000_000;

/// One event to be written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The program that logged it.
    pub source: String,
    /// The event's number.
    pub id: u16,
    /// 0 for none.
    pub level: u8,
    /// The machine.
    pub computer: String,
    /// Seconds since 1970.
    pub time: u64,
    /// The values of its sentence.
    pub values: Vec<String>,
}

/// An error of the system attendant, `minute` minutes after 2026-11-20 10:00.
pub fn error(minute: u64, values: &[&str]) -> Entry {
    Entry {
        source: "MSExchangeSA".to_owned(),
        id: 2037,
        level: 2,
        computer: "EX01".to_owned(),
        time: 1_795_168_800 + minute * 60,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

/// 20 MiB and more: 46,000 records, of which every fifth is an error.
pub fn large_log() -> Vec<u8> {
    let details = "The quick brown fox jumps over the lazy dog while the store waits for its log. ".repeat(2);
    let entry = |minute: u64| {
        let level = if minute.is_multiple_of(5) { 2 } else { 4 };
        Entry { level, ..error(minute, &[&format!("mailbox {}", minute % 1000), &details]) }
    };
    let file = evtx_file(&(0..46_000).map(entry).collect::<Vec<_>>());
    assert!(file.len() > 20 << 20, "{}", file.len());
    file
}

/// A file of one chunk whose only record unfolds: its template places a long value so many times that 70 KiB become `times` times 30,000 characters.
pub fn unfolding_file(times: usize) -> Vec<u8> {
    let mut chunk = Chunk { places: times, ..Chunk::new(1) };
    let long = Entry { source: "x".repeat(30_000), ..error(0, &[]) };
    assert!(chunk.add(1, &long), "the entry is longer than a chunk");
    [file_header(1, 1), chunk.finished()].concat()
}

/// A whole file with the entries in order, numbered from 1.
pub fn evtx_file(entries: &[Entry]) -> Vec<u8> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for (entry, number) in entries.iter().zip(1..) {
        if chunks.last_mut().is_none_or(|chunk| !chunk.add(number, entry)) {
            let mut chunk = Chunk::new(number);
            assert!(chunk.add(number, entry), "the entry is longer than a chunk");
            chunks.push(chunk);
        }
    }
    let mut file = file_header(chunks.len(), entries.len());
    for chunk in chunks {
        file.extend(chunk.finished());
    }
    file
}

fn file_header(chunks: usize, records: usize) -> Vec<u8> {
    let mut header = b"ElfFile\0".to_vec();
    header.extend(0_u64.to_le_bytes());
    header.extend((chunks.max(1) as u64 - 1).to_le_bytes());
    header.extend((records as u64 + 1).to_le_bytes());
    header.extend(128_u32.to_le_bytes());
    header.extend([1_u16, 3, FILE_HEADER as u16, chunks as u16].map(u16::to_le_bytes).concat());
    header.resize(120, 0);
    let checksum = crc32(&header);
    header.extend(0_u32.to_le_bytes());
    header.extend(checksum.to_le_bytes());
    header.resize(FILE_HEADER, 0);
    header
}

/// A chunk that is being filled.
struct Chunk {
    bytes: Vec<u8>,
    first: u64,
    last: u64,
    last_at: usize,
    /// Where each name stands, and its hash.
    names: Vec<(&'static str, usize)>,
    /// Heads of the lists of names, by hash.
    buckets: [u32; 64],
    template: Option<usize>,
    /// How many times the template places the source among the event's values.
    places: usize,
}

impl Chunk {
    /// An empty chunk that begins with the record of this number.
    fn new(first: u64) -> Self {
        Self { bytes: vec![0; CHUNK_HEADER], first, last: first, last_at: 0, names: Vec::new(), buckets: [0; 64], template: None, places: 0 }
    }

    /// Adds a record, or leaves the chunk as it is if it does not fit.
    fn add(&mut self, number: u64, entry: &Entry) -> bool {
        let (start, names, buckets, template) = (self.bytes.len(), self.names.len(), self.buckets, self.template);
        self.put(b"\x2A\x2A\0\0\0\0\0\0");
        self.put(&number.to_le_bytes());
        self.put(&(EPOCH + entry.time * 10_000_000).to_le_bytes());
        self.instance(number, entry);
        let size = (self.bytes.len() - start + 4) as u32;
        self.put(&size.to_le_bytes());
        self.bytes[start + 4..start + 8].copy_from_slice(&size.to_le_bytes());
        if self.bytes.len() > CHUNK {
            self.bytes.truncate(start);
            self.names.truncate(names);
            (self.buckets, self.template) = (buckets, template);
            return false;
        }
        (self.last, self.last_at) = (number, start);
        true
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn here(&self) -> usize {
        self.bytes.len()
    }

    /// An instance of the template, with the template itself if it is the chunk's first.
    fn instance(&mut self, number: u64, entry: &Entry) {
        self.put(b"\x0F\x01\x01\0\x0C\x01");
        self.put(&1_u32.to_le_bytes());
        if let Some(template) = self.template {
            self.put(&(template as u32).to_le_bytes());
        } else {
            let at = self.here() + 4;
            self.template = Some(at);
            self.put(&(at as u32).to_le_bytes());
            self.put(&0_u32.to_le_bytes());
            self.put(&[7; 16]);
            let size_at = self.here();
            self.put(&[0; 4]);
            self.template();
            let size = (self.here() - size_at - 4) as u32;
            self.bytes[size_at..size_at + 4].copy_from_slice(&size.to_le_bytes());
        }
        let text = |text: &str| (0x01, utf16(text));
        let strings = entry.values.iter().flat_map(|value| [utf16(value), vec![0, 0]].concat()).collect();
        let values = [
            text(&entry.source),
            (0x06, 0xC004_u16.to_le_bytes().to_vec()),
            (0x06, entry.id.to_le_bytes().to_vec()),
            if entry.level == 0 { (0x00, Vec::new()) } else { (0x04, vec![entry.level]) },
            (0x11, (EPOCH + entry.time * 10_000_000).to_le_bytes().to_vec()),
            (0x0A, number.to_le_bytes().to_vec()),
            text(&entry.computer),
            (0x81, strings),
        ];
        self.put(&(values.len() as u32).to_le_bytes());
        for (kind, value) in &values {
            self.put(&(value.len() as u16).to_le_bytes());
            self.put(&[*kind, 0]);
        }
        for (_, value) in &values {
            self.put(value);
        }
    }

    /// The shape of every record: what Windows writes for a classic event, as far as it matters here.
    fn template(&mut self) {
        self.put(b"\x0F\x01\x01\0");
        let event = self.open("Event", &[("xmlns", None)]);
        let system = self.open("System", &[]);
        self.element("Provider", &[("Name", Some((0, 0x01)))], None);
        self.element("EventID", &[("Qualifiers", Some((1, 0x06)))], Some((2, 0x06)));
        self.element("Level", &[], Some((3, 0x04)));
        self.element("TimeCreated", &[("SystemTime", Some((4, 0x11)))], None);
        self.element("EventRecordID", &[], Some((5, 0x0A)));
        self.element("Computer", &[], Some((6, 0x01)));
        self.close(system);
        let data = self.open("EventData", &[]);
        self.element("Data", &[], Some((7, 0x81)));
        let repeated = self.open("Data", &[]);
        for _ in 0..self.places {
            self.substitution(0, 0x01);
        }
        self.close(repeated);
        self.close(data);
        self.close(event);
        self.put(&[0]);
    }

    /// An element that holds one value, or none.
    fn element(&mut self, name: &'static str, attributes: &[(&'static str, Option<(u16, u8)>)], value: Option<(u16, u8)>) {
        let size_at = self.open(name, attributes);
        if let Some((place, kind)) = value {
            self.substitution(place, kind);
        }
        self.close(size_at);
    }

    /// Opens an element; answers where its size has to be written.
    fn open(&mut self, name: &'static str, attributes: &[(&'static str, Option<(u16, u8)>)]) -> usize {
        self.put(&[if attributes.is_empty() { 0x01 } else { 0x41 }]);
        self.put(&0xFFFF_u16.to_le_bytes());
        let size_at = self.here();
        self.put(&[0; 4]);
        self.name(name);
        if !attributes.is_empty() {
            let list_at = self.here();
            self.put(&[0; 4]);
            for (position, (name, value)) in attributes.iter().enumerate() {
                self.put(&[if position + 1 < attributes.len() { 0x46 } else { 0x06 }]);
                self.name(name);
                match value {
                    Some((place, kind)) => self.substitution(*place, *kind),
                    None => {
                        let text = utf16("http://schemas.microsoft.com/win/2004/08/events/event");
                        self.put(&[0x05, 0x01]);
                        self.put(&((text.len() / 2) as u16).to_le_bytes());
                        self.put(&text);
                    }
                }
            }
            self.size(list_at);
        }
        self.put(&[0x02]);
        size_at
    }

    fn close(&mut self, size_at: usize) {
        self.put(&[0x04]);
        self.size(size_at);
    }

    fn size(&mut self, size_at: usize) {
        let size = (self.here() - size_at - 4) as u32;
        self.bytes[size_at..size_at + 4].copy_from_slice(&size.to_le_bytes());
    }

    /// A place for a value that may be absent.
    fn substitution(&mut self, place: u16, kind: u8) {
        self.put(&[0x0E]);
        self.put(&place.to_le_bytes());
        self.put(&[kind]);
    }

    /// A reference to a name, with the name itself if it is the chunk's first of it.
    fn name(&mut self, name: &'static str) {
        if let Some((_, at)) = self.names.iter().find(|(known, _)| *known == name) {
            let at = *at as u32;
            return self.put(&at.to_le_bytes());
        }
        let at = self.here() + 4;
        let hash = name.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(65_599).wrapping_add(u32::from(unit))) as u16;
        let bucket = usize::from(hash) % self.buckets.len();
        let (next, text) = (self.buckets[bucket], utf16(name));
        self.put(&(at as u32).to_le_bytes());
        self.put(&next.to_le_bytes());
        self.put(&hash.to_le_bytes());
        self.put(&((text.len() / 2) as u16).to_le_bytes());
        self.put(&text);
        self.put(&[0, 0]);
        self.buckets[bucket] = at as u32;
        self.names.push((name, at));
    }

    /// The chunk with its header.
    fn finished(mut self) -> Vec<u8> {
        let end = self.here();
        let mut header = b"ElfChnk\0".to_vec();
        header.extend([self.first, self.last, self.first, self.last].map(u64::to_le_bytes).concat());
        header.extend([128, self.last_at as u32, end as u32, crc32(&self.bytes[CHUNK_HEADER..])].map(u32::to_le_bytes).concat());
        header.resize(128, 0);
        header.extend(self.buckets.map(u32::to_le_bytes).concat());
        header.extend((self.template.unwrap_or(0) as u32).to_le_bytes());
        header.resize(CHUNK_HEADER, 0);
        let checksum = crc32(&[&header[..120], &header[128..]].concat());
        header[124..128].copy_from_slice(&checksum.to_le_bytes());
        self.bytes[..CHUNK_HEADER].copy_from_slice(&header);
        self.bytes.resize(CHUNK, 0);
        self.bytes
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}
