//! What people paste, and the tree that they must be led to: the raw error, the event as an article prints it, rows and details copied from Event
//! Viewer, source and number alone, and the same with chatter, cuts and typing mistakes.

use fixpath::evidence;
use fixpath::search::{Evidence, Found, Index, Verdict};
use fixpath::tree::fact::Source;

use super::{ladders, trees};

/// Pastes by the tree they belong to.
const PASTES: &[(&str, &[&str])] = &[
    (
        "directory-service-errors",
        &[
            "Exception e0010002 has occurred with parameters 9 and 2 (Internal ID 3190039). Contact Microsoft Technical Support for assistance.",
            "Event ID: 1002\nSource: MSExchangeDS\nType: Error\nCategory: Internal Processing\nDescription:\nThe Microsoft Exchange Server database, EDB, \
             could not be initialized\nand returned error -1811. Unrecoverable error. The directory can't continue.",
            "3/14/2000\t9:12:33 AM\tMSExchangeDS\tError\tInternal Processing\t1171\tN/A\tPDX-MBX-04\tException c0000005 has occurred with parameters 6df47c48 \
             and 0 (Internal ID 10c009b). Please contact Microsoft Product Support Services for assistance.",
            "event 1171 from MSExchangeDS",
            "hi all, since monday NYCEX03 logs this over and over:\nevnet id: 1171 source: msexchangeds type: error\nException 0xe0010003 has occured with \
             paramters 77f1cd91 and -1 (internal ID [cut]",
            "We switched the box off hard. Now the directory says: Error -550 has occurred. Any ideas?",
        ],
    ),
    (
        "exchange-update-levels",
        &[
            "Our Exchange servers are at different update levels.",
            "Get-ExchangeServer still shows the old build after the update",
            "HealthChecker.ps1 run by the auditors:\nHealth Checker says the build is vulnerable or the cumulative update is not supported",
            "AdminDisplayVersion did not change after the security update on MBX02",
            "A vulnerability scanner reports an outdated Exchange build (plugin 154999, EXCH-HQ2)",
            "Subject: FW: patching\n\nthe Exchange security update is not offered or does not instal on this CU, what now?",
        ],
    ),
    (
        "extension-not-loaded",
        &[
            "Extension 'SMTP' could not be loaded.\nAn error occurred during file replication. Unable to find the extension .DLL file with the correct version \
             number.\nMicrosoft Exchange Administrator\nID no: c1030ad1",
            "Event ID: 2037\nSource: MSExchangeSA\nType: Error\nDescription:\nThe file version of '\\address\\SMTP\\i386\\inproxy.dll' installed on the local \
             server is not current.",
            "Event Type:\tError\nEvent Source:\tMSExchangeSA\nEvent Category:\tGeneral\nEvent ID:\t2037\nDate:\t\t7/5/2000\nTime:\t\t9:41:16 AM\nUser:\t\tN/A\n\
             Computer:\tEXCH-HQ2\nDescription:\nThe file version of '\\add-ins\\smtp\\i386\\imcadmin.dll' installed on the local server is not current. ",
            "2037 System Attendant",
            "I get this on LONDON-MX: extention \"MSFB\" could not be loaded. the specified module could not be fuond.",
        ],
    ),
    (
        "information-store-not-starting",
        &[
            "The Microsoft Exchange Information Store service returned service specific error 4294966264.",
            "Event ID: 5000\nSource: MSExchangeIS\nCategory: General\nType: Error\nDescription:\nUnable to initialize the Microsoft Exchange Information Store \
             service.\nError 0x80004005.",
            "Event Type:\tError\nEvent Source:\tMSExchangeIS\nEvent Category:\tGeneral\nEvent ID:\t1120\nDate:\t\t8/27/2003\nTime:\t\t12:04:01 PM\nUser:\t\tN/A\n\
             Computer:\tMAIL01\nDescription:\nError 0xfffffbf8 initializing the Microsoft Exchange Information Store database",
            "Event ID 1121 MSExchangeIS",
            "user reported: could not start the microsoft exchange informaton store service on \\\\SRVMSG7. eror 2186: the service is not responding to the \
             control function",
            "after the restore: The Information Store was restored from an off-line backup. Run ISINTEG -PATCH before [cut]",
        ],
    ),
    (
        "internet-mail-service-stops",
        &[
            "Could not start the Microsoft Exchange Internet Mail Connector service on \\\\EX01.\nError 2140: An internal Windows NT error occurred.",
            "Event ID: 4018\nSource: MSExchangeIMC\nCategory: Initialization/Termination\nUnable to start the Internet Mail Connector service because MAPI could \
             not be initialized.",
            "1/6/2003\t5:11:33 AM\tMSExchangeIMC\tError\tInternal Processing\t4102\tN/A\tMAIL01\tA serious error has occurred while trying to send mail into the \
             Exchange Information Store. The Internet Mail Service is being shut down.",
            "EventID=4182, Source=MSExchangeIMC",
            "Mesage processing failed becuase there is not enough available memory (8007000E-F2000200). -- came from bigbird again tonight",
        ],
    ),
    (
        "mta-rpc-errors",
        &[
            "An interface error has occurred. An MtaBindBack over RPC has failed. Locality Table (LTAB) index: 5, NT/MTA error code:5. Comms error 5, Bind \
             error 0",
            "Event ID: 9318\nSource: MSExchangeMTA\nType: Warning\nCategory: Interface\nDescription: An RPC communications error occurred. Unable to bind over \
             RPC.\nThe locality table (LTAB) index is 76. Windows NT error code: 1330 [BASE IL\nMAIN BASE 1 500] (12)",
            "Event Type:\tWarning\nEvent Source:\tMSExchangeMTA\nEvent Category:\tInterface\nEvent ID:\t9322\nDate:\t\t5/28/2003\nTime:\t\t1:00:12 AM\nUser:\t\tN/A\n\
             Computer:\tEX55A\nDescription:\nAn interface error has occurred. An MtaBindBack over RPC has failed.",
            "9318 MSExchangeMTA",
            "queue to the other site grows!! an rpc comunications error occured. unable to bind over rpc. localty table index 151, NT/MTA error code: 1722 on \
             MAIL01",
        ],
    ),
];

