//! The course as a learner sees it before opening anything: its lists, and one line on every scenario.
//!
//! Start-up must not grow with the pack (DESIGN section 6), so the lines of all scenarios share one text and a row is six
//! numbers: decoding ten thousand of them allocates twice.

use serde::{Deserialize, Serialize};

use super::{Cloud, LessonEntry, Model, Owner, Pitfall, Scenario, Term, Threat};

/// A pack: what is taught, and the catalog of its scenarios.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Title of the course.
    pub title: String,
    /// The threat list, in the author's order.
    #[serde(default, rename(deserialize = "threat"))]
    pub threats: Vec<Threat>,
    /// The pitfalls, in the author's order.
    #[serde(default, rename(deserialize = "pitfall"))]
    pub pitfalls: Vec<Pitfall>,
    /// Lessons in teaching order.
    #[serde(default, rename(deserialize = "lesson"))]
    pub lessons: Vec<LessonEntry>,
    /// The glossary, by name; it has a file of its own.
    #[serde(default)]
    pub glossary: Vec<Term>,
    /// Every scenario.
    #[serde(default)]
    pub catalog: Catalog,
}

impl Course {
    /// The threat with this id.
    pub fn threat(&self, id: &str) -> Option<&Threat> {
        self.threats.iter().find(|threat| threat.id == id)
    }

    /// The pitfall with this id.
    pub fn pitfall(&self, id: &str) -> Option<&Pitfall> {
        self.pitfalls.iter().find(|pitfall| pitfall.id == id)
    }

    /// The glossary's term of this name or spelling, whatever the case of its letters.
    pub fn term(&self, word: &str) -> Option<&Term> {
        let word = word.to_lowercase();
        self.glossary.iter().find(|term| term.spellings().any(|spelling| spelling.to_lowercase() == word))
    }

    /// The lesson with this id.
    pub fn lesson(&self, id: &str) -> Option<&LessonEntry> {
        self.lessons.iter().find(|lesson| lesson.id == id)
    }
}

/// One line on every scenario, sorted by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    text: String,
    rows: Vec<Row>,
}

/// A word's place in the shared text: first byte and byte after the last.
type Span = (u32, u32);

/// A scenario's line, its words kept as places in the shared text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    id: Span,
    title: Span,
    lesson: Span,
    ladder: Span,
    threat: Span,
    level: u8,
    model: Model,
    cloud: Cloud,
    layers: u8,
    customer: u8,
    breaches: u8,
}

/// A scenario's line, as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing<'a> {
    /// Scenario id.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Lesson id.
    pub lesson: &'a str,
    /// Ladder, where it stands on one.
    pub ladder: Option<&'a str>,
    /// 1 to 3.
    pub level: u8,
    /// Service model.
    pub model: Model,
    /// Whose cloud.
    pub cloud: Cloud,
    /// How many layers it has.
    pub layers: usize,
    /// How many of them are the customer's.
    pub customer: usize,
    /// How many of them have a breach.
    pub breaches: usize,
    /// The threat that most of the breaches tie to.
    pub threat: Option<&'a str>,
}

impl Catalog {
    /// The catalog of `scenarios`.
    pub fn of<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> Self {
        let mut sorted: Vec<&Scenario> = scenarios.into_iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut catalog = Self::default();
        for scenario in sorted {
            catalog.push(scenario);
        }
        catalog
    }

    fn push(&mut self, scenario: &Scenario) {
        let row = Row {
            id: self.word(&scenario.id),
            title: self.word(&scenario.title),
            lesson: self.word(&scenario.lesson),
            ladder: self.word(scenario.ladder.as_deref().unwrap_or_default()),
            threat: self.known(chief_threat(scenario).unwrap_or_default()),
            level: scenario.level,
            model: scenario.model,
            cloud: scenario.cloud,
            layers: u8::try_from(scenario.layers.len()).unwrap_or(u8::MAX),
            customer: u8::try_from(scenario.count(Owner::Customer)).unwrap_or(u8::MAX),
            breaches: u8::try_from(scenario.incidents().count()).unwrap_or(u8::MAX),
        };
        self.rows.push(row);
    }

    fn word(&mut self, word: &str) -> Span {
        let place = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let from = place(&self.text);
        self.text.push_str(word);
        (from, place(&self.text))
    }

    /// The place of a word that many rows have: its first one, so that the text does not grow with each.
    fn known(&mut self, word: &str) -> Span {
        let text = |(from, to): Span| self.text.get(from as usize..to as usize);
        let before = self.rows.iter().map(|row| row.threat).find(|span| text(*span) == Some(word));
        before.unwrap_or_else(|| self.word(word))
    }

