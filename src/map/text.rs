//! How wide text will be, without a browser.
//!
//! The pages name several system faces, so nothing here can be exact. The advances are those of the Helvetica family with five
//! per cent of reserve; DejaVu Sans, the widest face that pages fall back to, is some thirteen per cent wider than Helvetica.

/// A face and its size in tenths of a pixel.
#[derive(Debug, Clone, Copy)]
pub(super) enum Face {
    /// The pages' sans-serif face.
    Sans(usize),
    /// The fixed-width face of answers.
    Mono(usize),
}

impl Face {
    /// The estimated width of `text` in pixels, rounded up.
    pub(super) fn width(self, text: &str) -> usize {
        let (advances, size): (usize, usize) = match self {
            Self::Sans(size) => (text.chars().map(sans_advance).sum(), size),
            Self::Mono(size) => (text.chars().map(mono_advance).sum(), size),
        };
        (advances * size).div_ceil(10_000)
    }

    /// `text` cut to at most `chars` characters and `px` pixels; what was cut is marked by an ellipsis.
    pub(super) fn shorten(self, text: &str, chars: usize, px: usize) -> String {
        let fits = |text: &str| text.chars().count() <= chars && self.width(text) <= px;
        if fits(text) {
            return text.to_owned();
        }
        let mut kept = text.to_owned();
        while kept.pop().is_some() {
            let marked = format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '-', '/']));
            if fits(&marked) {
                return marked;
            }
        }
        "…".to_owned()
    }

    /// The same, cut between two words; inside a word only where the first one is too long already.
    pub(super) fn shorten_at_words(self, text: &str, chars: usize, px: usize) -> String {
        let fits = |text: &str| text.chars().count() <= chars && self.width(text) <= px;
        if fits(text) {
            return text.to_owned();
        }
        let cuts = text.rmatch_indices(' ').filter_map(|(at, _)| text.get(..at));
        let marked = cuts.map(|kept| format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '-', '/', '“']))).find(|marked| fits(marked));
        marked.unwrap_or_else(|| self.shorten(text, chars, px))
    }

    /// `text` on at most two lines of `chars` characters and `px` pixels each, broken at a blank where the lines come out most alike.
    pub(super) fn wrap(self, text: &str, chars: usize, px: usize) -> Vec<String> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = |line: &str| line.chars().count() <= chars && self.width(line) <= px;
        if fits(&text) {
            return vec![text];
        }
        let breaks = || text.match_indices(' ').map(|(at, _)| text.split_at(at)).map(|(first, rest)| (first, rest.trim_start()));
        let even = breaks().filter(|(first, rest)| fits(first) && fits(rest)).min_by_key(|(first, rest)| self.width(first).max(self.width(rest)));
        if let Some((first, rest)) = even {
            return vec![first.to_owned(), rest.to_owned()];
        }
        // Too long for two lines: as many words as the first line holds, and of the rest what fits.
        match breaks().rfind(|(first, _)| fits(first)) {
            Some((first, rest)) => vec![first.to_owned(), self.shorten(rest, chars, px)],
            None => vec![self.shorten(&text, chars, px)],
        }
    }
}

/// Thousandths of the size, five per cent above the Helvetica family's.
fn sans_advance(c: char) -> usize {
    match c {
        '\'' | '‘' | '’' | 'i' | 'j' | 'l' | '|' => 233,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | '\\' | '[' | ']' | 'I' | 'f' | 't' => 292,
        '(' | ')' | '-' | 'r' | '`' | '“' | '”' | '"' => 365,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' | '*' => 525,
        'M' | 'm' => 875,
        'w' => 759,
        '0'..='9' | 'a'..='z' | 'L' | '_' | '$' | '?' | '#' => 584,
        '+' | '<' | '=' | '>' | 'F' | 'T' | 'Z' => 645,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 701,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 759,
        'G' | 'O' | 'Q' => 817,
        'W' => 992,
        '%' | '@' | '…' | '—' => 1_050,
        wide if is_wide(wide) => 1_050,
        _ => 700,
    }
}

fn mono_advance(c: char) -> usize {
    if is_wide(c) { 1_210 } else { 605 }
}

/// East Asian scripts and pictographs, which take a whole square.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: Face = Face::Sans(125);

    #[test]
    fn text_that_fits_stays_whole() {
        assert_eq!(Face::Sans(130).shorten("Server versions", 26, 200), "Server versions");
        assert_eq!(LABEL.wrap("Server versions", 17, 112), ["Server versions"]);
    }

    #[test]
    fn shortened_text_ends_in_an_ellipsis_and_fits_both_limits() {
        for (text, chars, px) in [("Replicate the proxy address generator", 26, 400), ("WWWWWWWWWWWW", 26, 60), ("", 26, 60), ("anything", 26, 0)] {
            let short = Face::Sans(130).shorten(text, chars, px);
            assert!(short.chars().count() <= chars, "{short}");
            assert!(Face::Sans(130).width(&short) <= px || short == "…", "{short}");
            assert!(short == text || short.ends_with('…'), "{short}");
        }
    }

    #[test]
    fn a_label_is_cut_between_words_while_it_can_be() {
        assert_eq!(LABEL.shorten_at_words("contains “host unreachable”", 18, 118), "contains “host…");
        assert_eq!(LABEL.shorten_at_words("Bezeichnungsgenerator fehlt", 18, 400), "Bezeichnungsgener…");
        assert_eq!(LABEL.shorten_at_words("5.5 below SP3", 18, 118), "5.5 below SP3");
    }

    #[test]
    fn no_blank_stands_before_the_ellipsis() {
        assert_eq!(Face::Mono(120).shorten("SP2 and older", 5, 200), "SP2…");
    }

    #[test]
    fn lines_are_broken_where_they_come_out_alike() {
        assert_eq!(LABEL.wrap("Is imcadmin.dll in place?", 17, 112), ["Is imcadmin.dll", "in place?"]);
        assert_eq!(LABEL.wrap("Level the address generators", 17, 112), ["Level the address", "generators"]);
    }

    #[test]
    fn every_line_fits_whatever_the_text() {
        for text in [
            "a b c d e f g h i j k l m n o p q r s t u v w x y z",
            "Bezeichnungsgenerator",
            "WWWWWW WWWWWW WWWWWW",
            "日本語の長い題名がここにあります",
            "",
            "  ",
        ] {
            let lines = LABEL.wrap(text, 17, 112);
            assert!((1..=2).contains(&lines.len()), "{lines:?}");
            for line in lines {
                assert!(line.chars().count() <= 17 && LABEL.width(&line) <= 112, "{line}");
            }
        }
    }

    #[test]
    fn wide_letters_count_as_wide() {
        assert!(LABEL.width("WWWW") > LABEL.width("iiii") * 3);
        assert_eq!(Face::Mono(100).width("日"), 2 * Face::Mono(100).width("a") - 1);
    }
}
