//! Names of well-known error codes, as the public headers of Windows, MAPI and the database engine define them.

use crate::tree::code::Code;

/// The names, each with its number as it is usually written.
const NAMES: [(&str, &str); 140] = [
    ("-327", "JET_errBadPageLink"),
    ("-501", "JET_errLogFileCorrupt"),
    ("-509", "JET_errMissingPreviousLogFile"),
    ("-510", "JET_errLogWriteFail"),
    ("-514", "JET_errBadLogVersion"),
    ("-515", "JET_errInvalidLogSequence"),
    ("-519", "JET_errLogSequenceEnd"),
    ("-528", "JET_errMissingLogFile"),
    ("-529", "JET_errLogDiskFull"),
    ("-530", "JET_errBadLogSignature"),
    ("-531", "JET_errBadDbSignature"),
    ("-532", "JET_errBadCheckpointSignature"),
    ("-533", "JET_errCheckpointCorrupt"),
    ("-540", "JET_errDatabaseStreamingFileMismatch"),
    ("-541", "JET_errLogFileSizeMismatch"),
    ("-543", "JET_errRequiredLogFilesMissing"),
    ("-550", "JET_errDatabaseDirtyShutdown"),
    ("-551", "JET_errConsistentTimeMismatch"),
    ("-566", "JET_errDbTimeTooOld"),
    ("-567", "JET_errDbTimeTooNew"),
    ("-1003", "JET_errInvalidParameter"),
    ("-1011", "JET_errOutOfMemory"),
    ("-1014", "JET_errOutOfBuffers"),
    ("-1018", "JET_errReadVerifyFailure"),
    ("-1019", "JET_errPageNotInitialized"),
    ("-1020", "JET_errOutOfFileHandles"),
    ("-1022", "JET_errDiskIO"),
    ("-1023", "JET_errInvalidPath"),
    ("-1032", "JET_errFileAccessDenied"),
    ("-1069", "JET_errVersionStoreOutOfMemory"),
    ("-1202", "JET_errDatabaseInUse"),
    ("-1203", "JET_errDatabaseNotFound"),
    ("-1206", "JET_errDatabaseCorrupted"),
    ("-1213", "JET_errPageSizeMismatch"),
    ("-1216", "JET_errAttachedDatabaseMismatch"),
    ("-1305", "JET_errObjectNotFound"),
    ("-1404", "JET_errIndexNotFound"),
    ("-1414", "JET_errSecondaryIndexCorrupted"),
    ("-1601", "JET_errRecordNotFound"),
    ("-1603", "JET_errNoCurrentRecord"),
    ("-1605", "JET_errKeyDuplicate"),
    ("-1808", "JET_errDiskFull"),
    ("-1811", "JET_errFileNotFound"),
    ("2", "ERROR_FILE_NOT_FOUND"),
    ("3", "ERROR_PATH_NOT_FOUND"),
    ("5", "ERROR_ACCESS_DENIED"),
    ("8", "ERROR_NOT_ENOUGH_MEMORY"),
    ("14", "ERROR_OUTOFMEMORY"),
    ("32", "ERROR_SHARING_VIOLATION"),
    ("53", "ERROR_BAD_NETPATH"),
    ("64", "ERROR_NETNAME_DELETED"),
    ("67", "ERROR_BAD_NET_NAME"),
    ("87", "ERROR_INVALID_PARAMETER"),
    ("112", "ERROR_DISK_FULL"),
    ("126", "ERROR_MOD_NOT_FOUND"),
    ("127", "ERROR_PROC_NOT_FOUND"),
    ("182", "ERROR_INVALID_ORDINAL"),
    ("183", "ERROR_ALREADY_EXISTS"),
    ("193", "ERROR_BAD_EXE_FORMAT"),
    ("1053", "ERROR_SERVICE_REQUEST_TIMEOUT"),
    ("1056", "ERROR_SERVICE_ALREADY_RUNNING"),
    ("1058", "ERROR_SERVICE_DISABLED"),
    ("1060", "ERROR_SERVICE_DOES_NOT_EXIST"),
    ("1062", "ERROR_SERVICE_NOT_ACTIVE"),
    ("1066", "ERROR_SERVICE_SPECIFIC_ERROR"),
    ("1067", "ERROR_PROCESS_ABORTED"),
    ("1068", "ERROR_SERVICE_DEPENDENCY_FAIL"),
    ("1069", "ERROR_SERVICE_LOGON_FAILED"),
    ("1219", "ERROR_SESSION_CREDENTIAL_CONFLICT"),
    ("1314", "ERROR_PRIVILEGE_NOT_HELD"),
    ("1326", "ERROR_LOGON_FAILURE"),
    ("1331", "ERROR_ACCOUNT_DISABLED"),
    ("1332", "ERROR_NONE_MAPPED"),
    ("1355", "ERROR_NO_SUCH_DOMAIN"),
    ("1385", "ERROR_LOGON_TYPE_NOT_GRANTED"),
    ("1450", "ERROR_NO_SYSTEM_RESOURCES"),
    ("1603", "ERROR_INSTALL_FAILURE"),
    ("1722", "RPC_S_SERVER_UNAVAILABLE"),
    ("1723", "RPC_S_SERVER_TOO_BUSY"),
    ("1726", "RPC_S_CALL_FAILED"),
    ("1727", "RPC_S_CALL_FAILED_DNE"),
    ("1753", "EPT_S_NOT_REGISTERED"),
    ("1789", "ERROR_TRUSTED_RELATIONSHIP_FAILURE"),
    ("1792", "ERROR_NETLOGON_NOT_STARTED"),
    ("1825", "RPC_S_SEC_PKG_ERROR"),
    ("2140", "NERR_InternalError"),
    ("0x80004001", "E_NOTIMPL"),
    ("0x80004002", "E_NOINTERFACE"),
    ("0x80004005", "MAPI_E_CALL_FAILED"),
    ("0x8000FFFF", "E_UNEXPECTED"),
    ("0x80040102", "MAPI_E_NO_SUPPORT"),
    ("0x80040103", "MAPI_E_BAD_CHARWIDTH"),
    ("0x80040105", "MAPI_E_STRING_TOO_LONG"),
    ("0x80040106", "MAPI_E_UNKNOWN_FLAGS"),
    ("0x80040107", "MAPI_E_INVALID_ENTRYID"),
    ("0x80040108", "MAPI_E_INVALID_OBJECT"),
    ("0x80040109", "MAPI_E_OBJECT_CHANGED"),
    ("0x8004010A", "MAPI_E_OBJECT_DELETED"),
    ("0x8004010B", "MAPI_E_BUSY"),
    ("0x8004010D", "MAPI_E_NOT_ENOUGH_DISK"),
    ("0x8004010E", "MAPI_E_NOT_ENOUGH_RESOURCES"),
    ("0x8004010F", "MAPI_E_NOT_FOUND"),
    ("0x80040110", "MAPI_E_VERSION"),
    ("0x80040111", "MAPI_E_LOGON_FAILED"),
    ("0x80040112", "MAPI_E_SESSION_LIMIT"),
    ("0x80040113", "MAPI_E_USER_CANCEL"),
    ("0x80040114", "MAPI_E_UNABLE_TO_ABORT"),
    ("0x80040115", "MAPI_E_NETWORK_ERROR"),
    ("0x80040116", "MAPI_E_DISK_ERROR"),
    ("0x80040117", "MAPI_E_TOO_COMPLEX"),
    ("0x80040119", "MAPI_E_EXTENDED_ERROR"),
    ("0x8004011B", "MAPI_E_CORRUPT_DATA"),
    ("0x8004011C", "MAPI_E_UNCONFIGURED"),
    ("0x8004011D", "MAPI_E_FAILONEPROVIDER"),
    ("0x80040200", "MAPI_E_END_OF_SESSION"),
    ("0x80040202", "MAPI_E_MISSING_REQUIRED_COLUMN"),
    ("0x80040305", "MAPI_E_TOO_BIG"),
    ("0x80040400", "MAPI_E_UNABLE_TO_COMPLETE"),
    ("0x80040401", "MAPI_E_TIMEOUT"),
    ("0x80040403", "MAPI_E_TABLE_TOO_BIG"),
    ("0x80040600", "MAPI_E_CORRUPT_STORE"),
    ("0x80040604", "MAPI_E_COLLISION"),
    ("0x80040605", "MAPI_E_NOT_INITIALIZED"),
    ("0x80040607", "MAPI_E_NO_RECIPIENTS"),
    ("0x80040700", "MAPI_E_AMBIGUOUS_RECIP"),
    ("0x80070005", "MAPI_E_NO_ACCESS"),
    ("0x8007000E", "MAPI_E_NOT_ENOUGH_MEMORY"),
    ("0x80070057", "MAPI_E_INVALID_PARAMETER"),
    ("0xC0000005", "STATUS_ACCESS_VIOLATION"),
    ("0xC000000D", "STATUS_INVALID_PARAMETER"),
    ("0xC0000017", "STATUS_NO_MEMORY"),
    ("0xC0000022", "STATUS_ACCESS_DENIED"),
    ("0xC0000034", "STATUS_OBJECT_NAME_NOT_FOUND"),
    ("0xC000005E", "STATUS_NO_LOGON_SERVERS"),
    ("0xC0000064", "STATUS_NO_SUCH_USER"),
    ("0xC000006A", "STATUS_WRONG_PASSWORD"),
    ("0xC000006D", "STATUS_LOGON_FAILURE"),
    ("0xC000009A", "STATUS_INSUFFICIENT_RESOURCES"),
    ("0xC0000135", "STATUS_DLL_NOT_FOUND"),
    ("0xC0000142", "STATUS_DLL_INIT_FAILED"),
];

