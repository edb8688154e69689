//! PINs are guessed slowly.
//!
//! A wrong PIN counts against its name and against the address it came from. Right ones cost nothing, so that a class behind
//! one address can come in at once.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    num::NonZero,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{gate::network, pin};

/// Wrong PINs for one name: so many at once, then one a minute.
const NAME_GUESSES: u32 = 5;

/// Wrong PINs from one network: so many at once, then one every ten seconds.
const NETWORK_GUESSES: u32 = 40;

/// Hashes computed at once: each takes 19 MiB.
const AT_ONCE: usize = 2;

/// Names or networks that are remembered before those whose time is over are forgotten.
const REMEMBERED: usize = 4096;

/// Who guesses how fast.
pub(super) struct Guard {
    names: Guesses<String>,
    networks: Guesses<IpAddr>,
    hashing: Arc<Semaphore>,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            names: Guesses::new(Duration::from_mins(1), NAME_GUESSES),
            networks: Guesses::new(Duration::from_secs(10), NETWORK_GUESSES),
            hashing: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Guard {
    /// How long nobody may try for `name` or from `address`; nothing where they may.
    pub(super) fn wait(&self, name: &str, address: IpAddr) -> Option<Duration> {
        let waits = [self.names.wait(&folded(name)), self.networks.wait(&network(address))];
        waits.into_iter().flatten().max()
    }

    /// A wrong PIN or join code was given.
    pub(super) fn wrong(&self, name: &str, address: IpAddr) {
        self.names.wrong(folded(name));
        self.networks.wrong(network(address));
    }

    /// Whether `pin` is the one of `hash`. Where there is no hash it takes as long, so that nobody learns which names have one.
    pub(super) async fn verify(&self, pin: String, hash: Option<String>) -> bool {
        let Ok(_turn) = self.hashing.acquire().await else { return false };
        spawn_blocking(move || pin::verify(&pin, hash.as_deref())).await.unwrap_or(false)
    }

    /// The hash of `pin`; none where it cannot be made.
    pub(super) async fn hash(&self, pin: String) -> Option<String> {
        let _turn = self.hashing.acquire().await.ok()?;
        spawn_blocking(move || pin::hash(&pin)).await.ok()?
    }
}

/// Whether two secrets are the same, without telling by the time it takes where they differ.
pub(super) fn same_secret(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Wrong guesses by whom they count against.
struct Guesses<K: Hash + Eq + Clone> {
    limit: DefaultKeyedRateLimiter<K>,
    /// Who has to wait, and until when.
    waiting: Mutex<HashMap<K, Instant>>,
}

impl<K: Hash + Eq + Clone> Guesses<K> {
    fn new(each: Duration, at_once: u32) -> Self {
        let quota = Quota::with_period(each).unwrap_or(Quota::per_minute(NonZero::<u32>::MIN));
        let quota = quota.allow_burst(NonZero::new(at_once).unwrap_or(NonZero::<u32>::MIN));
        Self { limit: RateLimiter::keyed(quota), waiting: Mutex::default() }
    }

    fn wait(&self, who: &K) -> Option<Duration> {
        let until = *self.waiting.lock().unwrap_or_else(PoisonError::into_inner).get(who)?;
        Some(until.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
    }

    fn wrong(&self, who: K) {
        if self.limit.len() > REMEMBERED {
            self.limit.retain_recent();
        }
        let Err(refused) = self.limit.check_key(&who) else { return };
        let now = Instant::now();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, until| *until > now);
        waiting.insert(who, now + refused.wait_time_from(DefaultClock::default().now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    #[test]
    fn a_name_that_is_guessed_at_waits_wherever_it_is_guessed_from_and_others_do_not() {
        let guard = Guard::default();
        for _ in 0..NAME_GUESSES {
            guard.wrong("Ann", HERE);
            assert_eq!(guard.wait("ann", HERE), None);
        }
        guard.wrong("ANN", HERE);
        assert!(guard.wait("ann", THERE).is_some_and(|left| left <= Duration::from_mins(1)));
        assert_eq!(guard.wait("bob", HERE), None);
    }

    #[test]
    fn a_network_that_guesses_at_many_names_waits() {
        let guard = Guard::default();
        for guess in 0..=NETWORK_GUESSES {
            guard.wrong(&format!("name {guess}"), HERE);
        }
        assert!(guard.wait("bob", HERE).is_some());
        assert_eq!(guard.wait("bob", THERE), None);
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same_secret("tulip", "tulip"));
        assert!(["tulp", "tulips", "", "Tulip"].iter().all(|other| !same_secret("tulip", other)));
    }
}
