//! The door, before any key is exchanged: how many may stand in it, and how often one address may knock.
//!
//! The protocol's library bounds neither. Whoever has logged in is never pushed out; of those who have not, the one who has
//! stood there longest makes room for the next, so that a flood of half-open connections keeps nobody out for long.

use std::{
    collections::VecDeque,
    net::{IpAddr, Ipv6Addr},
    num::NonZero,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::Limits;

/// Addresses that are remembered before those that have calmed down are forgotten.
const REMEMBERED: usize = 4096;

/// The door.
pub(super) struct Gate {
    room: Arc<Semaphore>,
    knocks: DefaultKeyedRateLimiter<IpAddr>,
    waiting: Arc<Mutex<Waiting>>,
    pending: usize,
}

#[derive(Debug, Default)]
struct Waiting {
    next: u64,
    /// The oldest first.
    list: VecDeque<(u64, CancellationToken)>,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// As many are connected as may be.
    Full,
    /// This address knocks too often.
    TooOften,
}

impl Refusal {
    /// What the client is told, as a line before the protocol begins (RFC 4253, section 4.2).
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Full => "respline: this box is full, try again in a minute\r\n",
            Self::TooOften => "respline: too many connections from your address, try again in a minute\r\n",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::TooOften => "too-often",
        }
    }
}

/// A place in the box, given up when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    id: u64,
    /// Cuts the connection.
    pub(super) switch: CancellationToken,
    waiting: Arc<Mutex<Waiting>>,
    /// Sessions on this connection.
    sessions: AtomicUsize,
    _room: OwnedSemaphorePermit,
}

impl Place {
    /// A session begins on it.
    pub(super) fn enter(&self) {
        self.sessions.fetch_add(1, Ordering::SeqCst);
        self.keep();
    }

    /// A session has ended on it.
    pub(super) fn leave(&self) {
        self.sessions.fetch_sub(1, Ordering::SeqCst);
    }

    /// No session is on it.
    pub(super) fn is_empty(&self) -> bool {
        self.sessions.load(Ordering::SeqCst) == 0
    }

    /// Whoever has it is known now, and is not pushed out any more.
    fn keep(&self) {
        locked(&self.waiting).list.retain(|(id, _)| *id != self.id);
    }

    /// Whoever has it is not known yet.
    pub(super) fn is_waiting(&self) -> bool {
        locked(&self.waiting).list.iter().any(|(id, _)| *id == self.id)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.keep();
    }
}

impl Gate {
    pub(super) fn new(limits: &Limits) -> Self {
        let at_least_one = |number: u32| NonZero::new(number).unwrap_or(NonZero::<u32>::MIN);
        let quota = Quota::per_second(at_least_one(limits.rate)).allow_burst(at_least_one(limits.burst));
        Self {
            room: Arc::new(Semaphore::new(limits.connections)),
            knocks: RateLimiter::keyed(quota),
            waiting: Arc::default(),
            pending: limits.pending.max(1),
        }
    }

    /// Lets somebody in, or says why not.
    pub(super) fn admit(&self, from: IpAddr) -> Result<Place, Refusal> {
        if self.knocks.len() > REMEMBERED {
            self.knocks.retain_recent();
        }
        self.knocks.check_key(&network(from)).map_err(|_| Refusal::TooOften)?;
        let room = Arc::clone(&self.room).try_acquire_owned().map_err(|_| Refusal::Full)?;
        let switch = CancellationToken::new();
        let mut waiting = locked(&self.waiting);
        while waiting.list.len() >= self.pending
            && let Some((_, oldest)) = waiting.list.pop_front()
        {
            oldest.cancel();
        }
        let id = waiting.next;
        waiting.next += 1;
        waiting.list.push_back((id, switch.clone()));
        drop(waiting);
        Ok(Place { id, switch, waiting: Arc::clone(&self.waiting), sessions: AtomicUsize::new(0), _room: room })
    }
}

fn locked(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One subscriber's network: a single address of IPv4, 64 bits of IPv6.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64))),
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const TWO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn gate(change: impl FnOnce(&mut Limits)) -> Gate {
        let mut limits = Limits { connections: 10, pending: 2, burst: 5, rate: 1, ..Limits::default() };
        change(&mut limits);
        Gate::new(&limits)
    }

    #[test]
    fn one_address_may_knock_in_a_burst_and_others_are_not_held_up() {
        let gate = gate(|_| {});
        let places: Vec<_> = (0..6).map(|_| gate.admit(ONE).map_err(Refusal::label)).collect();
        assert!(places.iter().take(5).all(Result::is_ok));
        assert_eq!(places.last().expect("there are six").as_ref().err(), Some(&"too-often"));
        assert!(gate.admit(TWO).is_ok());
    }

    #[test]
    fn a_full_box_takes_nobody_until_somebody_leaves() {
        let gate = gate(|limits| limits.connections = 2);
        let (first, _second) = (gate.admit(ONE).expect("there is room"), gate.admit(ONE));
        assert_eq!(gate.admit(ONE).err(), Some(Refusal::Full));
        drop(first);
        assert!(gate.admit(ONE).is_ok());
    }

    #[test]
    fn the_oldest_of_those_who_are_not_known_makes_room() {
        let gate = gate(|_| {});
        let known = gate.admit(ONE).expect("there is room");
        known.keep();
        let waiting: Vec<_> = (0..3).map(|_| gate.admit(ONE).expect("there is room")).collect();
        let cut: Vec<bool> = waiting.iter().map(|place| place.switch.is_cancelled()).collect();
        assert_eq!(cut, [true, false, false]);
        assert!(!known.switch.is_cancelled());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    proptest::proptest! {
        #[test]
        fn any_limits_make_a_door(
            connections in 0..=1_000_000_usize,
            pending: usize,
            burst in proptest::prop_oneof![proptest::prelude::Just(u32::MAX), 0..9_u32],
            rate in proptest::prop_oneof![proptest::prelude::Just(u32::MAX), 0..9_u32],
        ) {
            let gate = gate(|limits| *limits = Limits { connections, pending, burst, rate, ..*limits });
            let admitted = gate.admit(ONE).map_err(Refusal::label);
            proptest::prop_assert_eq!(admitted.is_ok(), connections > 0, "{:?}", admitted);
        }
    }
}
