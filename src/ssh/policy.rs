//! What the one who runs the box decides: who may come in, and how much anybody may take. All of it can change while the box
//! runs; what has begun goes on under the rules it began with.

use std::time::Duration;

/// Who may come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Somebody whom nobody knows yet may make an account.
    pub enrol: bool,
    /// What they must know for that.
    pub join_code: Option<String>,
    /// A name and a PIN let somebody in who has no key at hand.
    pub pins: bool,
    /// Everybody is a guest, and no work is kept beyond the session: a demonstration.
    pub open: bool,
    /// How much anybody may take.
    pub limits: Limits,
}

impl Default for Policy {
    fn default() -> Self {
        Self { enrol: true, join_code: None, pins: false, open: false, limits: Limits::default() }
    }
}

/// How much anybody may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Connections open at once.
    pub connections: usize,
    /// Connections that are not logged in; one more pushes out the oldest of them.
    pub pending: usize,
    /// Connections from one address at once in a burst. A whole class may sit behind one address.
    pub burst: u32,
    /// Connections from one address in each second after that.
    pub rate: u32,
    /// Sessions of one learner.
    pub sessions: usize,
    /// Time to log in, typing a name included.
    pub login: Duration,
    /// Time without a key after which a session ends.
    pub idle: Duration,
    /// Time a client may leave a frame unread.
    pub stall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2000,
            pending: 600,
            burst: 1000,
            rate: 20,
            sessions: 4,
            login: Duration::from_mins(2),
            idle: Duration::from_hours(1),
            stall: Duration::from_secs(30),
        }
    }
}
