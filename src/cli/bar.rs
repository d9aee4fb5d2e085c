//! A progress bar for those who wait: on a terminal, after a second.

use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::Style;
use crate::source::{Progress, Stage};

/// Nothing is shown before; most runs are over by then.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn.
const BEAT: Duration = Duration::from_millis(100);

/// Does the work, and shows how far it is where standard error is a terminal.
pub(super) fn show_while<T>(progress: &Progress, style: Style, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        // Dropped when the work is done, even by a panic.
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            if waiting.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            while waiting.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                draw(&bar, progress.stage(), style);
            }
            bar.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

fn draw(bar: &ProgressBar, stage: Stage, style: Style) {
    match stage {
        Stage::Searching => bar.set_style(pattern("looking for zones", style)),
        Stage::Reading(read, files) => {
            bar.set_style(pattern("[{bar:30}] {pos} of {len} files read", style));
            bar.set_length(files as u64);
            bar.set_position(read as u64);
        }
        Stage::Comparing(zones) => {
            bar.set_style(pattern("[{bar:30}] comparing {len} zones", style));
            bar.set_length(zones as u64);
            bar.set_position(zones as u64);
        }
    }
    bar.tick();
}

fn pattern(pattern: &str, style: Style) -> ProgressStyle {
    let pattern = ProgressStyle::with_template(pattern).expect("the patterns above are good");
    pattern.progress_chars(if style.ascii { "=> " } else { "\u{2501}\u{257e} " })
}
