//! The one key table: it feeds dispatch, the key bar, the help screen, `respline keys` and `docs/keys.md`.

use super::{
    Action::{
        self, Back, Bottom, Breach, Change, Checkpoint, Choose, Compare, Customer, Erase, Find, FindNext, FindPrevious,
        Fold, Glossary, HandIn, Help, Hint, Investigate, LookBack, Moves, Moving, Next, Open, Outline, Passage,
        Previous, Progress, Provider, Quit, Redo, Repaint, Retry, Search, SectionNext, SectionPrevious, Settings,
        Stays, Steer, Story, Suspend, TestOut, Threat, Threats, Top, Twin, Unsure,
    },
    Group, Key,
    KeyCode::{self, BackTab, Backspace, Char, End, Enter, Esc, F, Left, Right, Tab},
    Scope, Steer as S,
};

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// The keys; the first one is shown in the key bar.
    pub keys: &'static [Key],
    /// What they mean.
    pub action: Action,
    /// What that is called.
    pub label: &'static str,
    /// Where help lists it.
    pub group: Group,
    /// Place in the key bar, the most needed first; none where only help lists it.
    pub bar: Option<u8>,
}

const fn row(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    label: &'static str,
    group: Group,
    bar: Option<u8>,
) -> Binding {
    Binding { scope, keys, action, label, group, bar }
}

const fn c(char: char) -> Key {
    Key::char(char)
}

const fn k(code: KeyCode) -> Key {
    Key::plain(code)
}

const DIGITS: &[Key] = &[c('1'), c('2'), c('3'), c('4'), c('5')];
const ROWS: &[Key] = &[c('1'), c('2'), c('3'), c('4'), c('5'), c('6'), c('7'), c('8'), c('9')];
const ENTER: &[Key] = &[k(Enter)];
const UP: &[Key] = &[k(KeyCode::Up), c('k')];
const DOWN: &[Key] = &[k(KeyCode::Down), c('j')];

