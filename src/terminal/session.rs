//! One learner at one terminal: bytes in, bytes out, time as an argument.

use std::collections::VecDeque;

use crate::{
    app::{Input, Size},
    course::Timestamp,
    ui,
};

use super::{Engine, decode::Decoder, paint::Painter};

/// How long a lone escape may be the start of something, in milliseconds.
const ESCAPE_WAIT: i64 = 30;

/// How long keys wait for the store to answer, in milliseconds. After that they are taken: the learner must be able to leave.
const ANSWER_WAIT: i64 = 2000;

/// The most keys that wait; what is typed beyond is dropped, as a terminal's own queue does.
const LONGEST_QUEUE: usize = 256;

/// The largest screen that is drawn; a client may claim any.
const LARGEST: Size = Size { width: 500, height: 200 };

/// What is drawn on where a terminal does not tell its size.
const USUAL: Size = Size { width: 80, height: 24 };

/// The program behind one terminal. Whoever owns it moves the bytes and watches the clock.
pub struct Session {
    engine: Engine,
    decoder: Decoder,
    painter: Painter,
    /// When what the decoder holds is taken for keys.
    escape: Option<Timestamp>,
    /// What was typed while the store had not answered yet: it means what it would have meant after the answer.
    typed: VecDeque<Input>,
    /// When it is taken without the answer.
    impatient: Option<Timestamp>,
    /// Something happened since the last frame.
    stale: bool,
}

impl Session {
    /// A session of `engine`'s learner, whose first event should be the size of the screen.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            decoder: Decoder::default(),
            painter: Painter::default(),
            escape: None,
            typed: VecDeque::new(),
            impatient: None,
            stale: true,
        }
    }

    /// Takes what the terminal sent.
    pub fn feed(&mut self, bytes: &[u8], now: Timestamp) {
        for input in self.decoder.feed(bytes) {
            self.key(input, now);
        }
        self.escape = self.decoder.pending().then(|| Timestamp(now.0.saturating_add(ESCAPE_WAIT)));
    }

    /// Takes the size of the terminal.
    pub fn resize(&mut self, size: Size, now: Timestamp) {
        self.take(Input::Resize(drawable(size)), now);
    }

    /// Takes what the ledger has to say.
    pub fn tell(&mut self, input: Input, now: Timestamp) {
        self.engine.tell(input, now);
        self.stale = true;
        self.take_typed(now, |engine| !engine.awaiting());
    }

    /// When [`Self::tick`] wants to be called; never, as long as nothing is awaited.
    pub fn deadline(&self) -> Option<Timestamp> {
        let wakes = [
            self.escape,
            self.impatient,
            self.engine.world.wishes.wake,
            self.engine.look_due(),
            self.engine.follow_due(),
        ];
        wakes.into_iter().flatten().min()
    }

    /// Does what was due by `now`.
    pub fn tick(&mut self, now: Timestamp) {
        if self.escape.take_if(|due| *due <= now).is_some() {
            for input in self.decoder.flush() {
                self.key(input, now);
            }
        }
        if self.impatient.take_if(|due| *due <= now).is_some() {
            self.take_typed(now, |_| true);
        }
        if self.engine.world.wishes.wake.take_if(|due| *due <= now).is_some() {
            self.take(Input::Tick, now);
        }
        self.stale |= self.engine.look(now);
        self.stale |= self.engine.follow(now);
    }

    /// Bytes that bring the terminal up to date; none when it is. The first ones take it over.
    pub fn output(&mut self) -> Vec<u8> {
        if std::mem::take(&mut self.engine.world.wishes.repaint) {
            self.forget_screen();
        }
        match self.engine.state() {
            Some(state) if self.stale => {
                self.stale = false;
                self.painter.paint(ui::frame(state), ui::cursor(state), state.cx.look)
            }
            _ => Vec::new(),
        }
    }

    /// Bytes that give the terminal back; none when it is not taken over.
    pub fn leave(&mut self) -> Vec<u8> {
        self.painter.leave()
    }

    /// Forgets what the terminal shows, so that the next output takes it over and paints it whole.
    pub fn forget_screen(&mut self) {
        self.stale = true;
        self.painter.forget();
    }

    /// Ends it as if the learner had left, for one whose terminal is gone or who has to go: the place in a lesson is kept.
    pub fn end(&mut self, now: Timestamp) {
        if !self.ended() {
            self.engine.take(Input::Gone, now);
        }
    }

    /// Whether the learner has left.
    pub const fn ended(&self) -> bool {
        self.engine.ended()
    }

    /// Whether the store has yet to answer for something.
    pub const fn awaiting(&self) -> bool {
        self.engine.awaiting()
    }

    /// Whether the learner asked for the shell since the last call.
    pub const fn take_suspend(&mut self) -> bool {
        std::mem::replace(&mut self.engine.world.wishes.suspend, false)
    }

    fn key(&mut self, input: Input, now: Timestamp) {
        if self.typed.is_empty() && !self.engine.awaiting() {
            return self.take(input, now);
        }
        if self.typed.len() < LONGEST_QUEUE {
            self.typed.push_back(input);
            self.impatient.get_or_insert(Timestamp(now.0.saturating_add(ANSWER_WAIT)));
        }
    }

    /// Takes what was typed, as long as `ready` says so.
    fn take_typed(&mut self, now: Timestamp, ready: impl Fn(&Engine) -> bool) {
        while ready(&self.engine)
            && let Some(input) = self.typed.pop_front()
        {
            self.take(input, now);
        }
        if self.typed.is_empty() {
            self.impatient = None;
        }
    }

    fn take(&mut self, input: Input, at: Timestamp) {
        self.engine.take(input, at);
        self.stale = true;
    }
}

