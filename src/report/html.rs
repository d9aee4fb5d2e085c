//! `html`: one page with all that it needs, for a browser. It runs no scripts and loads nothing.

use std::io::{self, Write};
use std::path::Path;

use codespan_reporting::diagnostic::LabelStyle;
use codespan_reporting::term;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use pulldown_cmark::Parser;

use super::drawing::{Drawing, Remark, io_error};
use super::ink::Ink;
use super::places::{Places, Region};
use super::statistics::{Tally, tally};
use super::text::Texts;
use super::{Report, Style, Summary, count, one_line};
use crate::diagnostic::{Diagnostic, Failure, Level};
use crate::source::{escape, escape_path};

/// How the page looks.
const CSS: &str = include_str!("html.css");

/// Writes the page, file by file: there may be 100,000 findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tallies = tally(report.diagnostics);
    write!(out, "{DOCTYPE_HTML}", DOCTYPE_HTML = DOCTYPE.into_string())?;
    writeln!(out, "<html lang=\"en\">{}<body>{}<main>", head(report).0, top(report, &tallies).0)?;
    let places = Places::new(report.sources);
    let mut texts = Texts::new(report.sources);
    let path = |it: &Diagnostic| places.path(it.primary.place.span);
    for findings in report.diagnostics.chunk_by(|a, b| path(a) == path(b)) {
        writeln!(out, "<section class=\"file {}\">{}", levels_in(findings), heading(&path(&findings[0])).0)?;
        for it in findings {
            writeln!(out, "{}", finding(it, &places, &mut texts)?.0)?;
        }
        writeln!(out, "</section>")?;
    }
    writeln!(out, "</main>{}</body></html>", rules(report, &tallies).0)
}

/// Title and style.
fn head(report: &Report<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { "zoneward: " (report.summary.findings()) }
            style { (PreEscaped(CSS)) }
        }
    }
}

/// The figures, what could not be checked, and the rules that found something.
fn top(report: &Report<'_>, tallies: &[Tally<'_>]) -> Markup {
    let Summary { zones, files, records, errors, warnings, infos, suppressed, .. } = report.summary;
    let looked_at = [count(zones as u64, "zone"), count(files as u64, "file"), count(records, "record")];
    let levels = [(Level::Error, errors), (Level::Warning, warnings), (Level::Info, infos)];
    html! {
        header.top {
            h1 { "zoneward" }
            p { (looked_at.join(" · ")) @if suppressed > 0 { " · " (suppressed) " suppressed" } }
            div.levels role="group" aria-label="Levels that are shown" {
                @for (level, number) in levels {
                    label.tile.(level.name()).none[number == 0] {
                        input type="checkbox" id={ "show-" (level.name()) } checked;
                        strong { (number) }
                        span { (level.name()) @if number != 1 { "s" } }
                    }
                }
            }
            @if report.diagnostics.is_empty() && report.failures.is_empty() {
                p.clean { "Nothing found." }
            }
            @if !report.failures.is_empty() { (failures(report.failures)) }
            @if !tallies.is_empty() { (statistics(tallies, report.statistics)) }
        }
    }
}

fn failures(failures: &[Failure]) -> Markup {
    html! {
        section.failures {
            h2 { "Not checked" }
            ul {
                @for Failure { path, message } in failures {
                    li { code { (escape_path(path)) } ": " (escape(message.as_bytes())) }
                }
            }
        }
    }
}