    fn listing(&self, row: &Row) -> Listing<'_> {
        let word = |(from, to): Span| self.text.get(from as usize..to as usize).unwrap_or_default();
        Listing {
            id: word(row.id),
            title: word(row.title),
            lesson: word(row.lesson),
            ladder: Some(word(row.ladder)).filter(|ladder| !ladder.is_empty()),
            level: row.level,
            model: row.model,
            cloud: row.cloud,
            layers: row.layers.into(),
            customer: row.customer.into(),
            breaches: row.breaches.into(),
            threat: Some(word(row.threat)).filter(|threat| !threat.is_empty()),
        }
    }

    /// How many scenarios there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// There are none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every line, by id.
    pub fn iter(&self) -> impl Iterator<Item = Listing<'_>> {
        self.rows.iter().map(|row| self.listing(row))
    }

    /// The line of a scenario.
    pub fn find(&self, id: &str) -> Option<Listing<'_>> {
        let place = self.rows.binary_search_by(|row| self.listing(row).id.cmp(id)).ok()?;
        self.rows.get(place).map(|row| self.listing(row))
    }

    /// The lines of a lesson's scenarios, easiest first.
    pub fn in_lesson<'a>(&'a self, lesson: &str) -> Vec<Listing<'a>> {
        let mut found: Vec<Listing<'a>> = self.iter().filter(|line| line.lesson == lesson).collect();
        found.sort_by_key(|line| line.level);
        found
    }

    /// The other scenarios on this one's ladder.
    pub fn twins<'a>(&'a self, id: &'a str) -> impl Iterator<Item = Listing<'a>> {
        let ladder = self.find(id).and_then(|line| line.ladder);
        self.iter().filter(move |line| ladder.is_some() && line.ladder == ladder && line.id != id)
    }
}

/// The threat that most breaches of a scenario tie to; of several the one nearest the top of the stack.
fn chief_threat(scenario: &Scenario) -> Option<&str> {
    let threats = || scenario.incidents().filter_map(|(_, layer, _)| layer.threat.as_deref());
    let times = |threat: &&str| threats().filter(|other| other == threat).count();
    // Of equals the last is taken.
    threats().collect::<Vec<_>>().into_iter().rev().max_by_key(times)
}

#[cfg(test)]
mod tests {
    use super::super::grading::tests::{layer, scenario};
    use super::*;

    fn catalog() -> Catalog {
        let named = |id: &str, level, ladder: Option<&str>| Scenario {
            id: id.into(),
            level,
            ladder: ladder.map(String::from),
            ..scenario(vec![layer("data", Owner::Customer), layer("hosts", Owner::Provider)])
        };
        Catalog::of(&[named("shop", 3, Some("s")), named("blog", 1, None), named("shop-vm", 2, Some("s"))])
    }

    #[test]
    fn scenarios_are_found_by_id_and_listed_easiest_first() {
        let catalog = catalog();
        assert_eq!(catalog.find("shop").map(|line| (line.level, line.layers, line.customer)), Some((3, 2, 1)));
        assert_eq!(catalog.find("none"), None);
        let levels: Vec<u8> = catalog.in_lesson("8.1").iter().map(|line| line.level).collect();
        assert_eq!(levels, [1, 2, 3]);
    }

    #[test]
    fn breaches_are_counted_under_the_threat_most_of_them_tie_to() {
        let row = |id: &str, threat: Option<&str>| super::super::Layer {
            threat: threat.map(String::from),
            breach: Some(super::super::Breach { headline: "News".into(), steps: vec![] }),
            ..layer(id, Owner::Customer)
        };
        let rows = vec![row("a", None), row("b", Some("leak")), row("c", Some("iam")), row("d", Some("iam"))];
        let open = Scenario { id: "open".into(), ..scenario(rows) };
        let even = Scenario { id: "even".into(), ..scenario(vec![row("a", Some("iam")), row("b", Some("leak"))]) };
        let catalog = Catalog::of(&[open, even, Scenario { id: "none".into(), ..scenario(vec![]) }]);
        let told: Vec<_> = catalog.iter().map(|line| (line.id, line.breaches, line.threat)).collect();
        assert_eq!(told, [("even", 2, Some("iam")), ("none", 0, None), ("open", 4, Some("iam"))]);
    }

    #[test]
    fn twins_share_a_ladder() {
        let catalog = catalog();
        let twins: Vec<&str> = catalog.twins("shop").map(|line| line.id).collect();
        assert_eq!(twins, ["shop-vm"]);
        assert_eq!(catalog.twins("blog").count(), 0);
    }
}
