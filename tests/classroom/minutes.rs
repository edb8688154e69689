//! The end of an attempt, reckoned again by counting its minutes one by one.

use proptest::prelude::*;
use respline::{
    classroom::{Act, Assignment, Away, State},
    course::Entry,
};

use super::{
    clock::{ends, of, under_way},
    room::{exam, minute, minutes},
};

/// What may happen to an attempt, at a minute.
#[derive(Clone, Copy, Debug)]
enum Event {
    Pause,
    Resume,
    Extend(i64),
    Leave,
    Return,
}

fn events() -> impl Strategy<Value = Vec<(i64, Event)>> {
    let event = prop_oneof![
        Just(Event::Pause),
        Just(Event::Resume),
        (1_i64..20).prop_map(Event::Extend),
        Just(Event::Leave),
        Just(Event::Return),
    ];
    let sorted = |mut events: Vec<(i64, Event)>| {
        events.sort_by_key(|(at, _)| *at);
        events
    };
    // In the end everybody is back and time goes on.
    prop::collection::vec((1_i64..120, event), 0..12).prop_map(sorted).prop_map(|mut events| {
        events.extend([(121, Event::Resume), (121, Event::Return)]);
        events
    })
}

/// The minute at which an attempt of `limit` minutes ends, counted minute by minute.
fn counted(limit: i64, away: Away, events: &[(i64, Event)]) -> i64 {
    let (mut limit, mut used, mut paused, mut gone) = (limit, 0, false, false);
    for now in 0.. {
        if used == limit {
            return now;
        }
        for (_, event) in events.iter().filter(|(at, _)| *at == now) {
            match event {
                Event::Pause => paused = true,
                Event::Resume => paused = false,
                Event::Extend(by) => limit += by,
                Event::Leave => gone = true,
                Event::Return => gone = false,
            }
        }
        used += i64::from(!(paused || gone && away == Away::Stops));
    }
    panic!("it ends")
}

proptest! {
    #[test]
    fn an_attempt_ends_when_its_minutes_are_used(limit in 1_i64..60, stops: bool, events in events()) {
        let away = if stops { Away::Stops } else { Away::Runs };
        let set = Assignment { time_limit: Some(minutes(limit.unsigned_abs())), away, ..exam() };
        let (mut room, ana, sitting) = under_way(&set);
        let end = counted(limit, away, &events);
        for (at, event) in events.into_iter().filter(|(at, _)| *at < end) {
            match event {
                Event::Pause => _ = room.act(at, of(|assignment| Act::Paused { assignment })),
                Event::Resume => _ = room.act(at, of(|assignment| Act::Resumed { assignment })),
                Event::Extend(by) => {
                    let by_ms = by * 60_000;
                    room.act(at, Act::Extended { assignment: "exam".into(), learner: None, by_ms });
                }
                Event::Leave => _ = room.record("ana", minute(at), Entry::Left { sitting }),
                Event::Return => {
                    // Who has not left is not taken for cut off here: that is another story.
                    room.record("ana", minute(at), Entry::Left { sitting });
                    room.record("ana", minute(at), Entry::Returned { sitting });
                }
            }
        }
        prop_assert_eq!(ends(&room, &ana, &set, end), end);
        prop_assert_eq!(room.stands(&ana, &set, end - 1).state, State::Working);
    }
}
