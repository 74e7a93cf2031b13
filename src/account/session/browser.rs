//! What a browser and its system are called, read from its `User-Agent`.

/// What a `User-Agent` has in it, and the browser that has it. Browsers also name those that they descend from, so the first that fits counts.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("HeadlessChrome/", "Chromium"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
];
/// The same for systems: Android also says "Linux", and iPads "Mac OS X".
const SYSTEMS: [(&str, &str); 7] =
    [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

/// A name for the browser, such as "Firefox on Windows".
#[must_use]
pub fn name(user_agent: &str) -> String {
    let found = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    // Safari has no mark of its own: nearly every browser says its word too, but only Safari with a version before it.
    let is_safari = user_agent.contains("Version/") && user_agent.contains("Safari/");
    let browser = found(&BROWSERS).or(is_safari.then_some("Safari")).unwrap_or("Another browser");
    found(&SYSTEMS).map_or_else(|| browser.to_owned(), |system| format!("{browser} on {system}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_itself_is_named_and_not_those_that_it_descends_from() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let known = [
            (format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} HeadlessChrome/140.0.0.0 Safari/537.36"), "Chromium on Linux"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/140.0.0.0 Safari/537.36"), "Chrome on Windows"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"), "Edge on Windows"),
            (format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/140.0.0.0 Mobile Safari/537.36"), "Chrome on Android"),
            ("Mozilla/5.0 (Windows NT 10.0; rv:143.0) Gecko/20100101 Firefox/143.0".to_owned(), "Firefox on Windows"),
            (format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/18.0 Safari/605.1.15"), "Safari on macOS"),
            (format!("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {webkit} CriOS/140.0 Mobile/15E148 Safari/604.1"), "Chrome on iOS"),
            ("curl/8.5.0".to_owned(), "Another browser"),
            (String::new(), "Another browser"),
        ];
        for (user_agent, wanted) in known {
            assert_eq!(name(&user_agent), wanted, "{user_agent}");
        }
    }
}
