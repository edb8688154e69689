//! Public keys as learners hand them in: strictly read, and kept in one form.
//!
//! A line of `authorized_keys` may begin with options, and options can run commands. Nobody's hand-in says how their key
//! is used, so only the key itself is taken.

use russh::keys::{
    HashAlg, PublicKey,
    ssh_key::{Algorithm, public::KeyData},
};

/// The smallest RSA key that is taken, in bits: what OpenSSH and NIST still call safe.
const SMALLEST_RSA: u32 = 2048;

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    key: PublicKey,
    text: String,
}

/// What a line is in place of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum KeyError {
    /// There is no line with a key.
    #[error("there is no key in it")]
    Empty,
    /// A line is something else.
    #[error("line {line} is no public key of a known kind")]
    Unknown {
        /// Counted from one.
        line: usize,
    },
    /// A private key, which nobody else should have seen.
    #[error("line {line} is of a private key: it belongs to its owner alone and should be made anew")]
    Private {
        /// Counted from one.
        line: usize,
    },
    /// An RSA key that can be broken.
    #[error("line {line} is an RSA key of {bits} bits; {SMALLEST_RSA} is the least")]
    Weak {
        /// Counted from one.
        line: usize,
        /// Its size.
        bits: u32,
    },
}

impl Key {
    /// The keys of `text`, one a line; blank lines and remarks are passed over.
    ///
    /// # Errors
    /// At the first line that is anything else, options before a key included.
    pub(super) fn all(text: &str) -> Result<Vec<Self>, KeyError> {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
        let keys = lines.map(|(text, line)| Self::line(text, line)).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
    }

    fn line(text: &str, line: usize) -> Result<Self, KeyError> {
        if text.contains("PRIVATE KEY") {
            return Err(KeyError::Private { line });
        }
        let mut words = text.split_ascii_whitespace();
        let key = words.next().zip(words.next()).and_then(|(kind, body)| Self::of(kind, body));
        let Some(key) = key else { return Err(KeyError::Unknown { line }) };
        match key.key.key_data() {
            KeyData::Rsa(rsa) if rsa.key_size() < SMALLEST_RSA => Err(KeyError::Weak { line, bits: rsa.key_size() }),
            _ => Ok(key),
        }
    }

    /// The key of this type and body; none where it is no key, or of a kind that is not taken (DSA, certificates).
    pub(super) fn of(kind: &str, body: &str) -> Option<Self> {
        let text = format!("{kind} {body}");
        let key = PublicKey::from_openssh(&text).ok()?;
        let is_taken = matches!(
            key.algorithm(),
            Algorithm::Ed25519
                | Algorithm::Ecdsa { .. }
                | Algorithm::Rsa { .. }
                | Algorithm::SkEd25519
                | Algorithm::SkEcdsaSha2NistP256
        );
        // One key, one text: whatever is written otherwise would be a second key to the database.
        let is_normal = key.to_openssh().is_ok_and(|normal| normal == text);
        (is_taken && is_normal).then_some(Self { key, text })
    }

    /// Type and body, as they are kept and as sshd writes them.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// As OpenSSH shows it: `SHA256:…`.
    pub(super) fn fingerprint(&self) -> String {
        self.key.fingerprint(HashAlg::Sha256).to_string()
    }
}

/// The fingerprint of a key as it is kept.
pub(super) fn fingerprint(kept: &str) -> Option<String> {
    let (kind, body) = kept.split_once(' ')?;
    Key::of(kind, body).map(|key| key.fingerprint())
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(in super::super) const ANN: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMUjKovJAY/5nAa2ym7NrCDA+kmy+gnpSqzb4EqDTjlL";
    const BOB: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBOwPvoTcyrDJ8v9aKU5PsRxlVDNmSOTLEXgh3FD8gINOyjJSOOhX5GXnVUnpWQyZLYP02NrIcsmjgWi8t1xBF+M=";

    fn lines(text: &str) -> Result<Vec<String>, KeyError> {
        Key::all(text).map(|keys| keys.iter().map(|key| key.text().to_owned()).collect())
    }

    #[test]
    fn a_file_of_keys_is_read_without_remarks_and_comments() {
        let file = format!("# my keys\n\n{ANN} ann's laptop, the old one\r\n{BOB}\n");
        assert_eq!(lines(&file), Ok(vec![ANN.to_owned(), BOB.to_owned()]));
    }

    #[test]
    fn an_option_before_a_key_is_refused() {
        for options in ["restrict", "command=\"id\"", "no-pty,command=\"a b\"", "environment=\"A=b\"", "cert-authority"]
        {
            assert_eq!(lines(&format!("{ANN}\n{options} {ANN}")), Err(KeyError::Unknown { line: 2 }), "{options}");
        }
    }

    #[test]
    fn what_is_no_key_or_a_weak_one_is_refused() {
        assert_eq!(lines("# nothing\n"), Err(KeyError::Empty));
        assert_eq!(lines("-----BEGIN OPENSSH PRIVATE KEY-----\n"), Err(KeyError::Private { line: 1 }));
        let (kind, body) = ANN.split_once(' ').expect("two words");
        for (kind, body) in
            [("ssh-rsa", body), (kind, &body.replace("5AAAA", "")), (kind, "x"), ("ssh-dss", body), (kind, "")]
        {
            assert_eq!(lines(&format!("{kind} {body}")), Err(KeyError::Unknown { line: 1 }), "{kind} {body}");
        }
        let weak = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ";
        assert!(lines(weak).is_err());
    }

    proptest! {
        #[test]
        fn no_line_is_misread(text in "\\PC{0,80}", at in 0..ANN.len()) {
            let _ = Key::all(&text);
            let mut broken = ANN.to_owned();
            broken.insert_str(at, &text);
            for key in Key::all(&broken).into_iter().flatten() {
                let known = broken.split_ascii_whitespace().take(2).collect::<Vec<_>>().join(" ");
                prop_assert_eq!(key.text(), known);
            }
        }
    }
}
