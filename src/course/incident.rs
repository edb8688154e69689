//! Incidents: the breaches of a scenario asked the other way round. Given the news, which row failed, which control would have
//! broken the way, and whose side was it?
//!
//! The row is revealed once it is named, since the other two questions are about it; those two are answered before either is
//! revealed, as in the exercise.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Breach, Digest, Entry, Layer, Miss, Model, Order, Owner, Record, RecordKey, Scenario, Timestamp,
    shuffle::permutation,
};

/// Points of one incident: the row, the control, the side.
pub const INCIDENT_POINTS: u32 = 3;

/// The grade of one incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct IncidentMark {
    /// The row was found.
    pub row: bool,
    /// The control was right.
    pub control: bool,
    /// The side was right.
    pub owner: bool,
    /// Which way a wrong side leans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub miss: Option<Miss>,
    /// The pitfall that the chosen wrong control shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trap: Option<String>,
    /// The threat the row ties to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<String>,
}

impl IncidentMark {
    /// Grades what was said of the incident on `layer`; `found` tells whether its row was.
    pub fn of(layer: &Layer, found: bool, control: usize, owner: Owner) -> Self {
        let chosen = layer.controls.get(control);
        let right = owner == layer.owner;
        let lean = if layer.owner == Owner::Customer { Miss::OverTrust } else { Miss::OverClaim };
        Self {
            row: found,
            control: chosen.is_some_and(|control| control.correct),
            owner: right,
            miss: (!right).then_some(lean),
            trap: chosen.filter(|control| !control.correct).and_then(|control| control.trap.clone()),
            threat: layer.threat.clone(),
        }
    }

    /// Points reached, of [`INCIDENT_POINTS`].
    pub fn points(&self) -> u32 {
        [self.row, self.control, self.owner].map(u32::from).iter().sum()
    }
}

/// What was said of an incident once its row was known, and how it was graded.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// Digest of the row's question as it was answered.
    pub digest: Digest,
    /// The control chosen, by its place in file order.
    pub control: usize,
    /// The side chosen.
    pub owner: Owner,
    /// Its grade.
    pub mark: IncidentMark,
}

/// What the records say of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Id of the layer that failed.
    pub incident: String,
    /// Id of the layer that was named.
    pub row: String,
    /// It was the right one.
    pub found: bool,
    /// The rest of the answer, once it is given.
    pub resolution: Option<Resolution>,
}

/// What the records say of one investigation.
#[derive(Clone, Debug, PartialEq)]
pub struct InvestigationLog {
    /// Its name.
    pub id: RecordKey,
    /// When it was last touched.
    pub touched: Timestamp,
    /// Scenario id.
    pub scenario: String,
    /// Lesson id.
    pub lesson: String,
    /// Service model.
    pub model: Model,
    /// Ordered the headlines, and the controls.
    pub seed: u64,
    /// Whether controls are shuffled.
    pub order: Order,
    /// Layer ids of the incidents, in the order they are asked.
    pub incidents: Vec<String>,
    /// What was said, in the order it was.
    pub findings: Vec<Finding>,
    /// Given up.
    pub dropped: bool,
}

impl InvestigationLog {
    fn finding(&self, incident: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.incident == incident)
    }

    /// It can be continued.
    pub fn open(&self) -> bool {
        let resolved = |id: &String| self.finding(id).is_some_and(|finding| finding.resolution.is_some());
        !self.dropped && !self.incidents.iter().all(resolved)
    }
}

/// Every investigation of a learner, in the order they were begun.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Investigations(Vec<InvestigationLog>);

impl Investigations {
    /// Folds in a record; those about something else change nothing.
    pub fn apply(&mut self, record: &Record) {
        match &record.entry {
            Entry::Investigating { scenario, lesson, model, seed, order, incidents } => {
                self.0.push(InvestigationLog {
                    id: record.key,
                    touched: record.at,
                    scenario: scenario.clone(),
                    lesson: lesson.clone(),
                    model: *model,
                    seed: *seed,
                    order: *order,
                    incidents: incidents.clone(),
                    findings: Vec::new(),
                    dropped: false,
                });
            }
            Entry::Traced { investigation, incident, row, found } => {
                let Some(log) = self.touch(*investigation, record.at) else { return };
                // The first answer counts: after it the row is known.
                if log.finding(incident).is_none() {
                    let (incident, row) = (incident.clone(), row.clone());
                    log.findings.push(Finding { incident, row, found: *found, resolution: None });
                }
            }
            Entry::Resolved { investigation, incident, digest, control, owner, mark } => {
                let resolution = Resolution { digest: *digest, control: *control, owner: *owner, mark: mark.clone() };
                self.resolve(*investigation, record.at, incident, resolution);
            }
            _ => {}
        }
    }

