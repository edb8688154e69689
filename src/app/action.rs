//! What a key can mean, and where.

/// Where a key is pressed. The innermost scope is asked first, [`Scope::Always`] last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen, also while text is typed.
    Always,
    /// On every screen where letters are keys.
    Everywhere,
    /// The course map.
    Home,
    /// Any screen that is a text to scroll through.
    Page,
    /// The welcome.
    Welcome,
    /// A lesson.
    Lesson,
    /// The glossary.
    Glossary,
    /// The story of an exercise.
    Story,
    /// "Whose layer is it?"
    Owner,
    /// "What is left for you to do?"
    Control,
    /// Either question in practice, where hints are given.
    Hints,
    /// The explanation of an answer.
    Explained,
    /// An answer could not be stored.
    Unsaved,
    /// The look back on a scenario.
    Debrief,
    /// The answers of an exam before they are handed in.
    HandIn,
    /// The result of a checkpoint.
    Result,
    /// What is set, before and after it is done.
    Assigned,
    /// The drills to choose from.
    Drills,
    /// The end of a review or a drill.
    Round,
    /// The breaches to look at.
    Breaches,
    /// What follows from a row, step by step.
    Replay,
    /// An investigation: which row failed?
    WhichRow,
    /// An investigation: which control was missing?
    WhichControl,
    /// An investigation: whose side was it?
    WhichSide,
    /// The explanation of an incident.
    Traced,
    /// The moving line.
    Moving,
    /// Does a row change hands?
    Compare,
    /// Why it does or does not.
    Compared,
    /// The settings.
    Settings,
    /// The room of a class.
    Watch,
    /// A question to the room: answered, or revealed.
    Poll,
    /// A question to the room that still takes answers.
    Ballot,
    /// Something is asked of an instructor, and typed.
    Asked,
    /// Something is asked that needs a yes.
    Confirm,
    /// A list in front of the screen: search, outline.
    Picker,
    /// Text is being typed.
    Typing,
    /// The help.
    Help,
}

/// What a key can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave this screen.
    Back,
    /// End the session; everything is saved already.
    Quit,
    /// Stop the program and return to the shell.
    Suspend,
    /// Paint everything anew.
    Repaint,
    /// Show the keys.
    Help,
    /// Search lessons, scenarios, threats and words.
    Search,
    /// One up.
    Up,
    /// One down.
    Down,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the start.
    Top,
    /// To the end.
    Bottom,
    /// Open what is selected.
    Open,
    /// Show or hide what belongs to the selected lesson.
    Fold,
    /// Select by number, counted from one, and open.
    Choose(u8),
    /// The threat list.
    Threats,
    /// The glossary.
    Glossary,
    /// The learner's progress.
    Progress,
    /// The settings.
    Settings,
    /// The customer's.
    Customer,
    /// The provider's.
    Provider,
    /// The row changes hands.
    Moves,
    /// It does not.
    Stays,
    /// The moving line of a system.
    Moving,
    /// The exercise on the moving line.
    Compare,
    /// Mark the answer as *unsure*.
    Unsure,
    /// Climb the hint ladder.
    Hint,
    /// Show or leave the story.
    Story,
    /// Choose the owner again.
    Change,
    /// Go on.
    Next,
    /// Go one step back.
    Previous,
    /// What follows from the rows that were wrong.
    Breach,
    /// From the news to the row.
    Investigate,
    /// Try to store the answer again.
    Retry,
    /// Answer the wrong rows again.
    Redo,
    /// The same system in another mode.
    Twin,
    /// The debrief or the result of the last run of what is selected.
    LookBack,
    /// The lesson's passage.
    Passage,
    /// The threat this ties to.
    Threat,
    /// Begin or continue the checkpoint.
    Checkpoint,
    /// Begin the stricter exam of a lesson that is not open yet.
    TestOut,
    /// Hand the exam in.
    HandIn,
    /// The headings of the page.
    Outline,
    /// Search in the page.
    Find,
    /// The next hit.
    FindNext,
    /// The hit before.
    FindPrevious,
    /// The next section.
    SectionNext,
    /// The section before.
    SectionPrevious,
    /// Take back the last character typed.
    Erase,
    /// Steer the class that is watched.
    Steer(Steer),
}

