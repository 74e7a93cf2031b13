//! The table of the nineteen outcomes: the facts of a visitor, the exact questions asked, and the end.

use serde_json::{Value as Json, json};

use super::{
    IMCADMIN, INPROXY, MEMORY, MODULE, MOST_FROM_NOTHING, MOST_FROM_PASTE, PLAIN, PROCESSOR, REPLICATION, SERVICE, SLUG, answered, event, known, pasted,
    servers, starter,
};

/// One outcome: the facts of a visitor who has it, and what is asked, from nothing and with the built-in facts pasted.
struct Row {
    outcome: &'static str,
    facts: Json,
    from_nothing: &'static [&'static str],
    from_paste: &'static [&'static str],
}

fn row(outcome: &'static str, facts: Json, from_nothing: &'static [&'static str], from_paste: &'static [&'static str]) -> Row {
    Row { outcome, facts, from_nothing, from_paste }
}

/// The nineteen outcomes in the order of the guide.
fn table() -> Vec<Row> {
    let with = |text: &str, path: &str, levels: &[&str], admin: &str, more: Json| {
        let mut facts = json!({"text": text, "events": event(path), "servers": servers(levels), "admin": {"version": admin}});
        if let (Json::Object(facts), Json::Object(more)) = (&mut facts, more) {
            facts.extend(more);
        }
        facts
    };
    let wireless = "Extension 'Wireless' could not be loaded. An error occurred during file replication. ID NO C1030AD1";
    let dsavuadm = "Extension DSAVUADM could not be loaded. The extension for MS Exchange Administrator CPU type c1031667 could not be loaded.";
    let folder = "The object cannot be found in the directory. This may be because replication has not completed. ID no: c1010aae";
    let address = "An error occurred while processing an e-mail address. ID no: c1030b35";
    vec![
        row("level_generators", with(PLAIN, IMCADMIN, &["5.0", "5.0 SP1", "5.0 SP2"], "5.0", json!({})), &["error_text", "servers"], &[]),
        row("replicate_55_addin", with(REPLICATION, IMCADMIN, &["5.0", "5.0 SP1", "5.5"], "5.0", json!({})), &["error_text", "servers"], &[]),
        row(
            "put_file_back",
            with(REPLICATION, IMCADMIN, &["5.5 SP1", "5.5 SP4"], "5.5", json!({"addin_file": "missing"})),
            &["error_text", "servers", "addin_file"],
            &["addin_file"],
        ),
        row("use_55_administrator", with(MEMORY, IMCADMIN, &["5.0 SP2", "5.5"], "5.0 SP2", json!({})), &["error_text", "servers", "admin"], &[]),
        row(
            "remote_registry",
            with(MEMORY, IMCADMIN, &["5.5 SP4 on 2000 SP4"], "5.5 SP4", json!({"registry_service": "stopped"})),
            &["error_text", "servers", "registry_service"],
            &["registry_service"],
        ),
        row(
            "nt_admin_rights",
            with(MEMORY, IMCADMIN, &["5.0 SP2 on NT 4.0"], "5.0 SP2", json!({"nt_admin": false})),
            &["error_text", "servers", "nt_admin"],
            &["nt_admin"],
        ),
        row(
            "runtime_libraries",
            with(MODULE, IMCADMIN, &["4.0 SP5", "5.5"], "4.0 SP5", json!({"share": "fine"})),
            &["error_text", "share", "servers", "admin"],
            &["share"],
        ),
        row("share_addins", with(MODULE, IMCADMIN, &["5.5 SP4"], "5.5 SP4", json!({"share": "missing"})), &["error_text", "share"], &["share"]),
        row(
            "mfc42",
            with(MODULE, IMCADMIN, &["5.5 SP4"], "5.5 SP4", json!({"share": "fine", "mfc42_file": "bad"})),
            &["error_text", "share", "servers", "mfc42_file"],
            &["share", "mfc42_file"],
        ),
        row(
            "recreate_extension_object",
            with(PROCESSOR, IMCADMIN, &["5.5 SP3"], "5.5 SP3", json!({"same_processor": true, "extension_object": "gone"})),
            &["error_text", "same_processor", "servers", "extension_object"],
            &["same_processor", "extension_object"],
        ),
        row(
            "other_processor",
            with(PROCESSOR, IMCADMIN, &["4.0 SP3"], "4.0 SP3", json!({"same_processor": false})),
            &["error_text", "same_processor"],
            &["same_processor"],
        ),
        row("reapply_sp1", with(SERVICE, IMCADMIN, &["5.0 SP1"], "5.0 SP1", json!({})), &["error_text"], &[]),
        row(
            "align_file_version",
            with(PLAIN, IMCADMIN, &["5.5 SP3"], "5.5 SP3", json!({"second_line": "none", "version_conflict": true})),
            &["error_text", "servers", "second_line", "event", "version_conflict"],
            &["second_line", "version_conflict"],
        ),
        row(
            "remove_wireless",
            with(wireless, r"Addins\Wireless\i386\igwadmin.dll", &["5.0"], "5.0", json!({"recovered": true})),
            &["error_text", "recovered"],
            &["recovered"],
        ),
        row(
            "remove_groupshield",
            with(dsavuadm, r"\\Add-ins\Dsavuad\I386\Dsavuadm.dll", &["5.5 SP2"], "5.5", json!({"groupshield": true})),
            &["error_text", "groupshield"],
            &["groupshield"],
        ),
        row(
            "reapply_service_pack",
            with(folder, INPROXY, &["5.5 SP3"], "5.5 SP3", json!({"admin_hotfix": "none"})),
            &["error_text", "event", "servers", "admin_hotfix"],
            &["admin_hotfix"],
        ),
        row(
            "align_generators",
            with(address, INPROXY, &["5.5 SP3"], "5.5 SP3", json!({"admin_hotfix": "q254805"})),
            &["error_text", "event", "servers", "admin_hotfix"],
            &["admin_hotfix"],
        ),
        row(
            "groupwise_address",
            with("Unable to Install Mailbox Agent,(80004005)", r"\address\GWISE\i386\gwxpxgen.dll", &["5.5 SP3"], "5.5 SP3", json!({"mailbox_manager": true})),
            &["error_text", "event", "mailbox_manager"],
            &["mailbox_manager"],
        ),
        row(
            "hand_over",
            with(REPLICATION, IMCADMIN, &["5.5 SP1", "5.5 SP4"], "5.5", json!({"addin_file": "present"})),
            &["error_text", "servers", "addin_file"],
            &["addin_file"],
        ),
    ]
}

#[test]
fn every_outcome_is_reached_from_nothing_and_from_a_paste() {
    let tree = starter(SLUG);
    let mut from_paste = Vec::new();
    for row in table() {
        let known = known(&tree, &row.facts);
        let nothing = answered(&tree, &known, Vec::new());
        assert_eq!((nothing.end.as_str(), nothing.asked), (row.outcome, row.from_nothing.iter().map(ToString::to_string).collect()), "from nothing");
        let paste = answered(&tree, &known, pasted(&tree, &known));
        assert_eq!((paste.end.as_str(), &paste.asked), (row.outcome, &row.from_paste.iter().map(ToString::to_string).collect()), "from a paste");
        assert!(row.from_nothing.len() <= MOST_FROM_NOTHING && row.from_paste.len() <= MOST_FROM_PASTE, "{}", row.outcome);
        from_paste.push(row.from_paste.len());
    }
    let outcomes: Vec<String> = tree.outcomes().into_iter().map(|node| node.key).collect();
    assert_eq!(table().iter().map(|row| row.outcome).collect::<Vec<_>>(), outcomes);
    from_paste.sort_unstable();
    assert!(from_paste[from_paste.len() / 2] <= 1, "the median walk from a paste asks more than one question: {from_paste:?}");
}
