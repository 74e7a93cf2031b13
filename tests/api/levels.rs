//! The guide for servers at different update levels: who lags, behind what, and since when.

use serde_json::json;

use crate::client::{on_both, servers};

const LEVELS: &str = "exchange-update-levels";

#[tokio::test]
async fn the_document_names_who_lags_behind_what_and_since_when() {
    on_both(async |site| {
        let facts = json!({"servers": servers(&["2019 CU14 Jul26SU", "2019 CU12 Nov23SU", "2019 CU15 Aug26SU"])});
        let diagnosis = site.begin_with(&json!({"tree": LEVELS, "facts": facts})).await;
        assert_eq!(diagnosis.created["question"]["key"], "numbers_from", "{}", diagnosis.created);
        diagnosis.answer("numbers_from", json!("file")).await;
        let document = diagnosis.answer("tried", json!("no")).await;
        let outcome = &document["outcome"];
        assert_eq!((&outcome["key"], &outcome["title"]), (&json!("both_jobs"), &json!("Move EX02 to a newer cumulative update, and update the others")));
        let cause = outcome["cause"].as_str().unwrap();
        for line in [
            "- EX01 runs 2019 CU14 Jul26SU (15.2.1544.43); CU14 Aug26SU has been out since 11 August 2026 (KB5121575)\n",
            "- EX02 runs 2019 CU12 Nov23SU (15.2.1118.40), behind since 12 March 2024; 2019 CU12 has had no update since 14 November 2023, CU15 Aug26SU has been out",
            "as of 11 August 2026, the date of the newest release in this table",
        ] {
            assert!(cause.contains(line), "{line} in {cause}");
        }
        assert!(!cause.contains("EX03"), "{cause}");
        let because = outcome["because"].as_array().unwrap();
        let lagging = because.iter().find(|because| because["node"] == "lag").unwrap();
        assert_eq!(lagging["conditions"], json!(["some server is behind"]));
    })
    .await;
}
