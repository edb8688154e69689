//! What the box counts, in the text form that Prometheus reads. Nothing in it names a learner.

use std::{sync::atomic::AtomicI64, time::Duration};

use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

type Label = [(&'static str, &'static str); 1];

/// Counts and times.
pub(super) struct Metrics {
    registry: Registry,
    /// Connections by what became of them at the door.
    connections: Family<Label, Counter>,
    /// Logins by what let them in, or that nothing did.
    logins: Family<Label, Counter>,
    /// Sessions open.
    sessions: Gauge<i64, AtomicI64>,
    /// Sessions that have ended, by why.
    ended: Family<Label, Counter>,
    /// Posts of records, stored or not.
    posts: Family<Label, Counter>,
    /// Time of a commit.
    commit: Histogram,
    /// Bytes sent to learners' terminals.
    sent: Counter,
    /// Time from a key to its frame being handed to the connection.
    frame: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let from_a_tenth_of_a_millisecond = || Histogram::new(exponential_buckets(0.0001, 2.0, 16));
        let mut metrics = Self {
            registry: Registry::with_prefix("respline"),
            connections: Family::default(),
            logins: Family::default(),
            sessions: Gauge::default(),
            ended: Family::default(),
            posts: Family::default(),
            commit: from_a_tenth_of_a_millisecond(),
            sent: Counter::default(),
            frame: from_a_tenth_of_a_millisecond(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("connections", "Connections, by outcome at the door", self.connections.clone());
        registry.register("logins", "Logins, by outcome", self.logins.clone());
        registry.register("sessions", "Sessions open", self.sessions.clone());
        registry.register("sessions_ended", "Sessions that ended, by reason", self.ended.clone());
        registry.register("posts", "Posts of records, by outcome", self.posts.clone());
        registry.register_with_unit("commit", "Time of a commit", Unit::Seconds, self.commit.clone());
        registry.register_with_unit("sent", "Sent to terminals", Unit::Bytes, self.sent.clone());
        registry.register_with_unit("frame", "Time from a key to its frame", Unit::Seconds, self.frame.clone());
    }

    pub(super) fn connection(&self, outcome: &'static str) {
        self.connections.get_or_create(&[("outcome", outcome)]).inc();
    }

    pub(super) fn login(&self, outcome: &'static str) {
        self.logins.get_or_create(&[("outcome", outcome)]).inc();
    }

    pub(super) fn session_began(&self) {
        self.sessions.inc();
    }

    pub(super) fn session_ended(&self, why: &'static str) {
        self.sessions.dec();
        self.ended.get_or_create(&[("reason", why)]).inc();
    }

    pub(super) fn committed(&self, posts: usize, took: Duration, failed: usize) {
        self.commit.observe(took.as_secs_f64());
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        self.posts.get_or_create(&[("outcome", "stored")]).inc_by(count(posts.saturating_sub(failed)));
        self.posts.get_or_create(&[("outcome", "failed")]).inc_by(count(failed));
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.sent.inc_by(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    pub(super) fn framed(&self, took: Duration) {
        self.frame.observe(took.as_secs_f64());
    }

    /// All of it as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // A string takes whatever is written to it.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_told_in_prometheus_text() {
        let metrics = Metrics::default();
        metrics.login("key");
        metrics.committed(5, Duration::from_millis(2), 1);
        metrics.session_began();
        let text = metrics.text();
        for line in [
            r#"respline_logins_total{outcome="key"} 1"#,
            r#"respline_posts_total{outcome="stored"} 4"#,
            "respline_sessions 1",
            "respline_commit_seconds_count 1",
            "# EOF",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }
}
