//! Words that may be a name and are everyday words too, and names that say nothing about anybody.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of error texts, lower case. A server may be called any of them.
const WORDS: &str = "about access account active add address admin administrator agent all and apppool archive attempt attendant authority backup bad bin \
    bridgehead browser builtin cache call calendar cannot category center central change class client clients close cluster code command communications \
    component computer config configuration connect connection connections connector contact container control core corporate could critical current data \
    database default delete denied description desktop details device directory disabled disk domain down drive driver edge email empty enabled engine \
    enterprise error errors event events example exchange exchsrvr extended extension external failed failure false file files first folder folders free \
    from front full gateway general global group guest hello help home host host1 hosts http https imap inbox info information initial install internal internet \
    invalid item items journal kernel key last ldap list load local localhost log logon logs mail mailbox mailboxes main manager master member memory message \
    messages messaging microsoft mode monitor monitoring move name network news next node none normal not note notes null object office online open operation \
    organisation organization outlook owner pack page partner passed password path percent permission pipe place policy port post postmaster power primary \
    private problem process processor product profile program protocol provider proxy public queue read record recipient recipients recovery registry relay \
    remote replica replication report request reset resource resources response restart result return role root route router routing sales schedule schema \
    script search second secondary secure security send server servers service services session setup share shell shutdown site smtp software source spare \
    stack standard start started state status stop stopped storage store success support switch system table task temp template test text thread time tools \
    total trace tracking traffic transport true trust type unable unknown update updates user users value version view virtual volume warning was web webmail \
    windows with work workgroup workstation world write your zone ping rpc mta dsa mapi iis dns tcp udp pop3 ews owa ecp oab iso cpu ram ssl tls net com org \
    ip mac sid guid the this that there then than when what which while these those an on in at for by of is it its no yes or if as to be are has have had but \
    can will would should may might must been being into onto over under after before because until during without within however also only other another \
    some any each every both either neither more most less least few many much such same new old since so too very just please contact again";

/// What an everyday word may be followed by digits with: service packs, products and standards rather than names.
const LEVELS: [&str; 16] = ["sp", "cu", "ru", "su", "nt", "kb", "q", "v", "x", "ms", "id", "win", "windows", "exchange", "outlook", "office"];

/// Whether `name` is too common to be replaced wherever it stands: a short word, a number, a code, a level, the name of an event source, or a word
/// of ordinary error texts. Such a name is replaced where its surroundings show a name.
pub(super) fn is_everyday(name: &str) -> bool {
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    let has_digit = lower.contains(|letter: char| letter.is_ascii_digit());
    let is_number = lower.chars().all(|letter| letter.is_ascii_digit() || !letter.is_alphanumeric());
    let is_code = lower.len() == 8 && lower.bytes().all(|letter| letter.is_ascii_hexdigit());
    let stem = lower.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_level = stem.len() < lower.len() && LEVELS.contains(&stem);
    let is_short = length < 3 || (length < 4 && !has_digit);
    is_short || is_number || is_code || is_level || lower.starts_with("msexchange") || is_word(&lower)
}

/// Whether `word`, in lower case, is a word of ordinary error texts.
fn is_word(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
    SET.contains(word)
}

/// Accounts that every installation has. They say nothing about anybody.
pub(super) fn is_well_known_account(name: &str) -> bool {
    const ACCOUNTS: [&str; 29] = [
        "system",
        "localsystem",
        "local system",
        "localservice",
        "local service",
        "networkservice",
        "network service",
        "administrator",
        "administrators",
        "admin",
        "guest",
        "guests",
        "everyone",
        "users",
        "anonymous",
        "anonymous logon",
        "authenticated users",
        "interactive",
        "network",
        "batch",
        "self",
        "krbtgt",
        "domain admins",
        "enterprise admins",
        "public",
        "default",
        "all users",
        "default user",
        "none",
    ];
    ACCOUNTS.iter().any(|account| account.eq_ignore_ascii_case(name.trim()))
}

/// Domains of accounts that every Windows has, or the last word of their names: `NT AUTHORITY`, `BUILTIN`.
pub(super) fn is_well_known_authority(name: &str) -> bool {
    ["authority", "builtin", "service", "apppool", "host", "manager"].iter().any(|authority| authority.eq_ignore_ascii_case(name))
}

