//! Ids that a name alone gives: UUIDs of version 5 (RFC 9562, section 5.5).

use std::fmt::Write as _;

use sha1::{Digest, Sha1};

/// The namespace of addresses (RFC 9562, section 6.6).
const ADDRESSES: [u8; 16] =
    [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];

/// The id of a name that is an address.
pub(super) fn uuid(name: &str) -> String {
    let hash = Sha1::new().chain_update(ADDRESSES).chain_update(name).finalize();
    let mut text = String::with_capacity(36);
    for (place, byte) in hash.into_iter().take(16).enumerate() {
        let byte = match place {
            6 => byte & 0x0f | 0x50,
            8 => byte & 0x3f | 0x80,
            _ => byte,
        };
        if [4, 6, 8, 10].contains(&place) {
            text.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_that_of_others() {
        // Reckoned with Python's uuid.uuid5(uuid.NAMESPACE_URL, …).
        assert_eq!(uuid("https://respline.example/a"), "e3620fb4-0a25-5227-b280-26da16aa939d");
        assert_eq!(uuid(""), "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
    }
}
