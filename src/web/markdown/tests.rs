use super::*;
use crate::tree::picture::Size;

/// The name of a picture that is there.
fn name() -> String {
    picture::digest(b"x")
}

fn kept() -> Pictures {
    Pictures::new(&Urls::new(None), Arc::new([(name(), Size { width: 30, height: 20 })].into()))
}

#[test]
fn html_becomes_text() {
    let out = render("<script>alert(1)</script>\n\nA <b onclick=x>bold</b> word.", &kept());
    assert!(!out.contains("<script") && !out.contains("<b"), "{out}");
    assert!(out.contains("&lt;script&gt;"), "{out}");
}

#[test]
fn only_web_mail_and_own_links_stay_links() {
    for good in ["https://example.com/a:b", "HTTP://example.com", "mailto:a@example.com", "/guides", "#steps", "guides?a:b"] {
        assert!(render(&format!("[word]({good})"), &kept()).contains("<a href"), "{good} was dropped");
    }
    for bad in ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "vbscript:x", "&#1;javascript:x", "/\\\\evil.example"] {
        let out = render(&format!("[word](<{bad}>)"), &kept());
        assert!(!out.contains("<a "), "{out}");
        assert!(out.contains("word"), "{out}");
    }
}

#[test]
fn headings_go_below_the_pages_own_and_pictures_from_elsewhere_become_words() {
    assert_eq!(render("# One\n\n### Three", &kept()).trim(), "<h4>One</h4>\n<h6>Three</h6>");
    assert_eq!(render("![a server](http://elsewhere.example/x.png)", &kept()).trim(), "<p>a server</p>");
}

#[test]
fn a_picture_that_is_kept_is_shown_with_its_size_and_words() {
    let image = |words: &str| format!("<img src=\"/images/{}\" alt=\"{words}\" width=\"30\" height=\"20\" loading=\"lazy\">", name());
    let written = |words: &str| format!("![{words}](image:{} \"ignored\")", name());
    assert_eq!(
        render(&written("the *dialog* \\\" onload=\\\"x <b>"), &kept()).trim(),
        format!("<p>{}</p>", image("the dialog &quot; onload=&quot;x &lt;b&gt;"))
    );
    assert_eq!(render(&format!("[{}](/guides)", written("a")), &kept()).trim(), format!("<p><a href=\"/guides\">{}</a></p>", image("a")));
    assert_eq!(render("![gone](image:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4882)", &kept()).trim(), "<p>gone</p>");
    assert_eq!(render_inline(&written("a dialog")), "a dialog");
    let filled = Piece::Filled(Filled::Names { names: vec!["EX\"01".to_owned()], maybe: Vec::new() });
    let words = Words(vec![Piece::Text("![The log of ".to_owned()), filled, Piece::Text(format!(" now](image:{})", name()))]);
    assert_eq!(render_words(&words, &kept()).trim(), format!("<p>{}</p>", image("The log of EX&quot;01 now")));
}

#[test]
fn what_is_filled_in_is_neither_markdown_nor_html() {
    let names = |names: &[&str]| Piece::Filled(Filled::Names { names: names.iter().map(|name| (*name).to_owned()).collect(), maybe: Vec::new() });
    let words = Words(vec![Piece::Text("Stop **all** of ".to_owned()), names(&["<b>", "*EX_02*"]), Piece::Text(" and `x\u{e000}0\u{e001}`.".to_owned())]);
    assert_eq!(render_words(&words, &kept()).trim(), "<p>Stop <strong>all</strong> of <b class=\"name\">&lt;b&gt; and *EX_02*</b> and <code>x0</code>.</p>");
    let blank = Words(vec![Piece::Filled(Filled::Blank("servers".to_owned()))]);
    assert!(render_words(&blank, &kept()).contains("<span class=\"blank\">[the servers, which you have not named]</span>"));
}

#[test]
fn levels_are_a_list_of_their_own() {
    let line = |text: &str, belongs| LevelLine { text: text.to_owned(), belongs };
    let levels = |lines| Piece::Filled(Filled::Levels(lines));
    let text = |text: &str| Piece::Text(text.to_owned());
    let words =
        Words(vec![text("Behind:\n"), levels(vec![line("<i> runs *5.0*", true), line("EX02: level not known", false)]), text("\nAll **others** are not.")]);
    assert_eq!(
        render_words(&words, &kept()).trim(),
        "<p>Behind:</p>\n<ul>\n<li>&lt;i&gt; runs *5.0*</li>\n<li><span class=\"blank\">[EX02: level not known]</span></li>\n</ul>\n<p>All <strong>others</strong> are not.</p>"
    );
    assert_eq!(render_words(&Words(vec![levels(Vec::new())]), &kept()).trim(), "<p><span class=\"blank\">[no server]</span></p>");
}

#[test]
fn one_line_has_no_paragraph_around_it() {
    assert_eq!(render_inline("Stop the `MTA` **now**"), "Stop the <code>MTA</code> <strong>now</strong>");
    assert_eq!(render_inline("# Not a heading"), "Not a heading");
}
