//! All rules. A rule is one file in the folder of its group; the list below is made from the folders
//! by `BLESS=1 cargo test --test derived`, and a test compares it with them.

mod by_type;
mod changes;
mod hostnames;
mod listed;
mod remark;
mod rule;
mod runner;
mod targets;

pub use listed::Listed;
pub use remark::{Remark, RemarkKind};
pub use rule::{Check, Rrset, Rule, Versions, Written};
pub use runner::Enabled;

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Listed> {
    RULES.iter().find(|listed| listed.rule.name == name)
}

// ---- made from the folders: BLESS=1 cargo test --test derived ----

mod syntax {
    pub(super) mod bad_address;
    pub(super) mod bad_encoding;
    pub(super) mod bad_escape;
    pub(super) mod bad_field;
    pub(super) mod bad_length;
    pub(super) mod bad_location;
    pub(super) mod bad_number;
    pub(super) mod bad_regexp;
    pub(super) mod bad_timestamp;
    pub(super) mod byte_order_mark;
    pub(super) mod caa_tag;
    pub(super) mod class_mismatch;
    pub(super) mod directive_argument;
    pub(super) mod doubled_field;
    pub(super) mod empty_label;
    pub(super) mod extra_rdata;
    pub(super) mod foreign_comment;
    pub(super) mod generate_limit;
    pub(super) mod generate_range;
    pub(super) mod generate_syntax;
    pub(super) mod generic_rdata;
    pub(super) mod include_beside_file;
    pub(super) mod include_cycle;
    pub(super) mod include_not_found;
    pub(super) mod include_outside_root;
    pub(super) mod include_unreadable;
    pub(super) mod incomplete_record;
    pub(super) mod indented_directive;
    pub(super) mod indented_owner;
    pub(super) mod label_too_long;
    pub(super) mod lost_indentation;
    pub(super) mod merge_conflict_marker;
    pub(super) mod meta_type;
    pub(super) mod missing_close_paren;
    pub(super) mod missing_rdata;
    pub(super) mod name_too_long;
    pub(super) mod no_current_owner;
    pub(super) mod no_final_newline;
    pub(super) mod not_portable;
    pub(super) mod nul_byte;
    pub(super) mod obsolete_type;
    pub(super) mod origin_lacks_dot;
    pub(super) mod owner_inherited_after_origin;
    pub(super) mod quoted_keyword;
    pub(super) mod rdata_too_long;
    pub(super) mod svc_param;
    pub(super) mod template_placeholder;
    pub(super) mod text_too_long;
    pub(super) mod ttl_from_soa_minimum;
    pub(super) mod ttl_last_stated;
    pub(super) mod ttl_missing;
    pub(super) mod ttl_over_limit;
    pub(super) mod ttl_syntax;
    pub(super) mod txt_cut_at_semicolon;
    pub(super) mod unbalanced_quote;
    pub(super) mod unexpected_quote;
    pub(super) mod unknown_directive;
    pub(super) mod unknown_keyword;
    pub(super) mod unknown_type;
    pub(super) mod unmatched_close_paren;
    pub(super) mod utf16;
}

mod record {
    pub(super) mod caa_unknown_tag;
    pub(super) mod dkim_key;
    pub(super) mod foreign_comment_owner;
    pub(super) mod keyword_owner;
    pub(super) mod missing_dot;
    pub(super) mod nsec3_owner;
    pub(super) mod nsec3param_iterations;
    pub(super) mod ptr_owner;
    pub(super) mod rrsig_expired;
    pub(super) mod spf_after_all;
    pub(super) mod spf_passes_all;
    pub(super) mod spf_syntax;
    pub(super) mod srv_owner;
    pub(super) mod tlsa_unusable;
}

mod rrset {
    pub(super) mod case_duplicate;
    pub(super) mod dmarc_syntax;
    pub(super) mod dnskey_deprecated;
    pub(super) mod dnskey_weak_exponent;
    pub(super) mod ds_deprecated;
    pub(super) mod duplicate_record;
    pub(super) mod null_mx_with_others;
    pub(super) mod rrset_ttl_mismatch;
    pub(super) mod spf_several;
    pub(super) mod srv_null_with_others;
    pub(super) mod too_many_records;
}

