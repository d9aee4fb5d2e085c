//! What options, views and zones say of how zones are served.

use std::sync::Arc;

use super::fault::Cause;
use super::lex::{Kind, Token};
use super::text::Text;
use crate::source::Span;
use crate::syntax::{Name, NameBuffer, NameRef, rr_types, ttl};
use crate::zone::{CheckNames, Order, OrderRule, RrsetOrder, Server, Terms};

/// A value and the name of the option that set it.
type Said<T> = Option<(T, Span)>;

/// What is said in one place; what is not said is taken from the place around it.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    check_names: Said<CheckNames>,
    check_secondary: Said<()>,
    check_response: Said<()>,
    /// The zone files are not in text form.
    raw: Said<bool>,
    max_records: Said<u32>,
    max_types: Said<u32>,
    max_ttl: Said<u32>,
    order: Said<Arc<RrsetOrder>>,
    allow_update: Said<bool>,
    update_policy: Said<bool>,
    inline_signing: Said<bool>,
}

impl Settings {
    /// What holds where `inner` stands within this.
    pub(super) fn over(&self, inner: &Settings) -> Settings {
        let mut all = inner.clone();
        let outer = self.clone();
        all.check_names = all.check_names.or(outer.check_names);
        all.raw = all.raw.or(outer.raw);
        all.max_records = all.max_records.or(outer.max_records);
        all.max_types = all.max_types.or(outer.max_types);
        all.max_ttl = all.max_ttl.or(outer.max_ttl);
        all.order = all.order.or(outer.order);
        all.allow_update = all.allow_update.or(outer.allow_update);
        all.update_policy = all.update_policy.or(outer.update_policy);
        all.inline_signing = all.inline_signing.or(outer.inline_signing);
        all
    }

    /// How a zone is served in a view.
    pub(super) fn terms(&self, view: Option<Arc<str>>) -> Terms {
        let value = |said: Said<bool>| said.is_some_and(|(value, _)| value);
        let default = Terms::DEFAULT;
        Terms {
            view,
            check_names: self.check_names.map_or(default.check_names, |(value, _)| value),
            max_records: self.max_records.map_or(default.max_records, |(value, _)| value),
            max_types: self.max_types.map_or(default.max_types, |(value, _)| value),
            max_ttl: self.max_ttl.map_or(default.max_ttl, |(value, _)| value),
            dynamic: self.is_written(),
            inline_signing: value(self.inline_signing),
            order: self.order.as_ref().map(|(order, _)| order.clone()),
        }
    }

    /// The zone files are not in text form.
    pub(super) fn is_raw(&self) -> bool {
        self.raw.is_some_and(|(raw, _)| raw)
    }

    /// The server writes the zone file.
    pub(super) fn is_written(&self) -> bool {
        [self.allow_update, self.update_policy].into_iter().flatten().any(|(value, _)| value)
    }

    /// Reads the option `name` if it is one of these; `in_zone` says where it stands.
    pub(super) fn read(&mut self, text: &mut Text, name: Token, in_zone: bool) -> bool {
        let span = text.span(name);
        match text.option(name).as_bytes() {
            b"check-names" if in_zone => {
                let value = severity(text);
                set(&mut self.check_names, value, span, text, name);
            }
            b"check-names" => self.check_names(text, name),
            b"masterfile-format" => {
                let value = one_of(text, &[("text", false), ("raw", true)]);
                set(&mut self.raw, value, span, text, name);
            }
            b"max-records-per-type" => {
                let value = number(text);
                set(&mut self.max_records, value, span, text, name);
            }
            b"max-types-per-name" => {
                let value = number(text);
                set(&mut self.max_types, value, span, text, name);
            }
            b"max-zone-ttl" => {
                let value = duration(text);
                set(&mut self.max_ttl, value, span, text, name);
            }
            b"inline-signing" => {
                let value = one_of(text, &BOOLEANS);
                set(&mut self.inline_signing, value, span, text, name);
            }
            b"allow-update" => {
                if text.open() {
                    let value = Some(!is_none(text));
                    text.close();
                    repeated(&mut self.allow_update, value, span, text, name);
                }
                return true;
            }
            b"update-policy" if in_zone => {
                repeated(&mut self.update_policy, Some(true), span, text, name);
                text.skip_unread();
                return true;
            }
            b"rrset-order" if !in_zone => {
                let value = rrset_order(text, span).map(Arc::new);
                repeated(&mut self.order, value, span, text, name);
                return true;
            }
            _ => return false,
        }
        true
    }

    /// ```abnf
    /// check-names-of = "check-names" ("primary" / "master" / "secondary" / "slave" / "response") severity ";"
    /// ```
    fn check_names(&mut self, text: &mut Text, name: Token) {
        const WHOSE: [(&str, u8); 5] =
            [("primary", 0), ("master", 0), ("secondary", 1), ("slave", 1), ("response", 2)];
        let span = text.span(name);
        let Some(whose) = one_of(text, &WHOSE) else {
            text.skip();
            return;
        };
        let value = severity(text);
        match whose {
            0 => set(&mut self.check_names, value, span, text, name),
            1 => set(&mut self.check_secondary, value.map(|_| ()), span, text, name),
            _ => set(&mut self.check_response, value.map(|_| ()), span, text, name),
        }
    }
}

