//! A hand-in sealed for its class: whoever has the class's public key can write one, only who has the private one reads it.
//!
//! It is HPKE (RFC 9180) in its base mode, X25519 with HKDF-SHA256 and ChaCha20-Poly1305, as rustls carries it for TLS. The
//! class's id goes in as associated data, so that a file cannot be passed off as another class's.
//!
//! ```text
//! {"format":1,"program":"respline sealed hand-in","class":"autumn","key":"…","secret":"…"}
//! 3f90…    64 hex digits a line
//! ```

use std::{fmt, fmt::Write as _};

use rustls::crypto::{
    aws_lc_rs::hpke::DH_KEM_X25519_HKDF_SHA256_CHACHA20_POLY1305 as SUITE,
    hpke::{EncapsulatedSecret, Hpke as _, HpkePrivateKey, HpkePublicKey},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::HandInError;

const FORMAT: u32 = 1;
const PROGRAM: &str = "respline sealed hand-in";

/// What the keys are used for, so that nothing else made with them can be mistaken for it.
const INFO: &[u8] = b"respline hand-in 1";

/// Bytes of the text on a line.
const WIDTH: usize = 32;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    format: u32,
    program: String,
    class: String,
    /// The beginning of the public key's digest.
    key: String,
    secret: String,
}

/// The private half of a class's hand-in key. It is not shown.
pub struct OpeningKey(Vec<u8>);

impl fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpeningKey(…)")
    }
}

impl OpeningKey {
    /// Makes a pair: the private half and the public one. None where there is no randomness.
    pub fn make() -> Option<(Self, [u8; 32])> {
        let (public, private) = SUITE.generate_key_pair().ok()?;
        Some((Self(private.secret_bytes().to_vec()), public.0.try_into().ok()?))
    }

    /// The private half as it is kept in a file: a line of 64 hex digits.
    pub fn text(&self) -> String {
        hex(&self.0)
    }

    /// Reads the last line of a file that holds it.
    pub fn read(text: &str) -> Option<Self> {
        let line = text.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
        bytes(line).filter(|bytes| bytes.len() == 32).map(Self)
    }

    /// Opens what was sealed for `class`, whose public key this is.
    ///
    /// # Errors
    /// When it was sealed for another key, or changed since.
    pub fn open(&self, class: &str, public: &[u8; 32], text: &[u8]) -> Result<Vec<u8>, HandInError> {
        let (first, body) = parts(text).ok_or(HandInError::Broken)?;
        if first.key != name(public) || first.class != class {
            return Err(HandInError::OtherKey);
        }
        let secret = EncapsulatedSecret(bytes(&first.secret).ok_or(HandInError::Broken)?);
        let body = bytes(&body).ok_or(HandInError::Broken)?;
        let key = HpkePrivateKey::from(self.0.clone());
        SUITE.open(&secret, INFO, class.as_bytes(), &body, &key).map_err(|_| HandInError::Broken)
    }
}

/// Seals `text` for `class` with its public key. None where the key is no point of the curve, or there is no randomness.
pub fn seal(class: &str, public: &[u8; 32], text: &[u8]) -> Option<String> {
    let key = HpkePublicKey(public.to_vec());
    let (secret, body) = SUITE.seal(INFO, class.as_bytes(), text, &key).ok()?;
    let (program, secret) = (PROGRAM.into(), hex(&secret.0));
    let first = First { format: FORMAT, program, class: class.into(), key: name(public), secret };
    let mut sealed = serde_json::to_string(&first).ok()?;
    for line in body.chunks(WIDTH) {
        sealed.extend(["\n", &hex(line)]);
    }
    sealed.push('\n');
    Some(sealed)
}

/// It is a sealed hand-in, of whatever class and format.
pub fn is_sealed(text: &[u8]) -> bool {
    parts(text).is_some()
}

/// The first line, and the digits under it.
fn parts(text: &[u8]) -> Option<(First, String)> {
    let mut lines = text.split(|byte| *byte == b'\n');
    let first: First = serde_json::from_slice(lines.next()?).ok()?;
    let body = lines.flatten().filter(|byte| **byte != b'\r').map(|byte| char::from(*byte)).collect();
    (first.program == PROGRAM && first.format == FORMAT).then_some((first, body))
}

/// What a public key is called: 16 hex digits of its SHA-256.
fn name(public: &[u8; 32]) -> String {
    hex(Sha256::digest(public).get(..8).unwrap_or_default())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let all: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    all.filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_class_s_key_opens_it_and_only_as_its_class_s() {
        let (private, public) = OpeningKey::make().expect("there is randomness");
        let (other, others) = OpeningKey::make().expect("there is randomness");
        let sealed = seal("autumn", &public, b"work").expect("it is sealed");
        assert!(is_sealed(sealed.as_bytes()) && !sealed.contains("work"));
        let read = OpeningKey::read(&format!("# kept\n{}\n", private.text())).expect("it reads back");
        assert_eq!(read.open("autumn", &public, sealed.as_bytes()).as_deref(), Ok(b"work".as_slice()));
        assert_eq!(other.open("autumn", &others, sealed.as_bytes()), Err(HandInError::OtherKey));
        assert_eq!(other.open("autumn", &public, sealed.as_bytes()), Err(HandInError::Broken));
        assert_eq!(private.open("spring", &public, sealed.as_bytes()), Err(HandInError::OtherKey));
        let renamed = sealed.replace("autumn", "spring");
        assert_eq!(private.open("spring", &public, renamed.as_bytes()), Err(HandInError::Broken));
        assert!(!format!("{private:?}").contains(&private.text()));
    }

    #[test]
    fn line_ends_of_another_system_break_nothing() {
        let (private, public) = OpeningKey::make().expect("there is randomness");
        let sealed = seal("autumn", &public, &[7; 300]).expect("it is sealed").replace('\n', "\r\n");
        assert_eq!(private.open("autumn", &public, sealed.as_bytes()), Ok(vec![7; 300]));
    }

    proptest! {
        #[test]
        fn a_seal_that_was_touched_is_broken(at in 0_usize..1_000, to in "[0-9a-f]") {
            let (private, public) = OpeningKey::make().expect("there is randomness");
            let mut sealed = seal("autumn", &public, b"the work of one learner").expect("it is sealed").into_bytes();
            let from = sealed.iter().position(|byte| *byte == b'\n').expect("two lines") + 1;
            let at = from + at % (sealed.len() - from - 1);
            prop_assume!(sealed[at] != b'\n' && sealed[at] != to.as_bytes()[0]);
            sealed[at] = to.as_bytes()[0];
            prop_assert_eq!(private.open("autumn", &public, &sealed), Err(HandInError::Broken));
        }

        #[test]
        fn anything_is_opened_without_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let (private, public) = OpeningKey::make().expect("there is randomness");
            prop_assert!(private.open("autumn", &public, &bytes).is_err());
        }
    }
}