/// Objects that every directory of Exchange has.
pub(super) fn is_well_known_object(name: &str) -> bool {
    const OBJECTS: &str = "recipients|configuration|servers|connections|connectors|site addressing|site configuration|site connector|add-ins|addressing|protocols|\
        administrative groups|first administrative group|exchange administrative group|microsoft exchange|services|users|computers|schema|routing groups|\
        first routing group|address lists container|global settings|recipient policies|databases|first storage group|informationstore|\
        exchange routing group|system policies|folders|public folders|builtin|domain controllers|sites|default-first-site-name|microsoft exchange system objects";
    let lower = name.trim().to_lowercase();
    lower.starts_with("microsoft ") || lower.starts_with("ms-exch") || OBJECTS.split('|').any(|object| object.trim() == lower)
}

/// Domains of the software's makers and of standards, which texts name to everybody.
pub(super) fn is_public_domain(domain: &str) -> bool {
    const PUBLIC: [&str; 9] =
        ["microsoft.com", "windows.com", "windows.net", "msdn.com", "office.com", "office365.com", "outlook.com", "w3.org", "microsoftonline.com"];
    const TECHNOLOGY: [&str; 3] = ["asp.net", "ado.net", "vb.net"];
    let lower = domain.to_ascii_lowercase();
    let is_below = |public: &str| lower.strip_suffix(public).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    PUBLIC.iter().any(|public| is_below(public)) || TECHNOLOGY.contains(&lower.as_str())
}

/// Whether a host's name may end in `label`: a top-level domain, or one that closed networks use.
pub(super) fn is_top_level(label: &str, labels: usize) -> bool {
    const ALWAYS: &str = "com net org edu gov mil biz info local lan corp internal intern intra intranet test example invalid localdomain arpa \
        de uk fr nl ch eu ca au jp se dk fi es pl cz ru br cn ie nz za pt gr hu tr mx ar il kr tw hk sg";
    // English words or endings of files: only behind two more labels.
    const IN_LONG_NAMES: &str = "it at be us in is no me to so as am my ad home office";
    let has = |list: &str| list.split_whitespace().any(|known| known.eq_ignore_ascii_case(label));
    has(ALWAYS) || labels > 2 && has(IN_LONG_NAMES)
}

/// Whether `word\word` is part of a path of the file system or the registry rather than an account in its domain.
pub(super) fn is_path_part(word: &str) -> bool {
    const PARTS: &str = "exchsrvr bin mdbdata system32 syswow64 winnt windows software system setup i386 alpha connect add-ins res dsadata imcdata mtadata insdata \
        tracking.log hklm hkcu hkcr hku hkey_local_machine hkey_current_user hkey_classes_root currentcontrolset controlset001 services parameters \
        parametersprivate parameterspublic parameterssystem parametersnetif microsoft exchange currentversion control eventlog application mailroot queue \
        badmail pickup files settings documents data inetpub wwwroot inetsrv repair logging frontend httpproxy clientaccess v14 v15 mailbox";
    PARTS.split_whitespace().any(|part| part.eq_ignore_ascii_case(word))
}

/// Whether `name` ends as names of files do.
pub(super) fn is_file_name(name: &str) -> bool {
    const ENDINGS: &str = "exe dll log edb stm chk pat txt csv xml evt evtx ini inf cmd bat vbs ps1 psm1 config htm html asp aspx zip cab msi msp pdb dmp tmp \
        dat db mdb pst ost msg eml reg sys drv cpl hlp chm doc xls pdf sql yaml json old bak";
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.split_whitespace().any(|known| known.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words_levels_and_codes() {
        for name in ["EX01", "EX1", "DC2", "LONDON", "mailsrv", "MAIL1", "jdoe", "Contoso", "NY-EXCH-02"] {
            assert!(!is_everyday(name), "{name}");
        }
        for word in ["mail", "EXCHANGE", "SMTP", "EX", "S1", "SP2", "CU14", "NT4", "X400", "2003", "5.5", "C1030AD1", "MSExchangeSA", "Exchange2000"] {
            assert!(is_everyday(word), "{word}");
        }
    }

    #[test]
    fn hosts_end_in_domains_and_files_do_not() {
        assert!(is_top_level("com", 2) && is_top_level("LOCAL", 2) && is_top_level("it", 3));
        assert!(!is_top_level("it", 2) && !is_top_level("exe", 2));
        assert!(is_file_name("store.exe") && is_file_name("a.b.dll") && !is_file_name("ex01.contoso.com"));
        assert!(is_public_domain("go.microsoft.com") && !is_public_domain("notmicrosoft.com"));
    }
}
