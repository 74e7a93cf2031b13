use super::*;

#[test]
fn an_empty_index_finds_nothing() {
    let found = Index::new([]).find(&Evidence { text: "anything".to_owned(), ..Evidence::default() });
    assert_eq!(found, Found { matches: Vec::new(), verdict: Verdict::Nothing });
}
