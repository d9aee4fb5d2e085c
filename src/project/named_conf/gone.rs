//! Options that BIND had once.

/// BIND 9.18 says `option '…' no longer exists` where they stood, elsewhere that it does not know them, and refuses the
/// configuration.
const GONE: [&str; 40] = [
    "acache-cleaning-interval",
    "acache-enable",
    "additional-from-auth",
    "additional-from-cache",
    "allow-v6-synthesis",
    "cache-file",
    "deallocate-on-exit",
    "dnssec-enable",
    "dnssec-lookaside",
    "fake-iquery",
    "fetch-glue",
    "filter-aaaa",
    "filter-aaaa-on-v4",
    "filter-aaaa-on-v6",
    "geoip-use-ecs",
    "has-old-clients",
    "host-statistics",
    "host-statistics-max",
    "ixfr-tmp-file",
    "lwres",
    "maintain-ixfr-base",
    "max-acache-size",
    "max-ixfr-log-size",
    "min-roots",
    "multiple-cnames",
    "named-xfer",
    "nosit-udp-size",
    "pubkey",
    "queryport-pool-ports",
    "queryport-pool-updateinterval",
    "request-sit",
    "rfc2308-type1",
    "serial-queries",
    "sit-secret",
    "statistics-interval",
    "topology",
    "treat-cr-as-space",
    "use-id-pool",
    "use-ixfr",
    "use-queryport-pool",
];

/// Whether an option no longer exists.
pub(super) fn is_gone(word: &str) -> bool {
    GONE.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(GONE.is_sorted());
        assert!(is_gone("dnssec-enable") && !is_gone("dnssec-validation"));
    }
}
