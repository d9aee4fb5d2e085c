//! Edits of several files that do not get in each other's way.

use std::collections::BTreeMap;

use crate::diagnostic::Edit;
use crate::source::Identity;

/// An edit in a file that is known: start, end and what comes.
type Piece = (u32, u32, String);

/// Edits by their files and places.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<Identity, BTreeMap<(u32, u32), String>>);

impl Edits {
    /// Takes all these edits, or none where one of them touches an edit that was taken before: it was
    /// made for the text as it was. The same edit again is no other one.
    pub(super) fn take(&mut self, edits: &[(Identity, &Edit)]) -> bool {
        let piece = |edit: &Edit| -> Piece { (edit.span.start, edit.span.end, edit.text.clone()) };
        let free = edits.iter().all(|(file, edit)| self.is_free(*file, &piece(edit)));
        if free {
            for (file, edit) in edits {
                let (start, end, text) = piece(edit);
                self.0.entry(*file).or_default().insert((start, end), text);
            }
        }
        free
    }

    fn is_free(&self, file: Identity, (start, end, text): &Piece) -> bool {
        let Some(taken) = self.0.get(&file) else { return true };
        let mut near = taken.range(..=(*end, u32::MAX)).rev();
        // Edits are in order and apart: only the last one that begins here or before can reach as far.
        near.next()
            .is_none_or(|(&(from, to), known)| to < *start || (from, to) == (*start, *end) && known == text)
    }

    /// The files with their edits.
    pub(super) fn files(&self) -> impl Iterator<Item = Identity> {
        self.0.keys().copied()
    }

    /// The text of a file with its edits made.
    pub(super) fn apply(&self, file: Identity, text: &[u8]) -> Vec<u8> {
        let mut new = Vec::with_capacity(text.len() + 64);
        let mut at = 0;
        for (&(start, end), piece) in self.0.get(&file).into_iter().flatten() {
            new.extend_from_slice(&text[at..start as usize]);
            new.extend_from_slice(piece.as_bytes());
            at = end as usize;
        }
        new.extend_from_slice(&text[at..]);
        new
    }
}