/// The findings of each rule, folded up unless they were asked for.
fn statistics(tallies: &[Tally<'_>], open: bool) -> Markup {
    html! {
        details.rules open[open] { summary { (count(tallies.len() as u64, "rule")) } table {
            thead { tr { th.number { "Findings" } th.number { "Zones" } th { "Level" } th { "Rule" } } }
            tbody {
                @for Tally { rule, level, findings, zones } in tallies {
                    tr.(level.name()) {
                        td.number { (findings) }
                        td.number { (zones) }
                        td { span.level { (level.name()) } }
                        td { a href={ "#rule-" (rule) } { (rule) } }
                    }
                }
            }
        } }
    }
}

/// The levels of findings, as classes.
fn levels_in(findings: &[Diagnostic]) -> String {
    let there = |level: &Level| findings.iter().any(|it| it.level == *level);
    let levels = [Level::Error, Level::Warning, Level::Info].into_iter().filter(there);
    levels.map(|level| format!("has-{}", level.name())).collect::<Vec<_>>().join(" ")
}

fn heading(path: &Path) -> Markup {
    html! { h2 { (escape_path(path)) } }
}

/// A finding: what is wrong, where, why it matters, what to do.
fn finding(it: &Diagnostic, places: &Places<'_>, texts: &mut Texts<'_>) -> io::Result<Markup> {
    let Region { line, column, .. } = places.region(it.primary.place.span);
    let drawing = Drawing::new(it, texts, Style::default());
    let excerpt = excerpt(it, &drawing)?;
    Ok(html! {
        article.finding.(it.level.name()) {
            header {
                span.level { (it.level.name()) }
                a.rule href={ "#rule-" (it.rule) } { (it.rule) }
                span.place { (line) ":" (column) }
                @if let Some(zone) = &it.zone {
                    span.zone {
                        (one_line(zone))
                        @if let Some(view) = &it.view { " (" (one_line(view)) ")" }
                    }
                }
            }
            p.message { (prose(&one_line(&it.message))) }
            (excerpt)
            @if !drawing.remarks.is_empty() {
                dl {
                    @for Remark { word, text } in &drawing.remarks {
                        div.(word) { dt { (word) } dd { (prose(text)) } }
                    }
                }
            }
        }
    })
}

/// The lines of a finding; nothing where they cannot be shown.
fn excerpt(it: &Diagnostic, drawing: &Drawing) -> io::Result<Markup> {
    let Drawing { excerpts, picture, config, .. } = drawing;
    let Some(first) = picture.labels.first() else { return Ok(html! {}) };
    // The message and the place, which stand above; the place of another file does not.
    let skip = if first.style == LabelStyle::Primary { 3 } else { 1 };
    let mut ink = Ink::new(it.level, skip);
    term::emit_to_write_style(&mut ink, config, excerpts, picture).map_err(io_error)?;
    Ok(html! { pre { (ink.finish()) } })
}

/// Text whose words in backquotes are code.
fn prose(text: &str) -> Markup {
    let parts: Vec<_> = text.split('`').collect();
    // Where one backquote has no other, the last part is no code.
    let is_code = |at: usize| at % 2 == 1 && at + 1 < parts.len();
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if is_code(at) { code { (part) } }
            @else if at % 2 == 1 { "`" (part) }
            @else { (part) }
        }
    }
}

/// The pages of the rules that found something.
fn rules(report: &Report<'_>, tallies: &[Tally<'_>]) -> Markup {
    let mut names: Vec<_> = tallies.iter().map(|tally| tally.rule).collect();
    names.sort_unstable();
    let pages = names.into_iter().filter_map(|name| Some((name, (report.about)(name)?)));
    html! {
        footer {
            @for (name, about) in pages {
                details.page {
                    summary { strong { (name) } " " (prose(&about.summary)) }
                    // Inside: a link to it unfolds the page around it.
                    div id={ "rule-" (name) } { (page(&about.page)) }
                }
            }
            p { "zoneward " (env!("CARGO_PKG_VERSION")) }
        }
    }
}

/// A page without its title. The pages are ours: they need no guard.
fn page(page: &str) -> Markup {
    let text = page.split_once('\n').map_or("", |(_, text)| text);
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new(text));
    PreEscaped(out)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{find, finding, report};
    use super::super::{Format, Style};
    use super::*;
    use crate::source::Sources;

    #[test]
    fn nothing_of_a_zone_is_markup() {
        let sources = Sources::new();
        let text = b"<script>\x1b&amp; A 1.2.3\n";
        let file = sources.add_bytes("<i>&", text.to_vec());
        let mut it = finding(Level::Error, find(file, text, b"1.2.3", 0), "no `<b>` & `");
        it.primary("<o>").label(find(file, text, b"<script>", 0), "<q>").note("<n>").help("`<h>`");
        it.zone = Some("<z>".to_owned());
        let shown = report(&sources, &[it], Format::Html, Style::default());
        for tag in ["<script", "<i>", "<b>", "<o>", "<q>", "<n>", "<h>", "<z>"] {
            assert!(!shown.contains(tag), "{tag}: {shown}");
        }
        assert!(shown.contains("no <code>&lt;b&gt;</code> &amp; `"), "{shown}");
        assert!(shown.contains("&lt;script&gt;?&amp;amp; A "), "{shown}");
    }

    #[test]
    fn carets_are_under_what_is_wrong() {
        let sources = Sources::new();
        let text = b"gr\xfcn A 1.2.3\n";
        let file = sources.add_bytes("t", text.to_vec());
        let it = finding(Level::Error, find(file, text, b"1.2.3", 0), "no");
        let shown = report(&sources, &[it], Format::Html, Style::default());
        let pre = shown.split("<pre>").nth(1).and_then(|it| it.split("</pre>").next()).expect("an excerpt");
        let mut text = String::new();
        let mut inside = false;
        for c in pre.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => text.push(c),
                _ => {}
            }
        }
        assert_eq!(text, "1 \u{2502} gr?n A 1.2.3\n  \u{2502}        ^^^^^");
    }
}
