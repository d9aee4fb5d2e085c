//! All keys of `zoneward.toml`: the one place that names them. The reader knows them from here, and
//! so does the schema.

/// A table and what may stand in it.
#[derive(Debug)]
pub(super) struct Table {
    /// As messages call it.
    pub(super) called: &'static str,
    /// Its keys.
    pub(super) keys: &'static [Key],
    /// At least one of these keys is needed, if there are any; and what to say if there is none.
    pub(super) one_of: &'static [&'static str],
    /// The help where none of them is there.
    pub(super) hint: Option<&'static str>,
}

/// A key.
#[derive(Debug)]
pub(super) struct Key {
    /// As it is written.
    pub(super) name: &'static str,
    /// The table needs it.
    pub(super) required: bool,
    /// What its value may be.
    pub(super) kind: Kind,
    /// What it is for, in a sentence.
    pub(super) doc: &'static str,
    /// The help where it is missing.
    pub(super) hint: Option<&'static str>,
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A path from the folder of the configuration.
    Path,
    /// A pattern of paths.
    Paths,
    /// A name of a zone, or a pattern of names.
    Zones,
    /// A domain name.
    Name,
    /// The name of a service, as it stands below each domain.
    Service,
    /// A name with `{id}` in it.
    IdPattern,
    /// An address, or an array of them.
    Addresses,
    /// A rule or a group.
    Selector,
    /// What fails a run.
    FailOn,
    /// `true` or `false`.
    Flag,
    /// A day without a time.
    Day,
    /// A number from the first to the second one.
    Number(i64, i64),
    /// An array.
    List(&'static Kind),
    /// A table.
    Table(&'static Table),
    /// An array of tables.
    Tables(&'static Table),
    /// Names of services, each with such a value.
    Services(&'static Kind),
    /// Rules and groups with their levels.
    Levels,
    /// Rules and groups with their levels, or with a table of options.
    Rules,
}

impl Table {
    /// The names of its keys.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

impl Key {
    /// A key that may be there.
    const fn new(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, required: false, kind, doc, hint: None }
    }

    /// The key, which must be there.
    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// With help for where it is missing.
    const fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// The whole file.
pub(super) static FILE: Table = Table {
    called: "the configuration",
    keys: &[
        Key::new(
            "fail-on",
            Kind::FailOn,
            "The level from which on findings fail the run; `error` unless said.",
        ),
        Key::new("exclude", Kind::List(&Kind::Paths), "Paths that are passed over in directories."),
        Key::new("named-conf", Kind::Path, "The configuration of `named` that says which zones there are."),
        Key::new("baseline", Kind::Path, "The findings that were there before; only others are reported."),
        Key::new("rules", Kind::Rules, "Levels and options of rules and groups."),
        Key::new(
            "override",
            Kind::Tables(&OVERRIDE),
            "Levels for some zones or files; the last one that fits counts.",
        ),
        Key::new("ignore", Kind::Tables(&IGNORE), "Findings that are not reported."),
        Key::new("zone", Kind::Tables(&ZONE), "Files that do not say which zone they are."),
        Key::new("cluster", Kind::Tables(&CLUSTER), "Mail clusters that are balanced by DNS."),
    ],
    one_of: &[],
    hint: None,
};

/// `[[override]]`.
pub(super) static OVERRIDE: Table = Table {
    called: "an `[[override]]`",
    keys: &[
        Key::new("zones", Kind::List(&Kind::Zones), "The zones that it is for."),
        Key::new("paths", Kind::List(&Kind::Paths), "The files that it is for."),
        Key::new("rules", Kind::Levels, "The levels of rules and groups there.").required(),
    ],
    one_of: &["zones", "paths"],
    hint: Some("what holds everywhere belongs under `[rules]`"),
};

/// `[[ignore]]`.
pub(super) static IGNORE: Table = Table {
    called: "an `[[ignore]]`",
    keys: &[
        Key::new("rule", Kind::Selector, "The rule or group whose findings are not reported.").required(),
        Key::new("zone", Kind::Zones, "Only in these zones."),
        Key::new("owner", Kind::Zones, "Only at these owner names."),
        Key::new("path", Kind::Paths, "Only in these files."),
        Key::new("reason", Kind::Text, "Why.").required(),
        Key::new("until", Kind::Day, "The last day; afterwards the findings are reported again."),
    ],
    one_of: &[],
    hint: None,
};

/// `[[zone]]`.
pub(super) static ZONE: Table = Table {
    called: "a `[[zone]]`",
    keys: &[
        Key::new("file", Kind::Path, "The file.").required(),
        Key::new("origin", Kind::Name, "The zone that it is.").required(),
    ],
    one_of: &[],
    hint: None,
};

/// `[[cluster]]`.
pub(super) static CLUSTER: Table = Table {
    called: "a `[[cluster]]`",
    keys: &[
        Key::new("name", Kind::Text, "What messages call it.").required(),
        Key::new("zones", Kind::List(&Kind::Zones), "The zones whose mail it serves; `*` are all.")
            .required(),
        Key::new("exclude", Kind::List(&Kind::Zones), "Zones that it does not serve."),
        Key::new("nodes", Kind::Tables(&NODE), "The nodes."),
        Key::new("nodes-from", Kind::Name, "A name that has the addresses of the nodes."),
        Key::new("services", Kind::List(&Kind::Service), "Names that each domain has, with all nodes."),
        Key::new("optional-services", Kind::List(&Kind::Service), "Names that a domain may have."),
        Key::new("magic", Kind::Services(&Kind::IdPattern), "Services with names for single nodes."),
        Key::new("mx", Kind::Table(&MX), "What the MX records of the domains are."),
        Key::new(
            "shared-sessions",
            Kind::Flag,
            "The nodes share sessions: names for single nodes are not needed.",
        ),
        Key::new("retired", Kind::Addresses, "Addresses that no zone should name any more."),
        Key::new("max-nodes", Kind::Number(1, i64::MAX), "More nodes than this are reported."),
        Key::new("reserve", Kind::Tables(&RESERVE), "Certain nodes for certain zones or services."),
        Key::new("pin", Kind::Tables(&PIN), "Node names that lead to another node on purpose."),
    ],
    one_of: &["nodes", "nodes-from"],
    hint: Some(
        r#"write `nodes = [{ id = "00", ipv4 = "192.0.2.10" }, …]`, or `nodes-from` with a name that has their addresses"#,
    ),
};

/// A node of a `[[cluster]]`.
pub(super) static NODE: Table = Table {
    called: "a node",
    keys: &[
        Key::new("id", Kind::Text, "Its id, as it stands in names like `webmail00`.")
            .required()
            .hint(r#"give it one, as it stands in names like `webmail00`: `id = "00"`"#),
        Key::new("host", Kind::Name, "Its name."),
        Key::new("ipv4", Kind::Addresses, "Its IPv4 addresses."),
        Key::new("ipv6", Kind::Addresses, "Its IPv6 addresses."),
    ],
    one_of: &["ipv4", "ipv6"],
    hint: None,
};

/// `mx` of a `[[cluster]]`.
pub(super) static MX: Table = Table {
    called: "`mx`",
    keys: &[
        Key::new("preference", Kind::Number(0, 65535), "The preference that all of them have.").required(),
        Key::new("hosts", Kind::IdPattern, "The names of the nodes in MX records."),
    ],
    one_of: &[],
    hint: None,
};

/// `[[cluster.reserve]]`.
pub(super) static RESERVE: Table = Table {
    called: "a `[[cluster.reserve]]`",
    keys: &[
        Key::new("zones", Kind::List(&Kind::Zones), "The zones that the nodes are for."),
        Key::new("services", Kind::List(&Kind::Service), "The services that the nodes are for; `mx` is one."),
        Key::new("nodes", Kind::List(&Kind::Text), "The ids of the nodes.").required(),
        Key::new("ipv6", Kind::Flag, "With their IPv6 addresses, as is usual."),
    ],
    one_of: &["zones", "services"],
    hint: Some("say for which zones or services the nodes are"),
};

/// `[[cluster.pin]]`.
pub(super) static PIN: Table = Table {
    called: "a `[[cluster.pin]]`",
    keys: &[
        Key::new("name", Kind::Name, "The node name.").required(),
        Key::new("node", Kind::Text, "The id of the node that it leads to.").required(),
    ],
    one_of: &[],
    hint: None,
};