/// The name of a code; `None` if it is not well known.
#[must_use]
pub fn name_of(code: &Code) -> Option<&'static str> {
    let named = |number: &str| Code::parse(number).is_ok_and(|known| known.matches(code));
    NAMES.iter().find(|(number, _)| named(number)).map(|(_, name)| *name)
}

/// The code with a name, in any case; `None` if it is not well known.
#[must_use]
pub fn code_of(name: &str) -> Option<Code> {
    NAMES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).and_then(|(number, _)| Code::parse(number).ok())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_and_numbers_lead_to_each_other() {
        for (number, name) in NAMES {
            let code = Code::parse(number).unwrap();
            assert_eq!(name_of(&code), Some(name));
            assert_eq!(code_of(name).unwrap(), code);
        }
        assert_eq!(NAMES.map(|(_, name)| name).into_iter().collect::<BTreeSet<_>>().len(), NAMES.len());
    }

    #[test]
    fn a_code_has_its_name_in_every_notation() {
        for (written, name) in [
            ("4294966768", "JET_errMissingLogFile"),
            ("0xFFFFFC06", "JET_errReadVerifyFailure"),
            ("80004005", "MAPI_E_CALL_FAILED"),
            ("0x5", "ERROR_ACCESS_DENIED"),
        ] {
            assert_eq!(name_of(&Code::parse(written).unwrap()), Some(name), "{written}");
        }
        assert_eq!(name_of(&Code::parse("c1030ad1").unwrap()), None);
        assert_eq!(code_of("MAPI_E_NOTHING"), None);
    }
}