/// Every key of the program.
pub const KEYMAP: &[Binding] = &[
    // Answers first: they are what the key bar must never lose on a narrow screen.
    row(Scope::Owner, &[c('c'), k(Left)], Customer, "customer", Group::Answer, Some(0)),
    row(Scope::Owner, &[c('p'), k(Right)], Provider, "provider", Group::Answer, Some(1)),
    row(Scope::Owner, &[c('u')], Unsure, "unsure", Group::Answer, Some(3)),
    row(Scope::Owner, &[c('s')], Story, "story", Group::Go, Some(2)),
    row(Scope::Control, DIGITS, Choose(0), "choose", Group::Answer, Some(0)),
    row(Scope::Control, ENTER, Open, "confirm", Group::Answer, Some(1)),
    row(Scope::Control, &[c('o'), k(Backspace), k(Left)], Change, "owner again", Group::Answer, Some(5)),
    row(Scope::Control, &[c('u')], Unsure, "unsure", Group::Answer, Some(3)),
    row(Scope::Hints, &[c('h')], Hint, "hint", Group::Answer, Some(4)),
    row(Scope::Control, &[c('s')], Story, "story", Group::Go, Some(2)),
    row(Scope::Control, UP, Action::Up, "up", Group::Move, None),
    row(Scope::Control, DOWN, Action::Down, "down", Group::Move, None),
    row(Scope::Explained, &[k(Enter), c('n')], Next, "next", Group::Answer, Some(0)),
    row(Scope::Explained, &[c('s')], Story, "story", Group::Go, Some(1)),
    row(Scope::Explained, &[c('t')], Threat, "threat", Group::Go, Some(2)),
    row(Scope::Explained, &[c('l')], Passage, "lesson", Group::Go, Some(3)),
    row(Scope::Unsaved, &[c('r'), k(Enter)], Retry, "try again", Group::Answer, Some(0)),
    row(Scope::Story, &[k(Enter), c('s')], Story, "to the question", Group::Go, Some(0)),
    row(Scope::Debrief, &[c('r')], Redo, "redo wrong rows", Group::Go, Some(0)),
    row(Scope::Debrief, &[c('n'), k(Enter)], Next, "next scenario", Group::Go, Some(1)),
    row(Scope::Debrief, &[c('t')], Twin, "twin", Group::Go, Some(2)),
    row(Scope::Debrief, &[c('a')], Breach, "attack", Group::Go, Some(3)),
    row(Scope::Debrief, &[c('l')], Passage, "lesson", Group::Go, Some(4)),
    row(Scope::Debrief, &[c('m')], Moving, "moving line", Group::Go, Some(5)),
    row(Scope::Moving, &[k(Right), c(']'), c('l'), k(Tab)], SectionNext, "next mode", Group::Move, Some(0)),
    row(Scope::Moving, &[k(Left), c('['), c('h'), k(BackTab)], SectionPrevious, "mode before", Group::Move, Some(1)),
    row(Scope::Moving, &[c('e')], Compare, "what moves?", Group::Answer, Some(2)),
    row(Scope::Moving, &[c('n')], Next, "next system", Group::Go, Some(3)),
    row(Scope::Moving, &[k(Enter)], Open, "play this mode", Group::Go, Some(4)),
    row(Scope::Compare, &[c('m'), c('y'), k(Right)], Moves, "changes hands", Group::Answer, Some(0)),
    row(Scope::Compare, &[c('n'), k(Left)], Stays, "stays", Group::Answer, Some(1)),
    row(Scope::Compare, &[c('s')], Story, "stories", Group::Go, Some(2)),
    row(Scope::Compared, &[k(Enter), c('n')], Next, "next", Group::Answer, Some(0)),
    row(Scope::Compared, &[c('s')], Story, "stories", Group::Go, Some(1)),
    row(Scope::HandIn, &[c('x')], HandIn, "hand in", Group::Answer, Some(0)),
    row(Scope::HandIn, ENTER, Open, "change answer", Group::Answer, Some(1)),
    row(Scope::Result, &[c('n'), k(Enter)], Next, "course map", Group::Go, Some(0)),
    row(Scope::Result, &[c('r')], Redo, "try again", Group::Go, Some(1)),
    row(Scope::Result, &[c('l')], Passage, "lesson", Group::Go, Some(2)),
    row(Scope::Assigned, &[k(Enter), c('n')], Next, "begin", Group::Go, Some(0)),
    row(Scope::Assigned, &[c('d')], LookBack, "look back", Group::Go, Some(1)),
    row(Scope::Round, &[c('n'), k(Enter)], Next, "course map", Group::Go, Some(0)),
    row(Scope::Round, &[c('r')], Redo, "more rows", Group::Go, Some(1)),
    row(Scope::Breaches, &[k(Enter), k(Right), c('l')], Open, "open", Group::Go, Some(0)),
    row(Scope::Breaches, &[c('i')], Investigate, "investigate", Group::Go, Some(1)),
    row(Scope::Replay, &[k(Enter), c('n'), k(Right)], Next, "next", Group::Move, Some(0)),
    row(Scope::Replay, &[k(Left), k(Backspace), c('N')], Previous, "step back", Group::Move, Some(1)),
    row(Scope::Replay, &[c('t')], Threat, "threat", Group::Go, Some(2)),
    row(Scope::WhichRow, ENTER, Open, "this row", Group::Answer, Some(0)),
    row(Scope::WhichRow, ROWS, Choose(0), "choose", Group::Answer, Some(1)),
    row(Scope::WhichRow, UP, Action::Up, "up", Group::Move, None),
    row(Scope::WhichRow, DOWN, Action::Down, "down", Group::Move, None),
    row(Scope::WhichRow, &[c('s')], Story, "story", Group::Go, Some(2)),
    row(Scope::WhichControl, DIGITS, Choose(0), "choose", Group::Answer, Some(0)),
    row(Scope::WhichControl, ENTER, Open, "confirm", Group::Answer, Some(1)),
    row(Scope::WhichControl, UP, Action::Up, "up", Group::Move, None),
    row(Scope::WhichControl, DOWN, Action::Down, "down", Group::Move, None),
    row(Scope::WhichControl, &[c('s')], Story, "story", Group::Go, Some(2)),
    row(Scope::WhichSide, &[c('c'), k(Left)], Customer, "customer", Group::Answer, Some(0)),
    row(Scope::WhichSide, &[c('p'), k(Right)], Provider, "provider", Group::Answer, Some(1)),
    row(Scope::WhichSide, ENTER, Open, "confirm", Group::Answer, Some(2)),
    row(Scope::WhichSide, &[c('o'), k(Backspace)], Change, "control again", Group::Answer, Some(4)),
    row(Scope::WhichSide, &[c('s')], Story, "story", Group::Go, Some(3)),
    row(Scope::Traced, &[k(Enter), c('n')], Next, "next", Group::Answer, Some(0)),
    row(Scope::Traced, &[c('s')], Story, "story", Group::Go, Some(1)),
    row(Scope::Traced, &[c('t')], Threat, "threat", Group::Go, Some(2)),
    row(Scope::Welcome, ENTER, Next, "start", Group::Go, Some(0)),
    row(Scope::Lesson, &[c('e')], Checkpoint, "checkpoint", Group::Go, Some(2)),
    row(Scope::Lesson, &[c('o')], Outline, "outline", Group::Go, Some(3)),
    row(Scope::Lesson, &[c('/')], Find, "find", Group::Go, Some(4)),
    row(Scope::Lesson, &[c('n')], FindNext, "next hit", Group::Move, None),
    row(Scope::Lesson, &[c('N')], FindPrevious, "hit before", Group::Move, None),
    row(Scope::Lesson, &[c(']'), k(Right), k(Tab)], SectionNext, "next section", Group::Move, Some(1)),
    row(Scope::Lesson, &[c('['), k(Left), k(BackTab)], SectionPrevious, "section before", Group::Move, None),
    row(Scope::Glossary, &[c('/')], Find, "find", Group::Go, Some(0)),
    row(Scope::Glossary, &[c('o')], Outline, "outline", Group::Go, Some(1)),
    row(Scope::Glossary, &[c('n')], FindNext, "next hit", Group::Move, None),
    row(Scope::Glossary, &[c('N')], FindPrevious, "hit before", Group::Move, None),
    row(Scope::Glossary, &[c('w')], Back, "back", Group::Go, Some(2)),
    row(Scope::Home, &[k(Enter), k(Right), c('l')], Open, "open", Group::Go, Some(0)),
    row(Scope::Home, &[c(' '), k(Tab), k(Left), c('h')], Fold, "fold", Group::Move, Some(6)),
    row(Scope::Home, &[c('e')], Checkpoint, "checkpoint", Group::Go, None),
    row(Scope::Home, &[c('x')], TestOut, "test out", Group::Go, None),
    row(Scope::Home, &[c('d')], LookBack, "look back", Group::Go, Some(5)),
    row(Scope::Home, &[c('m')], Moving, "moving line", Group::Go, None),
    row(Scope::Home, &[c('/')], Search, "search", Group::Go, Some(1)),
    row(Scope::Home, &[c('t')], Threats, "threats", Group::Go, Some(2)),
    row(Scope::Home, &[c('p')], Progress, "progress", Group::Go, Some(3)),
    row(Scope::Home, &[c('s')], Settings, "settings", Group::Go, Some(4)),
    row(Scope::Drills, &[k(Enter), k(Right), c('l')], Open, "begin", Group::Go, Some(0)),
    row(Scope::Settings, &[k(Enter), c(' '), k(Right), c('l')], Open, "change", Group::Answer, Some(0)),
    row(Scope::Poll, ENTER, Next, "go on", Group::Go, Some(0)),
    row(Scope::Ballot, &[c('o')], Change, "answer again", Group::Answer, Some(1)),
    row(Scope::Watch, &[c('o')], Steer(S::ToRoom), "to the room", Group::Answer, Some(0)),
    row(Scope::Watch, &[c('v')], Steer(S::Reveal), "reveal", Group::Answer, Some(1)),
    row(Scope::Watch, &[c('d')], Steer(S::EndPoll), "end the poll", Group::Answer, Some(9)),
    row(Scope::Watch, &[c('p')], Steer(S::Pause), "pause", Group::Answer, Some(4)),
    row(Scope::Watch, &[c('e')], Steer(S::Extend), "extend", Group::Answer, Some(2)),
    row(Scope::Watch, &[c('E')], Steer(S::ExtendOne), "extend for one", Group::Answer, None),
    row(Scope::Watch, &[c('+')], Steer(S::FiveMinutes), "5 minutes more", Group::Answer, None),
    row(Scope::Watch, &[c('m')], Steer(S::Message), "message", Group::Answer, Some(3)),
    row(Scope::Watch, &[c('M')], Steer(S::MessageOne), "message to one", Group::Answer, None),
    row(Scope::Watch, &[c('r')], Steer(S::Reopen), "reopen", Group::Answer, None),
    row(Scope::Watch, &[c('R')], Steer(S::ReopenOne), "reopen for one", Group::Answer, None),
    row(Scope::Watch, &[c('x')], Steer(S::OpenClose), "open or close", Group::Answer, None),
    row(Scope::Watch, &[c('n')], Steer(S::Names), "names", Group::Go, Some(5)),
    row(Scope::Watch, &[c('/')], Steer(S::Find), "find", Group::Go, Some(8)),
    row(Scope::Watch, &[c('s')], Steer(S::Sort), "sort", Group::Go, Some(7)),
    row(Scope::Watch, &[c('f')], Steer(S::Filter), "filter", Group::Go, None),
    row(Scope::Watch, &[k(Tab)], SectionNext, "view", Group::Go, Some(6)),
    row(Scope::Watch, &[k(BackTab)], SectionPrevious, "view before", Group::Go, None),
    row(Scope::Watch, DIGITS, Choose(0), "this view", Group::Go, None),
    row(Scope::Watch, ENTER, Open, "the learner", Group::Go, None),
    row(Scope::Watch, &[c(']')], Steer(S::NextAssignment), "next assignment", Group::Go, None),
    row(Scope::Watch, &[c('[')], Steer(S::AssignmentBefore), "the one before", Group::Go, None),
    row(Scope::Watch, &[k(Right), c('l')], Steer(S::NextRow), "next row", Group::Move, None),
    row(Scope::Watch, &[k(Left), c('h')], Steer(S::RowBefore), "row before", Group::Move, None),
    row(Scope::Asked, ENTER, Open, "do it", Group::Answer, Some(0)),
    row(Scope::Asked, &[k(Backspace), Key::ctrl('h')], Erase, "erase", Group::Answer, None),
    row(Scope::Asked, &[k(Esc)], Back, "cancel", Group::Go, Some(1)),
    row(Scope::Confirm, &[c('y')], Open, "yes", Group::Answer, Some(0)),
    row(Scope::Confirm, &[c('n'), c('q'), k(Esc), k(Enter)], Back, "no", Group::Answer, Some(1)),
    row(Scope::Picker, ENTER, Open, "open", Group::Go, Some(0)),
    row(Scope::Picker, &[k(KeyCode::Up), Key::ctrl('p')], Action::Up, "up", Group::Move, None),
    row(Scope::Picker, &[k(KeyCode::Down), Key::ctrl('n'), k(Tab)], Action::Down, "down", Group::Move, None),
    row(Scope::Picker, &[k(KeyCode::PageUp)], Action::PageUp, "page up", Group::Move, None),
    row(Scope::Picker, &[k(KeyCode::PageDown)], Action::PageDown, "page down", Group::Move, None),
    row(Scope::Picker, &[k(Esc)], Back, "close", Group::Go, Some(3)),
    row(Scope::Typing, &[k(Backspace), Key::ctrl('h')], Erase, "erase", Group::Answer, None),
    row(Scope::Typing, ENTER, Open, "find", Group::Answer, Some(0)),
    row(Scope::Typing, &[k(Esc)], Back, "close", Group::Go, Some(1)),
    row(Scope::Help, &[c('?'), k(Enter)], Back, "close", Group::Go, Some(0)),
    row(Scope::Page, UP, Action::Up, "up", Group::Move, None),
    row(Scope::Page, DOWN, Action::Down, "down", Group::Move, None),
    row(
        Scope::Page,
        &[c(' '), k(KeyCode::PageDown), c('f'), Key::ctrl('f')],
        Action::PageDown,
        "page",
        Group::Move,
        Some(6),
    ),
    row(Scope::Page, &[c('b'), k(KeyCode::PageUp), Key::ctrl('b')], Action::PageUp, "page up", Group::Move, None),
    row(Scope::Page, &[c('g'), k(KeyCode::Home)], Top, "start", Group::Move, None),
    row(Scope::Page, &[c('G'), k(End)], Bottom, "end", Group::Move, None),
    row(Scope::Everywhere, &[c('w')], Glossary, "words", Group::Go, Some(5)),
    row(Scope::Everywhere, &[c('?')], Help, "help", Group::Program, Some(8)),
    row(Scope::Everywhere, &[c('q'), k(Esc)], Back, "leave", Group::Program, Some(9)),
    row(Scope::Always, &[Key::ctrl('k')], Search, "search", Group::Go, None),
    row(Scope::Always, &[Key::ctrl('g')], Glossary, "words", Group::Go, None),
    row(Scope::Always, &[k(F(1))], Help, "help", Group::Program, None),
    row(Scope::Always, &[Key::ctrl('l')], Repaint, "repaint", Group::Program, None),
    row(Scope::Always, &[Key::ctrl('z')], Suspend, "suspend", Group::Program, None),
    row(Scope::Always, &[Key::ctrl('c'), Key::ctrl('d')], Quit, "quit", Group::Program, None),
];

