//! Names of programs that write to event logs, where no label says that they are sources.

use std::sync::LazyLock;

use regex::Regex;

/// A source that is known by its look.
const LOOK: &str = r"(?i)(?:MSExch(?:ange|g)?(?:[ -]?(?:IS|SA|MTA|DS|DX|IMC|KMS|ES|AL|FB|MU|GWISE|GWRtr|Mig|MSMI|NMDS|SRS|Web|CCMC|CoCo|MCA|NNTP|POP3|IMAP4|Transport|ActiveSync|ADAccess|Repl|RPC|Store|DSAccess|DSImp|System Attendant|Public ?IS|Private ?IS|(?:IS[ -]?)?(?:Private|Public|Priv|Pub)(?:[ -](?:MDB|Store))?)\b|[A-Za-z0-9]+)?(?:[ -]?(?:Private|Public|Pri|Pub)\b)?(?: (?:Mailbox Store|Public Store|Mailbox Replication|Transport))?|ESE(?:97|98|NT)?(?: BACKUP)?|EDB|Exchange(?:StoreDB| Store Driver)|Service Control Manager|System Attendant|Information Store|Message Transfer Agent|Directory Service|Microsoft-Windows-[A-Za-z0-9-]+|Perflib|NTBackup|Dr\.? ?Watson|DrWatson|W3SVC|NETLOGON|Userenv|DCOM|SMTPSVC|IMAP4SVC|POP3SVC|Application Error|Windows Error Reporting|\.NET Runtime|NTDS(?: [A-Z][a-z]+)?|DHCP Server|Disk|LDAP|LSASRV|MSIExec|MsiInstaller|Print|Srv|Tcpip|WINS|WinMgmt|Exchsync|MSProxy)";

static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"^\s*(?:the )?({LOOK})(?:[^A-Za-z0-9]|$)")).ok());

/// A pattern, without groups of its own, of sources that are known by their look.
pub(super) const fn look() -> &'static str {
    LOOK
}

/// Where a known-looking source at the start of `text` ends.
pub(super) fn at_start(text: &str) -> Option<usize> {
    WHOLE.as_ref()?.captures(text)?.get(1).map(|source| source.end())
}
