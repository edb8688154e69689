//! The questions put to the room, and their answers as they arrive. What is right is not marked before it is revealed: this
//! view is the one that a projector shows.

use crate::{
    classroom::{Poll, Votes},
    course::Owner,
    document::Glyphs,
};

use super::{
    super::{Context, Room, page::glyphs, stack::Ink},
    Watch,
    names::{ago, line},
    views::{Listed, apart, faint, option, said, titled},
};

impl Watch {
    pub(super) fn polls_view(&self, room: &Room, cx: &Context) -> Vec<Listed> {
        let polls = room.ledger.polls();
        let Some((last, before)) = polls.split_last() else {
            return vec![said("Nothing was put to the room yet. Choose a row, and o asks it on every screen.")];
        };
        let mut entries = self.last_poll(room, last, cx);
        for (place, poll) in before.iter().enumerate().rev() {
            let (title, note) = (self.poll_title(poll), format!("{} answered", poll.answers.len()));
            let mut entry = titled(title, note);
            entry.0.ink = Ink::Faint;
            entries.push(if place + 1 == before.len() { apart(entry) } else { entry });
        }
        entries
    }

    /// The poll on the screens, or the last one, with its answers.
    fn last_poll(&self, room: &Room, poll: &Poll, cx: &Context) -> Vec<Listed> {
        let all = room.class.learners.len();
        let state = match (poll.closed, poll.revealed) {
            (Some(_), _) => "over".to_owned(),
            (None, Some(_)) => "revealed".to_owned(),
            (None, None) => format!("open for {}", ago(cx.now.since(poll.at))),
        };
        let answered = format!("{} of {all} answered, {state}", poll.answers.len());
        let mut entries = vec![titled(self.poll_title(poll), answered)];
        let Some(layer) = self.key.get(&poll.scenario).and_then(|one| one.layer(&poll.layer)).map(|(_, layer)| layer)
        else {
            entries.push(faint("Its scenario is not in this course."));
            return entries;
        };
        entries.push(faint(format!("{}.", line(&layer.task))));
        let shown = poll.revealed.is_some();
        let votes = if shown { poll.votes.clone() } else { poll.count() };
        entries.push(apart(titled("Whose is it?", String::new())));
        entries.extend(owners(&votes, layer.owner, shown, glyphs(cx)));
        entries.push(apart(titled("What is left to do?", String::new())));
        for (place, control) in layer.controls.iter().enumerate() {
            let counts = (votes.control(place) as usize, votes.all() as usize);
            entries.push(option(&line(&control.text), shown && control.correct, counts, glyphs(cx)));
        }
        entries
    }

    fn poll_title(&self, poll: &Poll) -> String {
        let scenario = self.key.get(&poll.scenario);
        let title = scenario.map_or(poll.scenario.as_str(), |scenario| scenario.title.as_str());
        let label = scenario
            .and_then(|scenario| scenario.layer(&poll.layer))
            .map_or(poll.layer.as_str(), |(_, layer)| layer.label.as_str());
        format!("{} · {}", line(label), line(title))
    }
}

fn owners(votes: &Votes, right: Owner, shown: bool, glyphs: Glyphs) -> [Listed; 2] {
    let all = votes.all() as usize;
    [(Owner::Customer, votes.customer), (Owner::Provider, votes.provider)]
        .map(|(owner, who)| option(owner.word(), shown && owner == right, (who as usize, all), glyphs))
}
