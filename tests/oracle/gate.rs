//! The gate before a reload: the script of the README, word for word, between a real `named` and `rndc`.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::case::folder;
use super::named::Running;

/// The server needs no longer to start or to reload.
const PATIENCE: Duration = Duration::from_mins(1);

/// The script, as it stands in the README.
fn script() -> String {
    let readme = fs::read_to_string("README.md").unwrap();
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let mut scripts = blocks.map(|(block, _)| block).filter(|block| block.contains("zone-reload"));
    scripts.next().expect("the README has the script").to_owned()
}

/// A port on loopback that nobody uses.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn zone(serial: u32, rest: &str) -> String {
    format!("$TTL 60\n@ SOA ns1 hostmaster {serial} 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n{rest}")
}

struct Gate<'f> {
    folder: &'f Path,
    dns: u16,
    control: u16,
}

impl Gate<'_> {
    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    fn configure(&self) {
        let (folder, dns, control) = (self.folder.display(), self.dns, self.control);
        let secret = "c2VjcmV0IG9mIHRoZSBnYXRlIGluIHRoaXMgdGVzdA==";
        self.write("gate.key", &format!("key \"gate\" {{ algorithm hmac-sha256; secret \"{secret}\"; }};\n"));
        self.write(
            "named.conf",
            &format!(
                "include \"{folder}/gate.key\";\n\
                options {{ directory \"{folder}\"; listen-on port {dns} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};\n\
                pid-file none; session-keyfile none; recursion no; notify no; dnssec-validation no; }};\n\
                controls {{ inet 127.0.0.1 port {control} allow {{ 127.0.0.1; }} keys {{ \"gate\"; }}; }};\n\
                zone \"example.com\" {{ type primary; file \"example.com\"; }};\n"
            ),
        );
        self.write("zone-reload", &script());
    }

    /// Runs the script as an administrator would.
    fn reload(&self) -> Output {
        let tool = Path::new(env!("CARGO_BIN_EXE_zoneward")).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        Command::new("sh")
            .arg(self.folder.join("zone-reload"))
            .args(["-s", "127.0.0.1", "-p", &self.control.to_string(), "-k"])
            .arg(self.folder.join("gate.key"))
            .env("NAMED_CONF", self.folder.join("named.conf"))
            .env("PATH", format!("{}:{path}:/usr/sbin:/sbin", tool.display()))
            .output()
            .unwrap()
    }

    /// The serial that `dig` gets.
    fn serial(&self) -> Option<u32> {
        let port = self.dns.to_string();
        let output = Command::new("dig")
            .args(["+short", "+tries=1", "+time=1", "@127.0.0.1", "-p", &port, "example.com", "SOA"])
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).split_whitespace().nth(2)?.parse().ok()
    }

    fn wait_for(&self, serial: u32) {
        let began = Instant::now();
        while self.serial() != Some(serial) {
            assert!(began.elapsed() < PATIENCE, "serial {serial} never came; now it is {:?}", self.serial());
            sleep(Duration::from_millis(50));
        }
    }
}

/// A broken zone is not reloaded, a good one is.
pub(crate) fn judge() {
    let root = folder();
    let gate = Gate { folder: root.path(), dns: port(), control: port() };
    gate.configure();
    gate.write("example.com", &zone(1, ""));
    let named = Command::new("named")
        .args(["-f", "-c", "named.conf"])
        .current_dir(root.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _named = Running(named.expect("it is installed"));
    gate.wait_for(1);

    gate.write("example.com", &zone(2, "www A 192.0.2.300\n"));
    let refused = gate.reload();
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&refused.stderr));
    assert!(said.contains("error[bad-address]"), "{said}");
    sleep(Duration::from_millis(500));
    assert_eq!(gate.serial(), Some(1), "nothing was reloaded");

    gate.write("example.com", &zone(3, "www A 192.0.2.30\n"));
    let done = gate.reload();
    let said = [done.stdout, done.stderr].concat();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&said));
    gate.wait_for(3);

    fs::remove_file(root.path().join("example.com")).unwrap();
    assert_eq!(
        gate.reload().status.code(),
        Some(2),
        "the zone would be gone, and none is left to be checked"
    );
}