/// Pastes that no tree knows.
const UNKNOWN: &[&str] = &[
    "Event ID: 9405\nSource: MSExchangeMTA\nType: Error\nDescription: An unexpected error has occurred which may cause the MTA to terminate. Error: Access \
     Violation.",
    "Event ID: 17055\nSource: MSSQLSERVER\nDescription: 18456: Login failed for user 'sa'.",
    "Your server has unexpectedly terminated the connection. Possible causes for this include server problems, network problems, or a long period of \
     inactivity. Account: 'mail', Port: 110",
    "event 5719 from Netlogon",
    "The trust relationship between this workstation and the primary domain failed.",
    "STOP: 0x0000000A (0x00000016, 0x0000001C, 0x00000000, 0x80116AC4) IRQL_NOT_LESS_OR_EQUAL",
    "lp0: printer on fire",
];

fn index() -> Index {
    let trees = trees();
    Index::new(trees.iter().map(|(slug, tree)| (slug.as_str(), tree)))
}

fn find(index: &Index, paste: &str) -> Found {
    let statements = evidence::read(paste, &ladders()).statements(Source::Pasted);
    index.find(&Evidence::new(paste, &statements))
}

#[test]
fn every_tree_is_found_by_what_people_paste() {
    let index = index();
    let slugs: Vec<String> = trees().into_keys().collect();
    assert_eq!(PASTES.iter().map(|(slug, _)| (*slug).to_owned()).collect::<Vec<_>>(), slugs, "one row for each tree, in the order of the alphabet");
    for (slug, pastes) in PASTES {
        assert!(pastes.len() >= 5, "{slug} has too few pastes");
        for paste in *pastes {
            let found = find(&index, paste);
            let first = found.matches.first().map(|first| first.slug.as_str());
            assert_eq!((first, &found.verdict), (Some(*slug), &Verdict::Clear), "{paste}\n{:#?}", found.matches);
        }
    }
}

#[test]
fn what_no_tree_knows_finds_nothing() {
    let index = index();
    for paste in UNKNOWN {
        let found = find(&index, paste);
        assert_eq!((found.matches, found.verdict), (Vec::new(), Verdict::Nothing), "{paste}");
    }
}
