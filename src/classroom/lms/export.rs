//! What a learning platform exported: its students and its columns, matched with ours.

use crate::{
    classroom::{
        Learner,
        sheet::{self, Line, Sheet},
    },
    content::{Findings, Problem, SourceFile},
};

use super::Platform;

/// What we know of a learner that a platform may know them by.
type Identity = fn(&Learner) -> &str;

/// The platform's own export of its gradebook.
#[derive(Clone, Debug, Default)]
pub struct LmsExport {
    pub(super) sheet: Sheet,
    /// What a column's work is worth, where a row says so (Canvas).
    pub(super) points: Option<Line>,
}

impl LmsExport {
    /// Reads an export.
    ///
    /// # Errors
    /// With everything that is wrong with it as a sheet.
    pub fn read(file: &SourceFile<'_>) -> Result<Self, Vec<Problem>> {
        let text = sheet::text(file)?;
        let mut findings = Findings::new(&file.path, &text);
        let mut sheet = sheet::read(&text, &mut findings);
        let problems = findings.into_problems();
        if problems.iter().any(Problem::is_error) {
            return Err(problems);
        }
        let about = |line: &Line| line.cell(Some(0)).contains("Points Possible");
        let points = sheet.rows.iter().find(|line| about(line)).cloned();
        // Canvas writes a line such as `Manual Posting` as well: nobody's, since it names nobody.
        let nobody = |line: &Line| line.cell(Some(0)).is_empty() && line.cell(Some(1)).is_empty();
        sheet.rows.retain(|line| !(about(line) || nobody(line)));
        Ok(Self { sheet, points })
    }

    /// It has the columns that `platform` writes.
    pub(super) fn is_of(&self, platform: Platform) -> bool {
        let head = |place: usize| self.sheet.header.get(place).map_or("", String::as_str);
        match platform {
            Platform::Canvas => head(0).contains("Student") && head(1).contains("ID"),
            Platform::Moodle => !self.keys(Platform::Moodle).is_empty(),
            Platform::Csv | Platform::Nbgrader => true,
        }
    }

    /// The columns by which a platform knows a student, the surest first, with what we know of a learner.
    fn keys(&self, platform: Platform) -> Vec<(usize, Identity)> {
        let id: Identity = |learner| &learner.id;
        let sis: Identity = |learner| learner.sis_id.as_deref().unwrap_or_default();
        let login: Identity = |learner| &learner.login;
        let email: Identity = |learner| learner.email.as_deref().unwrap_or(&learner.login);
        let names: [(&[&str], _); 3] = match platform {
            Platform::Canvas => [(&["id"], id), (&["sis user id"], sis), (&["sis login id"], login)],
            _ => [(&["id number", "idnumber"], id), (&["username"], login), (&["email address", "email"], email)],
        };
        names.into_iter().filter_map(|(names, of)| self.sheet.column(names).map(|column| (column, of))).collect()
    }

    /// The rows of a learner: one, where the platform knows them.
    pub(super) fn rows_of(&self, learner: &Learner, platform: Platform) -> Vec<&Line> {
        for (column, of) in self.keys(platform) {
            let wanted = of(learner).to_lowercase();
            let same = |line: &&Line| !wanted.is_empty() && line.cell(Some(column)).to_lowercase() == wanted;
            let found: Vec<&Line> = self.sheet.rows.iter().filter(same).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The columns that hold an assignment's grades: those with this title, whatever the platform adds to it.
    pub(super) fn columns_of(&self, title: &str, platform: Platform) -> Vec<usize> {
        let same = |(_, head): &(usize, &String)| head.as_str() == title || bare(head, platform) == title;
        self.sheet.header.iter().enumerate().filter(same).map(|(place, _)| place).collect()
    }

    /// The titles of all columns, as the platform shows them to people.
    pub(super) fn titles(&self, platform: Platform) -> Vec<&str> {
        self.sheet.header.iter().map(|head| bare(head, platform)).collect()
    }

    /// What the work of a column is worth, in hundredths of a point.
    pub(super) fn worth(&self, column: usize) -> Option<u64> {
        hundredths(self.points.as_ref()?.cell(Some(column)))
    }
}

/// A column's title without what the platform adds: Canvas `Lab 1 (12)`, Moodle `Quiz: Lab 1 (Real)`.
fn bare(head: &str, platform: Platform) -> &str {
    let (title, mark) = head
        .strip_suffix(')')
        .and_then(|head| head.rsplit_once(" ("))
        .filter(|(_, mark)| match platform {
            Platform::Canvas => !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_digit()),
            _ => matches!(*mark, "Real" | "Percentage" | "Letter"),
        })
        .unwrap_or((head, ""));
    match (platform, title.split_once(": ")) {
        (Platform::Moodle, Some((_, title))) if !mark.is_empty() => title,
        _ => title,
    }
}

/// A number of at most two decimals, in hundredths; a comma counts as a point.
pub(super) fn hundredths(text: &str) -> Option<u64> {
    let text = text.replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) {
        return None;
    }
    let cents: String = rest.chars().chain("00".chars()).take(2).collect();
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(cents.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_platform_adds_to_a_title_is_no_part_of_it() {
        assert_eq!(bare("Lab 1 (12)", Platform::Canvas), "Lab 1");
        assert_eq!(bare("Lab 1 (red)", Platform::Canvas), "Lab 1 (red)");
        assert_eq!(bare("Quiz: Lab: one (Real)", Platform::Moodle), "Lab: one");
        assert_eq!(bare("Lab: one", Platform::Moodle), "Lab: one");
    }

    #[test]
    fn grades_are_read_to_the_hundredth() {
        assert_eq!(
            ["87.5", "87,5", "100", "0.05", "33.333"].map(hundredths),
            [Some(8_750), Some(8_750), Some(10_000), Some(5), Some(3_333)]
        );
        assert_eq!(["", "-", "EX", "1.2.3", "-5", "+5"].map(hundredths), [None; 6]);
    }
}