/// What an instructor can do in the room of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Steer {
    /// The next assignment.
    NextAssignment,
    /// The assignment before.
    AssignmentBefore,
    /// The next row.
    NextRow,
    /// The row before.
    RowBefore,
    /// Another order of the lines.
    Sort,
    /// Other lines.
    Filter,
    /// Show or hide names.
    Names,
    /// Find a learner or a row.
    Find,
    /// Let time stand still, or go on.
    Pause,
    /// Open the assignment, or close it.
    OpenClose,
    /// Move every end, for all.
    Extend,
    /// Move every end, for the chosen learner.
    ExtendOne,
    /// Five minutes more for all.
    FiveMinutes,
    /// One more attempt for all.
    Reopen,
    /// One more attempt for the chosen learner.
    ReopenOne,
    /// Say something to all.
    Message,
    /// Say something to the chosen learner.
    MessageOne,
    /// Put the chosen row to the room.
    ToRoom,
    /// Explain the poll on every screen.
    Reveal,
    /// Take the poll from the screens.
    EndPoll,
}

impl Action {
    /// It changes nothing that was said: another try to store it, or scrolling.
    pub(super) const fn tries_again(self) -> bool {
        matches!(self, Self::Retry | Self::Up | Self::Down | Self::PageUp | Self::PageDown | Self::Top | Self::Bottom)
    }
}

/// What a key does, in the order of the help screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Answers.
    Answer,
    /// Where to go.
    Go,
    /// Moving about.
    Move,
    /// The program itself.
    Program,
}

impl Group {
    /// Heading of the group in help.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "Answer",
            Self::Go => "Go to",
            Self::Move => "Move",
            Self::Program => "Program",
        }
    }
}

impl Scope {
    /// Heading of the scope in `respline keys` and `docs/keys.md`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::Everywhere => "Everywhere",
            Self::Home => "Course map",
            Self::Page => "Any text",
            Self::Welcome => "Welcome",
            Self::Lesson => "Lesson",
            Self::Glossary => "Glossary",
            Self::Story => "Story",
            Self::Owner => "Exercise: whose layer",
            Self::Control => "Exercise: which control",
            Self::Hints => "Exercise: in practice",
            Self::Explained => "Exercise: explanation",
            Self::Unsaved => "An answer that could not be stored",
            Self::Debrief => "Debrief",
            Self::HandIn => "Before hand-in",
            Self::Result => "Checkpoint result",
            Self::Assigned => "Assigned work",
            Self::Drills => "Drills",
            Self::Round => "End of a review or drill",
            Self::Breaches => "Breaches",
            Self::Replay => "Breach, step by step",
            Self::WhichRow => "Investigation: which row",
            Self::WhichControl => "Investigation: which control",
            Self::WhichSide => "Investigation: whose side",
            Self::Traced => "Investigation: explanation",
            Self::Moving => "The moving line",
            Self::Compare => "The moving line: does it change hands",
            Self::Compared => "The moving line: explanation",
            Self::Settings => "Settings",
            Self::Watch => "The room, for instructors",
            Self::Poll => "A question to the room",
            Self::Ballot => "A question to the room: answered",
            Self::Asked => "The room: something is typed",
            Self::Confirm => "The room: a yes is needed",
            Self::Picker => "A list to pick from",
            Self::Typing => "While typing",
            Self::Help => "Help",
        }
    }

    /// Every scope, in the order of `respline keys`.
    pub const ALL: [Self; 37] = [
        Self::Always,
        Self::Everywhere,
        Self::Home,
        Self::Welcome,
        Self::Lesson,
        Self::Glossary,
        Self::Story,
        Self::Owner,
        Self::Control,
        Self::Hints,
        Self::Explained,
        Self::Unsaved,
        Self::Debrief,
        Self::HandIn,
        Self::Result,
        Self::Assigned,
        Self::Drills,
        Self::Round,
        Self::Breaches,
        Self::Replay,
        Self::WhichRow,
        Self::WhichControl,
        Self::WhichSide,
        Self::Traced,
        Self::Moving,
        Self::Compare,
        Self::Compared,
        Self::Settings,
        Self::Poll,
        Self::Ballot,
        Self::Watch,
        Self::Asked,
        Self::Confirm,
        Self::Page,
        Self::Picker,
        Self::Typing,
        Self::Help,
    ];
}