/// The size that is drawn on a terminal that says it has `size`.
const fn drawable(size: Size) -> Size {
    const fn side(given: u16, usual: u16, largest: u16) -> u16 {
        match given {
            0 => usual,
            _ if given > largest => largest,
            _ => given,
        }
    }
    Size {
        width: side(size.width, USUAL.width, LARGEST.width),
        height: side(size.height, USUAL.height, LARGEST.height),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{super::world::tests::Empty, *};
    use crate::{
        app::{Goal, Look, Overlay, Start},
        course::{Course, Order, Progress},
        store::{Cursor, Memory},
        terminal::{Direct, Ledger},
    };

    fn session() -> Session {
        session_with(Box::new(Direct::new(Box::new(Memory::default()), "ann".into(), Cursor::START)))
    }

    fn session_with(ledger: Box<dyn Ledger>) -> Session {
        let start = Start {
            size: USUAL,
            look: Look::default(),
            now: Timestamp(0),
            course: Arc::new(Course::default()),
            learner: "ann".into(),
            progress: Progress::default(),
            rooms: Vec::new(),
            zones: crate::app::Zones::UTC,
            origin: 1,
            order: Order::Shuffled,
            seed: None,
            goal: Goal::Home,
        };
        Session::new(Engine::start(start, ledger, Arc::new(Empty)))
    }

    #[test]
    fn only_a_lone_escape_sets_a_deadline_and_the_deadline_clears_it() {
        let mut session = session();
        session.feed(b"x", Timestamp(0));
        assert_eq!(session.deadline(), None);
        session.feed(b"\x1b", Timestamp(100));
        assert_eq!(session.deadline(), Some(Timestamp(130)));
        session.tick(Timestamp(129));
        assert_eq!(session.deadline(), Some(Timestamp(130)));
        session.tick(Timestamp(130));
        assert_eq!(session.deadline(), None);
        session.feed(b"\x1b", Timestamp(200));
        session.feed(b"[A", Timestamp(210));
        assert_eq!(session.deadline(), None);
    }

    /// Never answers by itself.
    struct Slow;

    impl Ledger for Slow {
        fn append(&mut self, _: Vec<crate::course::Record>) -> Vec<Input> {
            Vec::new()
        }

        fn act(&mut self, _: &str, _: crate::classroom::ClassRecord) -> Vec<Input> {
            Vec::new()
        }

        fn watch(&mut self, _: &Arc<crate::classroom::Class>) -> Vec<Input> {
            Vec::new()
        }
    }

    fn shown(session: &mut Session) -> String {
        session.forget_screen();
        String::from_utf8(session.output()).expect("a screen is text")
    }

    #[test]
    fn what_is_typed_before_the_store_answers_is_taken_after_it_or_when_patience_ends() {
        for answered in [true, false] {
            let mut session = session_with(Box::new(Slow));
            session.feed(b"s\r", Timestamp(0));
            assert!(session.engine.awaiting(), "the setting that was changed is on its way");
            session.feed(b"q?", Timestamp(10));
            assert!(shown(&mut session).contains("Theme"), "still in the settings");
            if answered {
                let last = crate::course::RecordKey { origin: 1, seq: 0 };
                session.tell(Input::Stored(last), Timestamp(20));
            } else {
                session.tick(Timestamp(2009));
                assert!(shown(&mut session).contains("Theme"));
                session.tick(session.deadline().expect("it is impatient"));
            }
            let state = session.engine.state().expect("it is not being updated");
            assert!(matches!(state.overlay, Some(Overlay::Help { .. })) && state.screens.len() == 1);
            assert_eq!(session.deadline(), None);
        }
    }

    #[test]
    fn a_frame_is_written_once_and_again_after_the_screen_was_lost() {
        let mut session = session();
        let first = session.output();
        assert!(first.starts_with(b"\x1b[?1049h"));
        assert_eq!(session.output(), b"");
        session.forget_screen();
        assert_eq!(session.output(), first);
        assert!(session.leave().ends_with(b"\x1b[?1049l"));
        assert_eq!(session.leave(), b"");
    }

    #[test]
    fn an_unknown_size_is_the_usual_one_and_a_huge_one_is_cut() {
        assert_eq!(drawable(Size { width: 0, height: 0 }), USUAL);
        assert_eq!(drawable(Size { width: u16::MAX, height: 1 }), Size { width: LARGEST.width, height: 1 });
    }
}
