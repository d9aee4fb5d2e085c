//! An error is what `named` refuses: thousands of zones are given to the real server and to zoneward,
//! and both must judge alike.
//!
//! - `written`: the zones of all fixtures, and the cases of `fixtures/oracle/cases.txt`
//! - `examples`: each line of rdata that `grammar/rdata.txt` says is accepted or refused
//! - `sentences`: zones derived from the grammar, most of them broken in one place. `ZONEWARD_SEED`
//!   repeats a run, `ZONEWARD_SENTENCES` says how many, `ZONEWARD_SENTENCE` asks for a single one
//! - `configurations`: what `named-checkconf` refuses in a `named.conf`, as in `fixtures/oracle/conf.txt`
//! - `options_that_change_verdicts`: `check-names` and the limits, in zones that a real `named` loads
//! - `gate_before_a_reload`: the script of the README, with a real `named` and `rndc`
//! - `dump`: what zoneward holds of a zone is what the server would serve
//! - `responses`: the size of an answer is that of the answer which the server gives
//! - `a_million_sentences`: run by `cargo test --release --test oracle -- --ignored`
//!
//! Where `named` is not installed, nothing is compared; with `ZONEWARD_REQUIRE_NAMED=1` that is a failure.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, which is all it can do")]
#![allow(clippy::print_stderr, reason = "how many zones were compared is worth a line")]

#[path = "oracle/case.rs"]
mod case;
#[path = "oracle/conf.rs"]
mod conf;
#[path = "oracle/dump.rs"]
mod dump;
#[path = "oracle/gate.rs"]
mod gate;
#[path = "oracle/named.rs"]
mod named;
#[path = "oracle/options.rs"]
mod options;
#[path = "oracle/random.rs"]
mod random;
#[path = "oracle/rdata.rs"]
mod rdata;
#[path = "oracle/response.rs"]
mod response;
#[path = "oracle/sentences.rs"]
mod sentences;
#[path = "oracle/verdict.rs"]
mod verdict;

use std::time::Instant;

use case::Case;
use random::Random;
use sentences::sentence;
use verdict::{compare, report};

/// How many sentences a run compares.
const SENTENCES: usize = 20_000;

/// So many zones are served by one `named`.
const BATCH: usize = 10_000;

/// Whether there is a server to ask; says so where there is none.
fn installed() -> bool {
    let found = named::is_installed();
    let required = std::env::var_os("ZONEWARD_REQUIRE_NAMED").is_some_and(|value| value == "1");
    assert!(found || !required, "named is not installed, and ZONEWARD_REQUIRE_NAMED=1 wants it");
    if !found {
        eprintln!("named is not installed: nothing was compared");
    }
    found
}

/// A number from the environment.
fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable}={value} is no number")))
}

#[test]
fn configurations() {
    if installed() {
        conf::judge();
    }
}

#[test]
fn options_that_change_verdicts() {
    if installed() {
        options::judge();
    }
}

#[test]
fn gate_before_a_reload() {
    if installed() {
        gate::judge();
    }
}

#[test]
fn written() {
    if !installed() {
        return;
    }
    let mut cases = case::fixtures();
    cases.extend(case::written());
    judge(&cases);
}

#[test]
fn examples() {
    if installed() {
        judge(&rdata::examples());
    }
}

#[test]
fn sentences() {
    if let Some(seed) = number("ZONEWARD_SENTENCE").filter(|_| installed()) {
        let case = sentence(seed);
        eprintln!("{}\n{}", case.name, case.text.escape_ascii().to_string().replace("\\n", "\n"));
        judge(&[case]);
    } else if installed() {
        let count = number("ZONEWARD_SENTENCES").map_or(SENTENCES, |n| usize::try_from(n).unwrap());
        derive(seed(), count);
    }
}

#[test]
#[ignore = "takes many minutes"]
fn a_million_sentences() {
    if installed() {
        derive(seed(), 1_000_000);
    }
}

#[test]
fn dump() {
    if !installed() {
        return;
    }
    let mut cases = case::fixtures();
    cases.extend(case::written());
    let mut random = Random::new(seed());
    cases.extend((0..600).map(|_| sentence(random.next())).filter(|case| !case.broken).take(300));
    dump::compare(&cases);
}

#[test]
fn responses() {
    if installed() {
        let seed = seed();
        eprintln!("seed {seed} (ZONEWARD_SEED={seed} repeats this run)");
        response::compare(seed);
    }
}

/// The seed that was asked for, or one of the day.
fn seed() -> u64 {
    number("ZONEWARD_SEED").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        u64::try_from(now.as_micros()).unwrap()
    })
}

/// Compares sentences from `seed` on. Each has a seed of its own, which follows from this one.
fn derive(seed: u64, count: usize) {
    eprintln!("seed {seed} (ZONEWARD_SEED={seed} repeats this run)");
    let mut random = Random::new(seed);
    let mut left = count;
    while left > 0 {
        let size = left.min(BATCH);
        let cases: Vec<Case> = (0..size).map(|_| sentence(random.next())).collect();
        judge(&cases);
        left -= size;
    }
}

/// Fails unless both judge all cases alike.
fn judge(cases: &[Case]) {
    let began = Instant::now();
    let compared = compare(cases);
    let refused = |broken: bool| {
        let judged = || cases.iter().zip(&compared).filter(move |(case, _)| case.broken == broken);
        (judged().filter(|(_, it)| it.named.refused).count(), judged().count())
    };
    let ((sound_refused, sound), (broken_refused, broken)) = (refused(false), refused(true));
    eprintln!(
        "{} zones in {:.1} s: named refused {sound_refused} of {sound} as written, {broken_refused} of {broken} broken ones",
        cases.len(),
        began.elapsed().as_secs_f32()
    );
    if let Some(text) = report(cases, &compared) {
        panic!("{text}");
    }
}
