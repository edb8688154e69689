//! What an auditor of SSH servers finds.

use std::process::Command;

use serde_json::Value;

use super::{openssh::python, serving::Host};

/// Clients without a post-quantum exchange, such as OpenSSH before 9.9 and `PuTTY` before 0.83, have this or nothing. It is
/// offered last, and whoever can do better does.
const KEPT: (&str, &str) = ("curve25519-sha256", "does not provide protection against post-quantum attacks");

/// Every finding of this level, with what it is about.
fn findings(report: &Value, level: &str) -> Vec<String> {
    ["kex", "key", "enc", "mac"]
        .iter()
        .flat_map(|kind| report[kind].as_array().expect("a list"))
        .flat_map(|algorithm| {
            let name = algorithm["algorithm"].as_str().expect("a name");
            let notes = algorithm["notes"][level].as_array().into_iter().flatten();
            notes.map(move |note| (name, note.as_str().expect("words")))
        })
        .filter(|(name, note)| !(name.starts_with(KEPT.0) && *note == KEPT.1))
        .map(|(name, note)| format!("{name}: {note}"))
        .collect()
}

#[test]
#[ignore = "needs ssh-audit"]
fn ssh_audit_finds_nothing_weak() {
    let serving = Host::new().serve(&[]);
    let port = serving.port().to_string();
    let mut command = Command::new(python("ssh-audit"));
    let output = command.args(["--json", "--port", &port, "127.0.0.1"]).output().expect("ssh-audit is installed");
    let report: Value = serde_json::from_slice(&output.stdout).expect("it reports in JSON");
    for level in ["fail", "warn"] {
        assert_eq!(findings(&report, level), [""; 0], "{level}");
    }
    assert!(report["cves"].as_array().is_none_or(Vec::is_empty), "{report}");
    let (keys, ciphers) = (&report["key"], &report["enc"]);
    assert_eq!(report["kex"][0]["algorithm"], "mlkem768x25519-sha256", "{report}");
    assert_eq!(keys[0]["algorithm"], "ssh-ed25519", "{report}");
    assert!(ciphers.as_array().is_some_and(|list| !list.is_empty()), "an empty report shows nothing: {report}");
}
