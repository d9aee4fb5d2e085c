//! In which order a server gives the addresses of a name (`rrset-order`).

use crate::source::Span;
use crate::syntax::{Name, NameRef, RrType};

/// In which order the records of an RRset are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Another one each time.
    Random,
    /// Turned by one each time.
    Cyclic,
    /// As they stand in the zone.
    Fixed,
    /// As they come: in practice always the same.
    None,
}

/// One statement of an `rrset-order`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRule {
    /// It holds for class IN.
    pub internet: bool,
    /// The type that it holds for; all without one.
    pub rtype: Option<RrType>,
    /// The name that it holds for, or `*.` and what is above; all without one.
    pub name: Option<Name>,
    /// The order.
    pub order: Order,
}

/// Whose configuration it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// `rrset-order` of `named.conf`.
    Bind,
    /// `knot.conf` without `answer-rotation`.
    Knot,
    /// `nsd.conf` without `round-robin`.
    Nsd,
}

/// An `rrset-order`, or what stands for it with another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RrsetOrder {
    /// Whose it is.
    pub server: Server,
    /// Its statements, of which the first that fits counts.
    pub rules: Vec<OrderRule>,
    /// Where it stands.
    pub span: Span,
}

impl RrsetOrder {
    /// Whether the records of a name are given in another order each time.
    pub fn rotates(&self, owner: NameRef<'_>, rtype: RrType) -> bool {
        self.rule(owner, rtype).is_some_and(|rule| matches!(rule.order, Order::Random | Order::Cyclic))
    }

    /// The statement that holds for the records of a name, if any does; `None` is [`Order::None`] then.
    pub fn rule(&self, owner: NameRef<'_>, rtype: RrType) -> Option<&OrderRule> {
        let fits = |name: &Name| {
            let name = name.as_ref();
            match name.parent().filter(|_| name.is_wildcard()) {
                Some(above) => owner != above && owner.is_within(above),
                None => owner == name,
            }
        };
        self.rules.iter().find(|rule| {
            rule.internet
                && rule.rtype.is_none_or(|known| known == rtype)
                && rule.name.as_ref().is_none_or(fits)
        })
    }
}