    /// Takes that one was given up; another's name changes nothing.
    pub(super) fn give_up(&mut self, id: RecordKey) {
        if let Some(log) = self.0.iter_mut().find(|log| log.id == id) {
            log.dropped = true;
        }
    }

    fn touch(&mut self, id: RecordKey, at: Timestamp) -> Option<&mut InvestigationLog> {
        let log = self.0.iter_mut().rfind(|log| log.id == id)?;
        log.touched = at;
        Some(log)
    }

    /// Takes an answer; a second one counts only where its question has changed since the first.
    fn resolve(&mut self, id: RecordKey, at: Timestamp, incident: &str, resolution: Resolution) {
        let Some(log) = self.touch(id, at) else { return };
        let Some(finding) = log.findings.iter_mut().find(|finding| finding.incident == incident) else { return };
        if finding.resolution.as_ref().is_none_or(|before| before.digest != resolution.digest) {
            finding.resolution = Some(resolution);
        }
    }

    /// The investigation with this name.
    pub fn find(&self, id: RecordKey) -> Option<&InvestigationLog> {
        self.0.iter().rfind(|log| log.id == id)
    }

    /// The one begun and not finished that was touched last; `scenario` narrows it.
    pub fn open(&self, scenario: Option<&str>) -> Option<&InvestigationLog> {
        let fits = |log: &&InvestigationLog| log.open() && scenario.is_none_or(|id| log.scenario == id);
        self.0.iter().filter(fits).max_by_key(|log| log.touched)
    }

    /// Everything that was resolved, in the order it was begun: scenario id, layer id, and how it went.
    pub fn resolved(&self) -> impl Iterator<Item = (&str, &str, &Resolution)> {
        self.0.iter().flat_map(|log| {
            let findings = log.findings.iter();
            findings.filter_map(|finding| {
                Some((log.scenario.as_str(), finding.incident.as_str(), finding.resolution.as_ref()?))
            })
        })
    }

    /// The most points reached at an incident; none where it was never resolved.
    pub fn best(&self, scenario: &str, incident: &str) -> Option<u32> {
        let here = self.resolved().filter(|(id, layer, _)| *id == scenario && *layer == incident);
        here.map(|(_, _, resolution)| resolution.mark.points()).max()
    }

    /// How many incidents of a scenario were resolved with every point.
    pub fn solved(&self, scenario: &str) -> usize {
        let whole = |(id, _, resolution): &(&str, &str, &Resolution)| {
            *id == scenario && resolution.mark.points() == INCIDENT_POINTS
        };
        let mut layers: Vec<&str> = self.resolved().filter(whole).map(|(_, layer, _)| layer).collect();
        layers.sort_unstable();
        layers.dedup();
        layers.len()
    }
}

/// What an investigation waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Which row failed?
    Row,
    /// Which control would have broken the way?
    Control,
    /// Whose side was it?
    Side,
    /// The explanation is on the screen.
    Explained,
    /// Every incident is resolved.
    Done,
}

/// A run through the incidents of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Investigation {
    /// Its name.
    pub id: RecordKey,
    /// What failed.
    pub scenario: Arc<Scenario>,
    /// Orders the controls.
    pub seed: u64,
    /// Whether controls are shuffled.
    pub order: Order,
    /// Places of the layers that failed, in the order they are asked.
    pub incidents: Vec<usize>,
    /// The incident at hand, an index into `incidents`.
    pub cursor: usize,
    /// The control chosen for it, by its place in file order, until the side is said as well.
    pub control: Option<usize>,
    /// What was said so far, in the order of `incidents`.
    pub findings: Vec<Option<Finding>>,
    explained: bool,
}

