//! What a column of a list of servers holds, by its heading.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    /// A version, with or without its service pack, or a build.
    Version,
    /// The version as the directory shows it; with today's products it knows nothing of security updates.
    DisplayVersion,
    /// The version of the program's file.
    FileVersion,
    ServicePack,
    Build,
    Site,
    Os,
    OsServicePack,
    Roles,
    Edition,
    Platform,
    Language,
    /// Anything else.
    Other,
}

impl Column {
    /// The column with this heading; letters and digits count.
    pub(super) fn of(heading: &str) -> Self {
        let letters: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match letters.as_str() {
            "name" | "server" | "servername" | "computer" | "computername" | "host" | "hostname" | "identity" | "machine" | "machinename"
            | "pscomputername" => Self::Name,
            "version" | "level" | "versionandservicepack" | "exchangeversion" | "productversion" | "release" | "exchange" => Self::Version,
            "admindisplayversion" | "displayversion" => Self::DisplayVersion,
            "fileversion" | "exsetupversion" | "fileversionraw" | "exsetup" => Self::FileVersion,
            "servicepack" | "sp" | "cu" | "cumulativeupdate" | "update" => Self::ServicePack,
            "build" | "buildnumber" => Self::Build,
            "site" | "adsite" | "sitename" => Self::Site,
            "os" | "operatingsystem" | "windows" | "osversion" | "operatingsystemversion" => Self::Os,
            "ossp" | "osservicepack" | "operatingsystemservicepack" => Self::OsServicePack,
            "roles" | "role" | "serverrole" | "serverroles" => Self::Roles,
            "edition" => Self::Edition,
            "platform" | "processor" | "cpu" => Self::Platform,
            "language" => Self::Language,
            _ => Self::Other,
        }
    }

    /// Whether it says what a server runs.
    pub(super) fn is_version(self) -> bool {
        matches!(self, Self::Version | Self::DisplayVersion | Self::FileVersion | Self::Build)
    }
}

/// The columns of a line of headings; `None` if it does not head a list of servers.
pub(super) fn headings(cells: &[&str]) -> Option<Vec<Column>> {
    let columns: Vec<Column> = cells.iter().map(|cell| Column::of(cell)).collect();
    let has_version = columns.iter().any(|column| column.is_version());
    // The file version of the setup program comes without a name.
    let names_file = columns.contains(&Column::FileVersion) && cells.iter().any(|cell| cell.eq_ignore_ascii_case("FileName"));
    (has_version && (columns.contains(&Column::Name) || names_file)).then_some(columns)
}