impl Binding {
    /// The keys in words: `1-5`, `enter`.
    pub fn keys(&self) -> String {
        match (self.action, self.keys) {
            (Choose(_), [first, .., last]) => format!("{first}-{last}"),
            (_, keys) => keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        }
    }

    /// The key shown in the bar.
    pub fn key(&self) -> String {
        match self.action {
            Choose(_) => self.keys(),
            _ => self.keys.first().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

/// What `key` means in the first of `scopes` that knows it.
pub fn resolve(scopes: &[Scope], key: Key) -> Option<Action> {
    let in_scope = |scope: &Scope| KEYMAP.iter().find(|row| row.scope == *scope && row.keys.contains(&key));
    let found = scopes.iter().find_map(in_scope)?;
    match (found.action, key.code) {
        (Choose(_), Char(digit)) => digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(Choose),
        (action, _) => Some(action),
    }
}

/// The rows that hold in `scopes`, without the keys that an inner scope takes for itself.
pub fn bindings(scopes: &[Scope]) -> Vec<Binding> {
    let mut rows: Vec<Binding> = Vec::new();
    for scope in scopes {
        let taken = |key: &Key| rows.iter().any(|row| row.keys.contains(key));
        let here = KEYMAP.iter().filter(|row| row.scope == *scope);
        let here: Vec<Binding> = here.map(|row| Binding { keys: free(row.keys, taken), ..*row }).collect();
        rows.extend(here.into_iter().filter(|row| !row.keys.is_empty()));
    }
    rows
}

/// `keys` without those that are taken, as far as they stand at an end.
fn free(mut keys: &'static [Key], taken: impl Fn(&Key) -> bool) -> &'static [Key] {
    while let [first, rest @ ..] = keys
        && taken(first)
    {
        keys = rest;
    }
    while let [rest @ .., last] = keys
        && taken(last)
    {
        keys = rest;
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_stands_twice_in_a_scope() {
        let mut seen = HashSet::new();
        for row in KEYMAP {
            for key in row.keys {
                assert!(seen.insert((row.scope, *key)), "{key} stands twice in {:?}", row.scope);
            }
        }
    }

    #[test]
    fn labels_are_short_and_every_scope_has_help_and_a_way_back() {
        assert!(KEYMAP.iter().all(|row| row.label.len() <= 16 && !row.label.is_empty()));
        for scope in Scope::ALL {
            let rows = bindings(&[scope, Scope::Everywhere, Scope::Always]);
            assert!(rows.iter().any(|row| row.action == Back), "{scope:?} has no way back");
            assert!(rows.iter().any(|row| row.action == Help) || scope == Scope::Help, "{scope:?} has no help");
        }
    }

    #[test]
    fn the_inner_scope_wins_and_digits_choose() {
        let scopes = [Scope::Lesson, Scope::Page, Scope::Everywhere];
        assert_eq!(resolve(&scopes, Key::char('n')), Some(FindNext));
        assert_eq!(resolve(&scopes, Key::char('q')), Some(Back));
        assert_eq!(resolve(&[Scope::Control], Key::char('4')), Some(Choose(4)));
        assert_eq!(resolve(&scopes, Key::char('%')), None);
    }

    #[test]
    fn a_key_is_listed_for_what_it_does_here_and_for_nothing_else() {
        let keys = |scopes: &[Scope], wanted| {
            let rows = bindings(scopes);
            rows.iter().filter(|row| row.action == wanted).map(Binding::keys).collect::<Vec<_>>()
        };
        let explained = [Scope::Explained, Scope::Page, Scope::Everywhere];
        assert_eq!(
            keys(&explained, Action::PageDown),
            ["space pgdn f ctrl-f"],
            "a text is read on before the next row"
        );
        assert_eq!(keys(&[Scope::Help, Scope::Page, Scope::Everywhere, Scope::Always], Help), ["f1"]);
        let search = [Scope::Picker, Scope::Typing, Scope::Always];
        assert_eq!((keys(&search, Open), keys(&search, Help)), (vec!["enter".into()], vec!["f1".into()]));
    }

    #[test]
    fn every_scope_of_the_table_is_listed() {
        assert!(KEYMAP.iter().all(|row| Scope::ALL.contains(&row.scope)));
    }
}
