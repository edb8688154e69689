//! What a PIN is, and its hash: one rule for whoever chooses one, at the door of the box or at its keyboard.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};

/// The shortest PIN, in characters: with five guesses a minute, six digits last for years.
pub const SHORTEST: usize = 6;

/// The longest PIN, in bytes: hashing reads all of it.
pub const LONGEST: usize = 64;

/// The PIN is neither too short nor too long, and can be typed.
pub fn is_pin(pin: &str) -> bool {
    pin.chars().count() >= SHORTEST && pin.len() <= LONGEST && !pin.chars().any(char::is_control)
}

/// The hash of `pin` as a PHC string (argon2id, the parameters that OWASP recommends); none where the system has no
/// randomness for its salt.
pub fn hash(pin: &str) -> Option<String> {
    Argon2::default().hash_password(pin.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Whether `pin` is the one of the hash `known`. Where there is none it takes as long, so that nobody learns who has one.
pub(super) fn verify(pin: &str, known: Option<&str>) -> bool {
    let Some(known) = known.and_then(|known| PasswordHash::new(known).ok()) else {
        hash(pin);
        return false;
    };
    Argon2::default().verify_password(pin.as_bytes(), &known).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_a_length() {
        assert!(is_pin("123456") && is_pin("six words that I remember well"));
        let long = "x".repeat(65);
        assert!(["", "12345", "12345\u{3}", "1234\t56", &long].iter().all(|pin| !is_pin(pin)));
    }

    #[test]
    fn a_hash_is_argon2id_with_a_salt_of_its_own_and_knows_its_pin_and_no_other() {
        let [one, other] = [(), ()].map(|()| hash("123456").expect("it has one"));
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && one != other, "{one}");
        assert!(verify("123456", Some(&one)) && !verify("123457", Some(&one)));
        assert!(!verify("123456", None) && !verify("123456", Some("no hash")));
    }
}
