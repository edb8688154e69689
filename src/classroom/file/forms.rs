//! The small texts of a class file: shares, times, codes, keys.

use std::time::Duration;

use super::super::ExtraTime;

/// `10%` as 10, up to 100.
pub(super) fn share(text: &str) -> Option<u32> {
    percent(text).filter(|percent| *percent <= 100)
}

fn percent(text: &str) -> Option<u32> {
    whole(text.strip_suffix('%')?, 3)
}

/// `1h30m`: days, hours and minutes in this order, each at most once, at least a minute in all.
pub fn span(text: &str) -> Option<Duration> {
    let mut minutes = 0;
    let mut rest = text;
    for (unit, worth) in [('d', 24 * 60), ('h', 60), ('m', 1)] {
        if let Some((count, after)) = rest.split_once(unit) {
            minutes += u64::from(whole(count, 5)?) * worth;
            rest = after;
        }
    }
    (rest.is_empty() && minutes > 0).then(|| Duration::from_mins(minutes))
}

/// `25%` or `15m`.
pub(in crate::classroom) fn extra_time(text: &str) -> Option<ExtraTime> {
    percent(text).map(ExtraTime::Percent).or_else(|| span(text).map(ExtraTime::Fixed))
}

/// Digits and nothing else, so many at most.
fn whole(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// `x25519:` and the 32 bytes of a public key.
pub(super) fn hand_in_key(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_prefix("x25519:")?;
    let plain = digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let byte = |place: usize| u8::from_str_radix(digits.get(2 * place..2 * place + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    bytes?.try_into().ok().filter(|_| plain)
}

pub(super) fn is_join_code(text: &str) -> bool {
    (8..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

pub(super) fn is_roster(path: &str) -> bool {
    let inside = path.split(['/', '\\']).all(|part| !matches!(part, "" | "." | "..") && !part.contains(':'));
    inside && path.strip_suffix(".csv").is_some() && path.len() <= 200
}

pub(in crate::classroom) fn is_public_key(line: &str) -> bool {
    let mut words = line.splitn(3, ' ');
    let kind = words.next().unwrap_or_default();
    let key = words.next().unwrap_or_default();
    let known = ["ssh-", "ecdsa-", "sk-"].iter().any(|start| kind.starts_with(start));
    let name = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'@' | b'.'));
    let base64 =
        key.trim_end_matches('=').bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    known && name && base64 && key.len() > 40 && line.len() <= 4_000 && !line.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_days_hours_and_minutes_in_this_order() {
        assert_eq!(span("1h30m"), Some(Duration::from_mins(90)));
        assert_eq!(span("365d"), Some(Duration::from_hours(365 * 24)));
        for bad in ["", "m", "30", "30m1h", "1.5h", "-5m", "+5m", "5m5m", "0m", "5 m", "999999m", "5M"] {
            assert_eq!(span(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_share_has_its_sign() {
        assert_eq!((share("10%"), share("100%"), share("0%")), (Some(10), Some(100), Some(0)));
        assert!(["10", "101%", "-1%", "+1%", "1.5%", "%", " 5%"].iter().all(|bad| share(bad).is_none()));
        assert_eq!(extra_time("150%"), Some(ExtraTime::Percent(150)));
        assert_eq!(extra_time("15m"), Some(ExtraTime::Fixed(Duration::from_mins(15))));
    }

    #[test]
    fn a_hand_in_key_is_its_digits() {
        let text = format!("x25519:{}0f", "a1".repeat(31));
        assert_eq!(hand_in_key(&text).map(|key| (key[0], key[31])), Some((0xa1, 0x0f)));
        let upper = text.to_uppercase();
        assert!(
            ["x25519:a1", text.trim_start_matches('x'), &upper, &format!("{text}0"), ""]
                .iter()
                .all(|bad| hand_in_key(bad).is_none())
        );
    }

    #[test]
    fn a_roster_stays_in_the_class_s_folder() {
        assert!(is_roster("roster.csv") && is_roster("lists/autumn 26.csv"));
        for bad in ["/etc/a.csv", "../a.csv", "a/../b.csv", "a.txt", "C:\\a.csv", "\\\\host\\a.csv", "a//b.csv"] {
            assert!(!is_roster(bad), "{bad}");
        }
    }

    #[test]
    fn a_key_is_the_line_of_its_file() {
        let key = format!("ssh-ed25519 {} ana@host", "A".repeat(68));
        assert!(is_public_key(&key));
        assert!(!is_public_key(&format!("command=\"sh\" {key}")), "no options");
        assert!(!is_public_key("ssh-ed25519 short") && !is_public_key("-----BEGIN OPENSSH PRIVATE KEY-----"));
    }
}