mod zone {
    pub(super) mod cds_delete_not_alone;
    pub(super) mod cds_without_dnskey;
    pub(super) mod cname_and_other_data;
    pub(super) mod cname_is_address;
    pub(super) mod cname_loop;
    pub(super) mod cname_target_missing;
    pub(super) mod dname_with_children;
    pub(super) mod dnssec_data_not_at_apex;
    pub(super) mod ds_at_apex;
    pub(super) mod ds_without_ns;
    pub(super) mod misspelt_reverse_zone;
    pub(super) mod mx_is_address;
    pub(super) mod mx_target_cname;
    pub(super) mod mx_target_no_address;
    pub(super) mod no_ns;
    pub(super) mod no_soa;
    pub(super) mod ns_at_wildcard;
    pub(super) mod ns_is_address;
    pub(super) mod ns_target_cname;
    pub(super) mod ns_target_no_address;
    pub(super) mod nsec3param_unsupported;
    pub(super) mod occluded_by_delegation;
    pub(super) mod out_of_zone;
    pub(super) mod owner_not_hostname;
    pub(super) mod ptr_is_address;
    pub(super) mod serial_decreased;
    pub(super) mod serial_jump;
    pub(super) mod serial_not_increased;
    pub(super) mod several_soa;
    pub(super) mod singleton_multiple;
    pub(super) mod soa_not_at_apex;
    pub(super) mod soa_rname_at_sign;
    pub(super) mod soa_rname_not_mailbox;
    pub(super) mod soa_timers;
    pub(super) mod spf_type;
    pub(super) mod srv_is_address;
    pub(super) mod srv_target_cname;
    pub(super) mod srv_target_no_address;
    pub(super) mod target_not_hostname;
    pub(super) mod too_many_types;
    pub(super) mod ttl_over_max_zone_ttl;
    pub(super) mod wildcard_not_leftmost;
    pub(super) mod zone_shrunk;
}

mod cross_zone {
    pub(super) mod child_not_delegated;
    pub(super) mod delegation_mismatch;
    pub(super) mod ds_mismatch;
    pub(super) mod forward_without_ptr;
    pub(super) mod glue_mismatch;
    pub(super) mod ptr_without_forward;
    pub(super) mod single_name_server;
    pub(super) mod spf_include_missing;
    pub(super) mod spf_lookups;
}

mod cluster {
    pub(super) mod balanced_ttl;
    pub(super) mod dual_stack_parity;
    pub(super) mod incomplete_mx_set;
    pub(super) mod inconsistent_address_set;
    pub(super) mod missing_node_name;
    pub(super) mod missing_service_name;
    pub(super) mod mx_outside_cluster;
    pub(super) mod mx_own_zone_name;
    pub(super) mod node_address_drift;
    pub(super) mod node_name_many_addresses;
    pub(super) mod node_name_shared_address;
    pub(super) mod node_name_wrong_address;
    pub(super) mod orphan_node_name;
    pub(super) mod response_size;
    pub(super) mod retired_address;
    pub(super) mod rotation_disabled;
    pub(super) mod service_could_be_cname;
    pub(super) mod single_node;
    pub(super) mod spf_misses_node;
    pub(super) mod too_many_nodes;
    pub(super) mod unequal_mx_preference;
}

mod project {
    pub(super) mod duplicate_zone;
    pub(super) mod empty_file;
    pub(super) mod expired_ignore;
    pub(super) mod malformed_ignore;
    pub(super) mod named_conf_syntax;
    pub(super) mod named_conf_unread;
    pub(super) mod named_conf_zone;
    pub(super) mod origin_mismatch;
    pub(super) mod origin_unknown;
    pub(super) mod stale_baseline;
    pub(super) mod unknown_rule;
    pub(super) mod unused_ignore;
    pub(super) mod unused_zone_file;
    pub(super) mod wrong_zone_file;
    pub(super) mod zone_file_ambiguous;
    pub(super) mod zone_file_missing;
    pub(super) mod zone_served_twice;
}