impl Investigation {
    /// The run that `log` recorded, continued at its first open incident.
    ///
    /// Incidents that have left the scenario are dropped; a resolution whose question has changed is asked for again.
    pub fn resume(log: &InvestigationLog, scenario: Arc<Scenario>) -> Self {
        let place = |id: &String| scenario.incidents().find(|(_, layer, _)| layer.id == *id).map(|(place, _, _)| place);
        let incidents: Vec<usize> = log.incidents.iter().filter_map(place).collect();
        let finding = |place: &usize| {
            let layer = scenario.layers.get(*place)?;
            let mut finding = log.finding(&layer.id)?.clone();
            finding.resolution.take_if(|resolution| resolution.digest != layer.digest());
            Some(finding)
        };
        let findings: Vec<Option<Finding>> = incidents.iter().map(finding).collect();
        let (id, seed, order) = (log.id, log.seed, log.order);
        let mut run =
            Self { id, scenario, seed, order, incidents, cursor: 0, control: None, findings, explained: false };
        run.cursor = run.first_open();
        run
    }

    /// What it waits for.
    pub fn lead(&self) -> Lead {
        match self.findings.get(self.cursor) {
            _ if self.explained => Lead::Explained,
            None => Lead::Done,
            Some(None) => Lead::Row,
            Some(Some(_)) if self.control.is_none() => Lead::Control,
            Some(Some(_)) => Lead::Side,
        }
    }

    /// The layer that failed in the incident at hand, and its breach.
    pub fn incident(&self) -> Option<(&Layer, &Breach)> {
        let layer = self.incidents.get(self.cursor).and_then(|place| self.scenario.layers.get(*place))?;
        layer.breach.as_ref().map(|breach| (layer, breach))
    }

    /// What was said of the incident at hand so far.
    pub fn finding(&self) -> Option<&Finding> {
        self.findings.get(self.cursor)?.as_ref()
    }

    /// Places (file order) of the controls of the row that failed, in the order they are offered.
    pub fn offered(&self) -> Vec<usize> {
        let Some((layer, _)) = self.incident() else { return Vec::new() };
        match self.order {
            Order::Authored => (0..layer.controls.len()).collect(),
            Order::Shuffled => permutation(self.seed, &layer.id, layer.controls.len()),
        }
    }

    /// Takes a row that was named, once that has been stored.
    pub fn trace(&mut self, row: &str, found: bool) {
        let Some(incident) = self.incident().map(|(layer, _)| layer.id.clone()) else { return };
        if let Some(finding) = self.findings.get_mut(self.cursor) {
            *finding = Some(Finding { incident, row: row.to_owned(), found, resolution: None });
        }
    }

    /// Takes a resolution that has been stored: shows its explanation.
    pub fn resolve(&mut self, resolution: Resolution) {
        if let Some(Some(finding)) = self.findings.get_mut(self.cursor) {
            finding.resolution = Some(resolution);
            self.explained = true;
        }
    }

    /// Goes on to the next open incident.
    pub fn advance(&mut self) {
        self.explained = false;
        self.control = None;
        self.cursor = self.first_open();
    }

    /// Takes in what was said at another terminal; true where the question at hand was answered there.
    pub fn catch_up(&mut self, log: &InvestigationLog) -> bool {
        let (before, asked) = (self.cursor, self.lead());
        if asked == Lead::Explained {
            return false;
        }
        let stored = Self::resume(log, Arc::clone(&self.scenario));
        let control = self.control;
        *self = stored;
        if self.cursor == before && self.finding().is_some() {
            self.control = control;
        }
        (self.cursor, self.lead()) != (before, asked)
    }

    fn first_open(&self) -> usize {
        let open = |finding: &Option<Finding>| finding.as_ref().is_none_or(|finding| finding.resolution.is_none());
        self.findings.iter().position(open).unwrap_or(self.incidents.len())
    }

    /// Points reached and there were, of what is resolved.
    pub fn points(&self) -> (u32, u32) {
        let resolved = self.findings.iter().flatten().filter_map(|finding| finding.resolution.as_ref());
        resolved.fold((0, 0), |(points, of), one| (points + one.mark.points(), of + INCIDENT_POINTS))
    }
}

#[cfg(test)]
mod tests;