/// The words for yes and no.
const BOOLEANS: [(&str, bool); 6] =
    [("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false)];

/// Takes a value and the semicolon behind it.
fn set<T>(said: &mut Said<T>, value: Option<T>, span: Span, text: &mut Text, name: Token) {
    if value.is_some() {
        text.semicolon();
    } else {
        text.skip();
    }
    repeated(said, value, span, text, name);
}

/// Takes a value, unless there is one.
pub(super) fn repeated<T>(said: &mut Said<T>, value: Option<T>, span: Span, text: &mut Text, name: Token) {
    match said {
        Some((_, first)) => text.fault(Cause::Repeated, name).related = Some(*first),
        None => *said = value.map(|value| (value, span)),
    }
}

/// ```abnf
/// severity = "fail" / "warn" / "ignore"
/// ```
fn severity(text: &mut Text) -> Option<CheckNames> {
    let words = [("fail", CheckNames::Fail), ("warn", CheckNames::Warn), ("ignore", CheckNames::Ignore)];
    one_of(text, &words)
}

/// A word that stands for one of these.
pub(super) fn one_of<T: Copy>(text: &mut Text, words: &[(&str, T)]) -> Option<T> {
    let token = text.bare()?;
    let found = words.iter().find(|(word, _)| text.is(token, word));
    if found.is_none() && token.kind == Kind::Word {
        let known: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        text.fault(Cause::BadValue, token).say(format!("one of {}", known.join(", ")));
    }
    found.map(|&(_, value)| value)
}

/// ```abnf
/// limit = ("max-records-per-type" / "max-types-per-name") 1*DIGIT ";"
/// ```
fn number(text: &mut Text) -> Option<u32> {
    let token = text.bare()?;
    let word = text.value(token);
    let digits = !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let parsed = std::str::from_utf8(&word).ok().filter(|_| digits).and_then(|word| word.parse().ok());
    if parsed.is_none() && token.kind == Kind::Word {
        text.fault(Cause::BadValue, token).say("a number below 4294967296");
    }
    parsed
}

/// ```abnf
/// duration = 1*DIGIT / 1*(1*DIGIT ("w" / "d" / "h" / "m" / "s")) / "P" *(ALPHA / DIGIT)
/// ```
/// 0 is `unlimited`.
fn duration(text: &mut Text) -> Option<u32> {
    let token = text.bare()?;
    if text.is(token, "unlimited") {
        return Some(0);
    }
    let word = text.value(token).to_ascii_uppercase();
    let parsed = match word.strip_prefix(b"P") {
        Some(rest) => iso_8601(rest),
        None => ttl(&word).ok(),
    };
    if parsed.is_none() && token.kind == Kind::Word {
        text.fault(Cause::BadValue, token).say("a TTL such as `3600` or `1h`, or `unlimited`");
    }
    parsed
}

/// A duration of ISO 8601 in seconds, behind its `P`; years and months as BIND counts them.
fn iso_8601(word: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(word).ok()?;
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let sum = |mut text: &str, units: &[(char, u64)]| {
        let mut seconds = 0_u64;
        while !text.is_empty() {
            let end = text.find(|c: char| !c.is_ascii_digit())?;
            let unit = text[end..].chars().next()?;
            let (_, factor) = units.iter().find(|(known, _)| *known == unit)?;
            seconds = seconds.checked_add(text[..end].parse::<u64>().ok()?.checked_mul(*factor)?)?;
            text = &text[end + 1..];
        }
        Some(seconds)
    };
    let date = sum(date, &[('Y', 31_536_000), ('M', 2_678_400), ('W', 604_800), ('D', 86_400)])?;
    let time = sum(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
    u32::try_from(date.checked_add(time)?).ok()
}

/// Whether a list that was opened is `{ none; }`.
fn is_none(text: &mut Text) -> bool {
    match text.next() {
        None => true,
        Some(token) if text.is(token, "none") => {
            text.take(Kind::Semicolon);
            text.peek().is_none()
        }
        Some(_) => false,
    }
}

/// ```abnf
/// rrset-order = "rrset-order" "{" *(order / include) "}" ";"
/// ```
fn rrset_order(text: &mut Text, span: Span) -> Option<RrsetOrder> {
    if !text.open() {
        return None;
    }
    let mut rules = Vec::new();
    while text.peek().is_some() {
        match order(text) {
            Some(rule) => {
                rules.push(rule);
                text.semicolon();
            }
            None => _ = text.skip(),
        }
    }
    text.close();
    Some(RrsetOrder { server: Server::Bind, rules, span })
}

/// ```abnf
/// order = ["class" word] ["type" word] ["name" quoted] "order" word ";"
/// ```
fn order(text: &mut Text) -> Option<OrderRule> {
    const ORDERS: [(&str, Order); 4] = [
        ("random", Order::Random),
        ("cyclic", Order::Cyclic),
        ("fixed", Order::Fixed),
        ("none", Order::None),
    ];
    let mut rule = OrderRule { internet: true, rtype: None, name: None, order: Order::None };
    let mut key = text.bare()?;
    if text.is(key, "class") {
        let class = text.bare()?;
        rule.internet = text.is(class, "IN") || text.is(class, "ANY");
        key = text.bare()?;
    }
    if text.is(key, "type") {
        let word = text.bare()?;
        let known = text.value(word);
        let any = text.is(word, "ANY");
        rule.rtype = rr_types().parse(&known).filter(|_| !any);
        if rule.rtype.is_none() && !any {
            text.fault(Cause::BadValue, word).say("a record type");
            return None;
        }
        key = text.bare()?;
    }
    if text.is(key, "name") {
        let word = text.quoted()?;
        let mut name = NameBuffer::new();
        if name.parse(&text.value(word), NameRef::ROOT).is_err() {
            text.fault(Cause::BadValue, word).say("a domain name");
            return None;
        }
        rule.name = Some(Name::from(name.name()));
        key = text.bare()?;
    }
    if !text.is(key, "order") {
        text.fault(Cause::BadValue, key).say("`class`, `type`, `name` and `order`, in this order");
        return None;
    }
    rule.order = one_of(text, &ORDERS)?;
    Some(rule)
}