/// All rules, by group and name.
pub static RULES: &[Listed] = &[
    Listed { rule: &syntax::bad_address::RULE, source: include_str!("syntax/bad_address.rs") },
    Listed { rule: &syntax::bad_encoding::RULE, source: include_str!("syntax/bad_encoding.rs") },
    Listed { rule: &syntax::bad_escape::RULE, source: include_str!("syntax/bad_escape.rs") },
    Listed { rule: &syntax::bad_field::RULE, source: include_str!("syntax/bad_field.rs") },
    Listed { rule: &syntax::bad_length::RULE, source: include_str!("syntax/bad_length.rs") },
    Listed { rule: &syntax::bad_location::RULE, source: include_str!("syntax/bad_location.rs") },
    Listed { rule: &syntax::bad_number::RULE, source: include_str!("syntax/bad_number.rs") },
    Listed { rule: &syntax::bad_regexp::RULE, source: include_str!("syntax/bad_regexp.rs") },
    Listed { rule: &syntax::bad_timestamp::RULE, source: include_str!("syntax/bad_timestamp.rs") },
    Listed { rule: &syntax::byte_order_mark::RULE, source: include_str!("syntax/byte_order_mark.rs") },
    Listed { rule: &syntax::caa_tag::RULE, source: include_str!("syntax/caa_tag.rs") },
    Listed { rule: &syntax::class_mismatch::RULE, source: include_str!("syntax/class_mismatch.rs") },
    Listed { rule: &syntax::directive_argument::RULE, source: include_str!("syntax/directive_argument.rs") },
    Listed { rule: &syntax::doubled_field::RULE, source: include_str!("syntax/doubled_field.rs") },
    Listed { rule: &syntax::empty_label::RULE, source: include_str!("syntax/empty_label.rs") },
    Listed { rule: &syntax::extra_rdata::RULE, source: include_str!("syntax/extra_rdata.rs") },
    Listed { rule: &syntax::foreign_comment::RULE, source: include_str!("syntax/foreign_comment.rs") },
    Listed { rule: &syntax::generate_limit::RULE, source: include_str!("syntax/generate_limit.rs") },
    Listed { rule: &syntax::generate_range::RULE, source: include_str!("syntax/generate_range.rs") },
    Listed { rule: &syntax::generate_syntax::RULE, source: include_str!("syntax/generate_syntax.rs") },
    Listed { rule: &syntax::generic_rdata::RULE, source: include_str!("syntax/generic_rdata.rs") },
    Listed {
        rule: &syntax::include_beside_file::RULE,
        source: include_str!("syntax/include_beside_file.rs"),
    },
    Listed { rule: &syntax::include_cycle::RULE, source: include_str!("syntax/include_cycle.rs") },
    Listed { rule: &syntax::include_not_found::RULE, source: include_str!("syntax/include_not_found.rs") },
    Listed {
        rule: &syntax::include_outside_root::RULE,
        source: include_str!("syntax/include_outside_root.rs"),
    },
    Listed { rule: &syntax::include_unreadable::RULE, source: include_str!("syntax/include_unreadable.rs") },
    Listed { rule: &syntax::incomplete_record::RULE, source: include_str!("syntax/incomplete_record.rs") },
    Listed { rule: &syntax::indented_directive::RULE, source: include_str!("syntax/indented_directive.rs") },
    Listed { rule: &syntax::indented_owner::RULE, source: include_str!("syntax/indented_owner.rs") },
    Listed { rule: &syntax::label_too_long::RULE, source: include_str!("syntax/label_too_long.rs") },
    Listed { rule: &syntax::lost_indentation::RULE, source: include_str!("syntax/lost_indentation.rs") },
    Listed {
        rule: &syntax::merge_conflict_marker::RULE,
        source: include_str!("syntax/merge_conflict_marker.rs"),
    },
    Listed { rule: &syntax::meta_type::RULE, source: include_str!("syntax/meta_type.rs") },
    Listed {
        rule: &syntax::missing_close_paren::RULE,
        source: include_str!("syntax/missing_close_paren.rs"),
    },
    Listed { rule: &syntax::missing_rdata::RULE, source: include_str!("syntax/missing_rdata.rs") },
    Listed { rule: &syntax::name_too_long::RULE, source: include_str!("syntax/name_too_long.rs") },
    Listed { rule: &syntax::no_current_owner::RULE, source: include_str!("syntax/no_current_owner.rs") },
    Listed { rule: &syntax::no_final_newline::RULE, source: include_str!("syntax/no_final_newline.rs") },
    Listed { rule: &syntax::not_portable::RULE, source: include_str!("syntax/not_portable.rs") },
    Listed { rule: &syntax::nul_byte::RULE, source: include_str!("syntax/nul_byte.rs") },
    Listed { rule: &syntax::obsolete_type::RULE, source: include_str!("syntax/obsolete_type.rs") },
    Listed { rule: &syntax::origin_lacks_dot::RULE, source: include_str!("syntax/origin_lacks_dot.rs") },
    Listed {
        rule: &syntax::owner_inherited_after_origin::RULE,
        source: include_str!("syntax/owner_inherited_after_origin.rs"),
    },
    Listed { rule: &syntax::quoted_keyword::RULE, source: include_str!("syntax/quoted_keyword.rs") },
    Listed { rule: &syntax::rdata_too_long::RULE, source: include_str!("syntax/rdata_too_long.rs") },
    Listed { rule: &syntax::svc_param::RULE, source: include_str!("syntax/svc_param.rs") },
    Listed {
        rule: &syntax::template_placeholder::RULE,
        source: include_str!("syntax/template_placeholder.rs"),
    },
    Listed { rule: &syntax::text_too_long::RULE, source: include_str!("syntax/text_too_long.rs") },
    Listed {
        rule: &syntax::ttl_from_soa_minimum::RULE,
        source: include_str!("syntax/ttl_from_soa_minimum.rs"),
    },
    Listed { rule: &syntax::ttl_last_stated::RULE, source: include_str!("syntax/ttl_last_stated.rs") },
    Listed { rule: &syntax::ttl_missing::RULE, source: include_str!("syntax/ttl_missing.rs") },
    Listed { rule: &syntax::ttl_over_limit::RULE, source: include_str!("syntax/ttl_over_limit.rs") },
    Listed { rule: &syntax::ttl_syntax::RULE, source: include_str!("syntax/ttl_syntax.rs") },
    Listed {
        rule: &syntax::txt_cut_at_semicolon::RULE,
        source: include_str!("syntax/txt_cut_at_semicolon.rs"),
    },
    Listed { rule: &syntax::unbalanced_quote::RULE, source: include_str!("syntax/unbalanced_quote.rs") },
    Listed { rule: &syntax::unexpected_quote::RULE, source: include_str!("syntax/unexpected_quote.rs") },
    Listed { rule: &syntax::unknown_directive::RULE, source: include_str!("syntax/unknown_directive.rs") },
    Listed { rule: &syntax::unknown_keyword::RULE, source: include_str!("syntax/unknown_keyword.rs") },
    Listed { rule: &syntax::unknown_type::RULE, source: include_str!("syntax/unknown_type.rs") },
    Listed {
        rule: &syntax::unmatched_close_paren::RULE,
        source: include_str!("syntax/unmatched_close_paren.rs"),
    },
    Listed { rule: &syntax::utf16::RULE, source: include_str!("syntax/utf16.rs") },
    Listed { rule: &record::caa_unknown_tag::RULE, source: include_str!("record/caa_unknown_tag.rs") },
    Listed { rule: &record::dkim_key::RULE, source: include_str!("record/dkim_key.rs") },
    Listed {
        rule: &record::foreign_comment_owner::RULE,
        source: include_str!("record/foreign_comment_owner.rs"),
    },
    Listed { rule: &record::keyword_owner::RULE, source: include_str!("record/keyword_owner.rs") },
    Listed { rule: &record::missing_dot::RULE, source: include_str!("record/missing_dot.rs") },
    Listed { rule: &record::nsec3_owner::RULE, source: include_str!("record/nsec3_owner.rs") },
    Listed {
        rule: &record::nsec3param_iterations::RULE,
        source: include_str!("record/nsec3param_iterations.rs"),
    },
    Listed { rule: &record::ptr_owner::RULE, source: include_str!("record/ptr_owner.rs") },
    Listed { rule: &record::rrsig_expired::RULE, source: include_str!("record/rrsig_expired.rs") },
    Listed { rule: &record::spf_after_all::RULE, source: include_str!("record/spf_after_all.rs") },
    Listed { rule: &record::spf_passes_all::RULE, source: include_str!("record/spf_passes_all.rs") },
    Listed { rule: &record::spf_syntax::RULE, source: include_str!("record/spf_syntax.rs") },
    Listed { rule: &record::srv_owner::RULE, source: include_str!("record/srv_owner.rs") },
    Listed { rule: &record::tlsa_unusable::RULE, source: include_str!("record/tlsa_unusable.rs") },
    Listed { rule: &rrset::case_duplicate::RULE, source: include_str!("rrset/case_duplicate.rs") },
    Listed { rule: &rrset::dmarc_syntax::RULE, source: include_str!("rrset/dmarc_syntax.rs") },
    Listed { rule: &rrset::dnskey_deprecated::RULE, source: include_str!("rrset/dnskey_deprecated.rs") },
    Listed {
        rule: &rrset::dnskey_weak_exponent::RULE,
        source: include_str!("rrset/dnskey_weak_exponent.rs"),
    },
    Listed { rule: &rrset::ds_deprecated::RULE, source: include_str!("rrset/ds_deprecated.rs") },
    Listed { rule: &rrset::duplicate_record::RULE, source: include_str!("rrset/duplicate_record.rs") },
    Listed { rule: &rrset::null_mx_with_others::RULE, source: include_str!("rrset/null_mx_with_others.rs") },
    Listed { rule: &rrset::rrset_ttl_mismatch::RULE, source: include_str!("rrset/rrset_ttl_mismatch.rs") },
    Listed { rule: &rrset::spf_several::RULE, source: include_str!("rrset/spf_several.rs") },
    Listed {
        rule: &rrset::srv_null_with_others::RULE,
        source: include_str!("rrset/srv_null_with_others.rs"),
    },
    Listed { rule: &rrset::too_many_records::RULE, source: include_str!("rrset/too_many_records.rs") },
    Listed { rule: &zone::cds_delete_not_alone::RULE, source: include_str!("zone/cds_delete_not_alone.rs") },
    Listed { rule: &zone::cds_without_dnskey::RULE, source: include_str!("zone/cds_without_dnskey.rs") },
    Listed { rule: &zone::cname_and_other_data::RULE, source: include_str!("zone/cname_and_other_data.rs") },
    Listed { rule: &zone::cname_is_address::RULE, source: include_str!("zone/cname_is_address.rs") },
    Listed { rule: &zone::cname_loop::RULE, source: include_str!("zone/cname_loop.rs") },
    Listed { rule: &zone::cname_target_missing::RULE, source: include_str!("zone/cname_target_missing.rs") },
    Listed { rule: &zone::dname_with_children::RULE, source: include_str!("zone/dname_with_children.rs") },
    Listed {
        rule: &zone::dnssec_data_not_at_apex::RULE,
        source: include_str!("zone/dnssec_data_not_at_apex.rs"),
    },
    Listed { rule: &zone::ds_at_apex::RULE, source: include_str!("zone/ds_at_apex.rs") },
    Listed { rule: &zone::ds_without_ns::RULE, source: include_str!("zone/ds_without_ns.rs") },
    Listed {
        rule: &zone::misspelt_reverse_zone::RULE,
        source: include_str!("zone/misspelt_reverse_zone.rs"),
    },
    Listed { rule: &zone::mx_is_address::RULE, source: include_str!("zone/mx_is_address.rs") },
    Listed { rule: &zone::mx_target_cname::RULE, source: include_str!("zone/mx_target_cname.rs") },
    Listed { rule: &zone::mx_target_no_address::RULE, source: include_str!("zone/mx_target_no_address.rs") },
    Listed { rule: &zone::no_ns::RULE, source: include_str!("zone/no_ns.rs") },
    Listed { rule: &zone::no_soa::RULE, source: include_str!("zone/no_soa.rs") },
    Listed { rule: &zone::ns_at_wildcard::RULE, source: include_str!("zone/ns_at_wildcard.rs") },
    Listed { rule: &zone::ns_is_address::RULE, source: include_str!("zone/ns_is_address.rs") },
    Listed { rule: &zone::ns_target_cname::RULE, source: include_str!("zone/ns_target_cname.rs") },
    Listed { rule: &zone::ns_target_no_address::RULE, source: include_str!("zone/ns_target_no_address.rs") },
    Listed {
        rule: &zone::nsec3param_unsupported::RULE,
        source: include_str!("zone/nsec3param_unsupported.rs"),
    },
    Listed {
        rule: &zone::occluded_by_delegation::RULE,
        source: include_str!("zone/occluded_by_delegation.rs"),
    },
    Listed { rule: &zone::out_of_zone::RULE, source: include_str!("zone/out_of_zone.rs") },
    Listed { rule: &zone::owner_not_hostname::RULE, source: include_str!("zone/owner_not_hostname.rs") },
    Listed { rule: &zone::ptr_is_address::RULE, source: include_str!("zone/ptr_is_address.rs") },
    Listed { rule: &zone::serial_decreased::RULE, source: include_str!("zone/serial_decreased.rs") },
    Listed { rule: &zone::serial_jump::RULE, source: include_str!("zone/serial_jump.rs") },
    Listed { rule: &zone::serial_not_increased::RULE, source: include_str!("zone/serial_not_increased.rs") },
    Listed { rule: &zone::several_soa::RULE, source: include_str!("zone/several_soa.rs") },
    Listed { rule: &zone::singleton_multiple::RULE, source: include_str!("zone/singleton_multiple.rs") },
    Listed { rule: &zone::soa_not_at_apex::RULE, source: include_str!("zone/soa_not_at_apex.rs") },
    Listed { rule: &zone::soa_rname_at_sign::RULE, source: include_str!("zone/soa_rname_at_sign.rs") },
    Listed {
        rule: &zone::soa_rname_not_mailbox::RULE,
        source: include_str!("zone/soa_rname_not_mailbox.rs"),
    },
    Listed { rule: &zone::soa_timers::RULE, source: include_str!("zone/soa_timers.rs") },
    Listed { rule: &zone::spf_type::RULE, source: include_str!("zone/spf_type.rs") },
    Listed { rule: &zone::srv_is_address::RULE, source: include_str!("zone/srv_is_address.rs") },
    Listed { rule: &zone::srv_target_cname::RULE, source: include_str!("zone/srv_target_cname.rs") },
    Listed {
        rule: &zone::srv_target_no_address::RULE,
        source: include_str!("zone/srv_target_no_address.rs"),
    },
    Listed { rule: &zone::target_not_hostname::RULE, source: include_str!("zone/target_not_hostname.rs") },
    Listed { rule: &zone::too_many_types::RULE, source: include_str!("zone/too_many_types.rs") },
    Listed {
        rule: &zone::ttl_over_max_zone_ttl::RULE,
        source: include_str!("zone/ttl_over_max_zone_ttl.rs"),
    },
    Listed {
        rule: &zone::wildcard_not_leftmost::RULE,
        source: include_str!("zone/wildcard_not_leftmost.rs"),
    },
    Listed { rule: &zone::zone_shrunk::RULE, source: include_str!("zone/zone_shrunk.rs") },
    Listed {
        rule: &cross_zone::child_not_delegated::RULE,
        source: include_str!("cross_zone/child_not_delegated.rs"),
    },
    Listed {
        rule: &cross_zone::delegation_mismatch::RULE,
        source: include_str!("cross_zone/delegation_mismatch.rs"),
    },
    Listed { rule: &cross_zone::ds_mismatch::RULE, source: include_str!("cross_zone/ds_mismatch.rs") },
    Listed {
        rule: &cross_zone::forward_without_ptr::RULE,
        source: include_str!("cross_zone/forward_without_ptr.rs"),
    },
    Listed { rule: &cross_zone::glue_mismatch::RULE, source: include_str!("cross_zone/glue_mismatch.rs") },
    Listed {
        rule: &cross_zone::ptr_without_forward::RULE,
        source: include_str!("cross_zone/ptr_without_forward.rs"),
    },
    Listed {
        rule: &cross_zone::single_name_server::RULE,
        source: include_str!("cross_zone/single_name_server.rs"),
    },
    Listed {
        rule: &cross_zone::spf_include_missing::RULE,
        source: include_str!("cross_zone/spf_include_missing.rs"),
    },
    Listed { rule: &cross_zone::spf_lookups::RULE, source: include_str!("cross_zone/spf_lookups.rs") },
    Listed { rule: &cluster::balanced_ttl::RULE, source: include_str!("cluster/balanced_ttl.rs") },
    Listed { rule: &cluster::dual_stack_parity::RULE, source: include_str!("cluster/dual_stack_parity.rs") },
    Listed { rule: &cluster::incomplete_mx_set::RULE, source: include_str!("cluster/incomplete_mx_set.rs") },
    Listed {
        rule: &cluster::inconsistent_address_set::RULE,
        source: include_str!("cluster/inconsistent_address_set.rs"),
    },
    Listed { rule: &cluster::missing_node_name::RULE, source: include_str!("cluster/missing_node_name.rs") },
    Listed {
        rule: &cluster::missing_service_name::RULE,
        source: include_str!("cluster/missing_service_name.rs"),
    },
    Listed {
        rule: &cluster::mx_outside_cluster::RULE,
        source: include_str!("cluster/mx_outside_cluster.rs"),
    },
    Listed { rule: &cluster::mx_own_zone_name::RULE, source: include_str!("cluster/mx_own_zone_name.rs") },
    Listed {
        rule: &cluster::node_address_drift::RULE,
        source: include_str!("cluster/node_address_drift.rs"),
    },
    Listed {
        rule: &cluster::node_name_many_addresses::RULE,
        source: include_str!("cluster/node_name_many_addresses.rs"),
    },
    Listed {
        rule: &cluster::node_name_shared_address::RULE,
        source: include_str!("cluster/node_name_shared_address.rs"),
    },
    Listed {
        rule: &cluster::node_name_wrong_address::RULE,
        source: include_str!("cluster/node_name_wrong_address.rs"),
    },
    Listed { rule: &cluster::orphan_node_name::RULE, source: include_str!("cluster/orphan_node_name.rs") },
    Listed { rule: &cluster::response_size::RULE, source: include_str!("cluster/response_size.rs") },
    Listed { rule: &cluster::retired_address::RULE, source: include_str!("cluster/retired_address.rs") },
    Listed { rule: &cluster::rotation_disabled::RULE, source: include_str!("cluster/rotation_disabled.rs") },
    Listed {
        rule: &cluster::service_could_be_cname::RULE,
        source: include_str!("cluster/service_could_be_cname.rs"),
    },
    Listed { rule: &cluster::single_node::RULE, source: include_str!("cluster/single_node.rs") },
    Listed { rule: &cluster::spf_misses_node::RULE, source: include_str!("cluster/spf_misses_node.rs") },
    Listed { rule: &cluster::too_many_nodes::RULE, source: include_str!("cluster/too_many_nodes.rs") },
    Listed {
        rule: &cluster::unequal_mx_preference::RULE,
        source: include_str!("cluster/unequal_mx_preference.rs"),
    },
    Listed { rule: &project::duplicate_zone::RULE, source: include_str!("project/duplicate_zone.rs") },
    Listed { rule: &project::empty_file::RULE, source: include_str!("project/empty_file.rs") },
    Listed { rule: &project::expired_ignore::RULE, source: include_str!("project/expired_ignore.rs") },
    Listed { rule: &project::malformed_ignore::RULE, source: include_str!("project/malformed_ignore.rs") },
    Listed { rule: &project::named_conf_syntax::RULE, source: include_str!("project/named_conf_syntax.rs") },
    Listed { rule: &project::named_conf_unread::RULE, source: include_str!("project/named_conf_unread.rs") },
    Listed { rule: &project::named_conf_zone::RULE, source: include_str!("project/named_conf_zone.rs") },
    Listed { rule: &project::origin_mismatch::RULE, source: include_str!("project/origin_mismatch.rs") },
    Listed { rule: &project::origin_unknown::RULE, source: include_str!("project/origin_unknown.rs") },
    Listed { rule: &project::stale_baseline::RULE, source: include_str!("project/stale_baseline.rs") },
    Listed { rule: &project::unknown_rule::RULE, source: include_str!("project/unknown_rule.rs") },
    Listed { rule: &project::unused_ignore::RULE, source: include_str!("project/unused_ignore.rs") },
    Listed { rule: &project::unused_zone_file::RULE, source: include_str!("project/unused_zone_file.rs") },
    Listed { rule: &project::wrong_zone_file::RULE, source: include_str!("project/wrong_zone_file.rs") },
    Listed {
        rule: &project::zone_file_ambiguous::RULE,
        source: include_str!("project/zone_file_ambiguous.rs"),
    },
    Listed { rule: &project::zone_file_missing::RULE, source: include_str!("project/zone_file_missing.rs") },
    Listed { rule: &project::zone_served_twice::RULE, source: include_str!("project/zone_served_twice.rs") },
];
