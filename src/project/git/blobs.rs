//! Contents of files, from the object store.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::repository::Repository;

/// Reads blobs; all threads share one process, which is started when the first one is asked for.
#[derive(Debug)]
pub(super) struct Blobs {
    repository: Repository,
    process: Mutex<Option<Process>>,
}

/// `git cat-file --batch`.
#[derive(Debug)]
struct Process {
    child: Child,
    /// `None` once it is to end.
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    pub(super) fn new(repository: Repository) -> Self {
        Self { repository, process: Mutex::default() }
    }

    /// The bytes of a blob.
    pub(super) fn read(&self, blob: &str) -> io::Result<Vec<u8>> {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        if process.is_none() {
            *process = Some(Process::start(&self.repository)?);
        }
        process.as_mut().expect("it was started just now").read(blob)
    }
}

impl Process {
    fn start(repository: &Repository) -> io::Result<Self> {
        let mut child = repository
            .git(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let asks = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("it is a pipe"));
        Ok(Self { child, asks, answers })
    }

    fn read(&mut self, blob: &str) -> io::Result<Vec<u8>> {
        let asks = self.asks.as_mut().expect("it ends with its owner");
        writeln!(asks, "{blob}")?;
        asks.flush()?;
        // `1a2b… blob 1234`, the bytes, and a newline; or `1a2b… missing`
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size: Option<usize> = head.trim_end().split(' ').nth(2).and_then(|size| size.parse().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git has no blob {blob}")))?;
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes)?;
        bytes.pop();
        Ok(bytes)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Without input it ends; who does not wait leaves a zombie.
        self.asks = None;
        _ = self.child.wait();
    }
}
