//! A class as its file says it: who is in it, and what is set them when and under which rules.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::course::{Checkpoint, Course, Entry, Seeds, Timestamp, draw};

use super::AssignmentRef;

/// A class.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Stable name; it stands in records.
    pub id: String,
    /// Title shown to people.
    pub title: String,
    /// The zone that the file's dates are in.
    pub zone: TimeZone,
    /// What a newcomer on the training box types to get in.
    pub join_code: Option<String>,
    /// Everyone who learns, those of the file first, then the rest of the roster.
    pub learners: Vec<Learner>,
    /// Its groups.
    pub groups: Vec<Group>,
    /// Who may watch and steer it.
    pub instructors: Vec<Instructor>,
    /// Names are hidden where a room could see them.
    pub hide_names: bool,
    /// How long records are kept after the last date of the class.
    pub retention: Option<Duration>,
    /// The public half of the key that hand-in files are sealed with (X25519).
    pub hand_in_key: Option<[u8; 32]>,
    /// What is set, in the file's order.
    pub assignments: Vec<Assignment>,
}

/// Someone who learns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learner {
    /// Id in the school's system: Canvas's `ID`, Moodle's `ID number`, or one's own.
    pub id: String,
    /// The name that their records are kept under (`course::learner_name`).
    pub login: String,
    /// The name as people say it.
    pub name: String,
    /// Section of the class.
    pub section: Option<String>,
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Address, where the roster gives it: Moodle can find a learner by it.
    pub email: Option<String>,
    /// Canvas's `SIS User ID`.
    pub sis_id: Option<String>,
    /// More time than others have.
    pub extra_time: Option<ExtraTime>,
    /// Public keys, as OpenSSH writes them on one line.
    pub keys: Vec<String>,
}

/// More time, on every time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtraTime {
    /// Per cent of the limit.
    Percent(u32),
    /// So much.
    Fixed(Duration),
}

impl ExtraTime {
    /// What it adds to `limit`.
    pub fn of(self, limit: Duration) -> Duration {
        match self {
            Self::Percent(percent) => limit.saturating_mul(percent) / 100,
            Self::Fixed(more) => more,
        }
    }
}

/// A group of learners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Stable name.
    pub id: String,
    /// Title shown to people.
    pub title: String,
}

/// Someone who may watch and steer the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instructor {
    /// Their name.
    pub name: String,
    /// Public keys, as OpenSSH writes them on one line.
    pub keys: Vec<String>,
}

/// Something that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Stable name; it stands in records.
    pub id: String,
    /// Title shown to people, and the name of its column in a gradebook.
    pub title: String,
    /// What is to be done.
    pub task: Task,
    /// Under which rules.
    pub mode: Rules,
    /// From when it can be begun; at once without.
    pub opens: Option<Timestamp>,
    /// By when it shall be handed in.
    pub due: Option<Timestamp>,
    /// When nothing more is taken.
    pub closes: Option<Timestamp>,
    /// What late work costs.
    pub late: Late,
    /// How often it may be begun; as often as one likes without.
    pub attempts: Option<u32>,
    /// Which attempt counts.
    pub counts: Counts,
    /// How long an attempt may take.
    pub time_limit: Option<Duration>,
    /// Whether time passes for a learner who is away.
    pub away: Away,
    /// Whether all get the same.
    pub seed: SeedRule,
    /// When the answers are explained.
    pub feedback: Feedback,
    /// Its share in the total, against the others' weights; 0 counts for nothing.
    pub weight: u32,
    /// The sections it is for; all without.
    pub sections: Vec<String>,
    /// The groups it is for; all without.
    pub groups: Vec<String>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// These scenarios, in this order.
    Scenarios(Vec<String>),
    /// The checkpoint of this lesson.
    Checkpoint(String),
    /// Some of these scenarios.
    Draw {
        /// To draw from.
        from: Vec<String>,
        /// How many.
        count: usize,
    },
}

/// Under which rules something is done (DESIGN section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Every layer is explained once it is answered.
    Practice,
    /// No hints, answers can be changed until they are handed in, explained later.
    Exam,
}

/// What late work costs, as Canvas counts it: per cent of the points there were, for each day or part of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// Per cent of the points there were that a day costs.
    pub per_day: u32,
    /// Per cent that lateness alone never goes below.
    pub floor: u32,
}

/// Which attempt counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    /// The one with the most points after what lateness costs; of two alike the earlier one.
    #[default]
    Best,
    /// The last one.
    Last,
    /// The first one.
    First,
}

/// Whether time passes for a learner whose link is lost or who has left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Away {
    /// It does.
    #[default]
    Runs,
    /// It does not.
    Stops,
}

/// Whether all get the same draw and the same order of controls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeedRule {
    /// All the same.
    #[default]
    Same,
    /// Each learner their own.
    Each,
}

/// When the answers of an assignment are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// As soon as a row is answered: practice.
    AtOnce,
    /// When the attempt is handed in or its time is up.
    AfterHandIn,
    /// When nobody may hand it in any more.
    AfterDue,
    /// Not in the program.
    Never,
}

impl Class {
    /// The assignment with this id.
    pub fn assignment(&self, id: &str) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.id == id)
    }

    /// The learner who logs in with this name, whatever the case of its letters.
    pub fn learner(&self, login: &str) -> Option<&Learner> {
        let exact = self.learners.iter().find(|learner| learner.login == login);
        exact.or_else(|| {
            let login = login.to_lowercase();
            self.learners.iter().find(|learner| learner.login.to_lowercase() == login)
        })
    }

    /// The learner whose public key this is, by type and body.
    pub fn learner_with(&self, key: &str) -> Option<&Learner> {
        self.learners.iter().find(|learner| holds(&learner.keys, key))
    }

    /// The instructor whose public key this is, by type and body.
    pub fn instructor_with(&self, key: &str) -> Option<&Instructor> {
        self.instructors.iter().find(|instructor| holds(&instructor.keys, key))
    }

    /// What `learner` is set.
    pub fn set_for<'c>(&'c self, learner: &'c Learner) -> impl Iterator<Item = &'c Assignment> {
        self.assignments.iter().filter(|assignment| assignment.is_for(learner))
    }

    /// The name of an assignment as records give it.
    pub fn reference(&self, assignment: &Assignment) -> AssignmentRef {
        AssignmentRef { class: self.id.clone(), assignment: assignment.id.clone() }
    }

    /// The record that begins attempt `number` (from 0) of `learner` at `assignment`: its draw and its seed.
    ///
    /// `used` says how often the learner was given a scenario before, so that a checkpoint taken again differs. None where
    /// the course has no such checkpoint.
    pub fn sit_down(
        &self,
        assignment: &Assignment,
        course: &Course,
        (login, number): (&str, u32),
        used: impl Fn(&str) -> usize,
    ) -> Option<Entry> {
        let whose = if assignment.seed == SeedRule::Each { login } else { "" };
        let seed = seed(&[&self.id, &assignment.id, whose], number);
        let pool = |from: &[String], count| Checkpoint { from: from.to_vec(), draw: count, pass: 0.0 };
        let (lesson, scenarios) = match &assignment.task {
            Task::Scenarios(scenarios) => (String::new(), scenarios.clone()),
            Task::Draw { from, count } => (String::new(), draw(&pool(from, *count), seed, |_| 0)),
            Task::Checkpoint(lesson) => {
                let checkpoint = course.lesson(lesson)?.checkpoint.as_ref()?;
                let each = assignment.seed == SeedRule::Each;
                (lesson.clone(), draw(checkpoint, seed, |id| if each { used(id) } else { 0 }))
            }
        };
        Some(Entry::SatDown { lesson, seed, scenarios, assignment: Some(self.reference(assignment)), test_out: false })
    }
}

impl Assignment {
    /// It is set to `learner`.
    pub fn is_for(&self, learner: &Learner) -> bool {
        let section = learner.section.as_ref().is_some_and(|section| self.sections.contains(section));
        let group = learner.groups.iter().any(|group| self.groups.contains(group));
        (self.sections.is_empty() && self.groups.is_empty()) || section || group
    }

    /// How long an attempt of `learner` may take.
    pub fn limit_for(&self, learner: &Learner) -> Option<Duration> {
        let limit = self.time_limit?;
        Some(limit.saturating_add(learner.extra_time.map_or(Duration::ZERO, |more| more.of(limit))))
    }
}

/// Whether one of these lines of public key files is of this key, whatever their comments say.
fn holds(lines: &[String], key: &str) -> bool {
    let words = |text: &str| text.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    lines.iter().any(|line| line.starts_with(key) && words(line) == words(key))
}

/// A seed that depends on nothing but names and a number, so that it is the same on every host.
fn seed(names: &[&str], number: u32) -> u64 {
    let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
    bytes.chain(number.to_le_bytes()).fold(0, |sum, byte| Seeds::new(sum ^ u64::from(byte)).draw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_time_is_a_share_of_the_limit_or_so_much() {
        let hour = Duration::from_hours(1);
        assert_eq!(ExtraTime::Percent(25).of(hour), Duration::from_mins(15));
        assert_eq!(ExtraTime::Fixed(Duration::from_mins(7)).of(hour), Duration::from_mins(7));
    }

    #[test]
    fn a_seed_is_its_names_and_number() {
        assert_eq!(seed(&["a", "bc"], 0), seed(&["a", "bc"], 0));
        let others = [seed(&["a", "bc"], 1), seed(&["ab", "c"], 0), seed(&["a", "bc", ""], 0)];
        assert!(others.iter().all(|other| *other != seed(&["a", "bc"], 0)));
    }
}
