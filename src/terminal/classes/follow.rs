//! The classes that a session or a box runs with, and what becomes of them when their files are saved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{classroom::Class, course::Course};

use super::{ClassError, Entry, Stamp, read};

/// Classes that were read from files, and the files.
#[derive(Debug, Default)]
pub struct Classes {
    files: Vec<ClassFile>,
    course: Arc<Course>,
}

#[derive(Debug)]
struct ClassFile {
    path: PathBuf,
    /// As it was when it was last sound; none where it never was.
    class: Option<Arc<Class>>,
    seen: Stamp,
}

impl Classes {
    /// The classes at `paths`, held against `course`.
    ///
    /// # Errors
    /// With the first of them that cannot be used.
    pub fn open(paths: &[PathBuf], course: &Arc<Course>) -> Result<Self, ClassError> {
        let (classes, refused) = Self::open_sound(paths, course);
        refused.into_iter().next().map_or(Ok(classes), Err)
    }

    /// The classes at `paths` that can be used, and why others cannot; those are looked at again once they are saved.
    pub fn open_sound(paths: &[PathBuf], course: &Arc<Course>) -> (Self, Vec<ClassError>) {
        let mut classes = Self { files: Vec::new(), course: Arc::clone(course) };
        let refused = paths.iter().filter_map(|path| {
            let file = ClassFile { path: path.clone(), class: None, seen: Stamp::default() };
            classes.files.push(file);
            classes.reread(classes.files.len() - 1)?.err()
        });
        let refused = refused.collect();
        (classes, refused)
    }

    /// The classes, in the order in which they were named.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Class>> {
        self.files.iter().filter_map(|file| file.class.as_ref())
    }

    /// Whether no class file was named.
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The classes whose files were saved since the last look; an error where one is no good any more and the class stays
    /// what it was, told once for each save.
    pub fn look(&mut self) -> Vec<Result<Arc<Class>, ClassError>> {
        let saved: Vec<usize> = (0..self.files.len()).filter(|place| self.is_saved(*place)).collect();
        saved.into_iter().filter_map(|place| self.reread(place)).collect()
    }

    /// A file that is away, as it is for a moment where an editor replaces it, was not saved.
    fn is_saved(&self, place: usize) -> bool {
        let Some(file) = self.files.get(place) else { return false };
        let stamp = |path: &Path| Entry::at(path).ok().map(|entry| entry.stamp);
        let saved = |seen, path: &Path| stamp(path).is_some_and(|now| seen != Some(now));
        let roster = file.seen.roster.as_ref();
        saved(file.seen.class, &file.path) || roster.is_some_and(|(path, seen)| saved(*seen, path))
    }

    /// Reads a file again; nothing where the class in it is the same.
    fn reread(&mut self, place: usize) -> Option<Result<Arc<Class>, ClassError>> {
        let path = self.files.get(place)?.path.clone();
        let reading = match read(&path, &self.course) {
            Ok(reading) => reading,
            Err(error) => {
                self.files.get_mut(place)?.seen.class = Entry::at(&path).ok().map(|entry| entry.stamp);
                return Some(Err(error));
            }
        };
        let stamp = reading.stamp.clone();
        let class = reading.sound(&path).and_then(|class| self.admitted(place, class));
        let file = self.files.get_mut(place)?;
        file.seen = stamp;
        let class = match class {
            Ok(class) => Arc::new(class),
            Err(error) => return Some(Err(error)),
        };
        let same = file.class.as_ref() == Some(&class);
        file.class = Some(Arc::clone(&class));
        (!same).then_some(Ok(class))
    }

    /// The class, unless its id is another one's or was another one before.
    fn admitted(&self, place: usize, class: Class) -> Result<Class, ClassError> {
        let path = || self.files.get(place).map(|file| file.path.clone()).unwrap_or_default();
        let was = self.files.get(place).and_then(|file| file.class.as_ref()).map(|class| class.id.clone());
        if let Some(was) = was.filter(|was| *was != class.id) {
            return Err(ClassError::Renamed { path: path(), was, is: class.id });
        }
        let others = self.files.iter().zip(0..).filter(|(_, other)| *other != place);
        let mut others = others.filter_map(|(file, _)| file.class.as_ref());
        if others.any(|other| other.id == class.id) {
            return Err(ClassError::Twice { path: path(), id: class.id });
        }
        Ok(class)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const CLASS: &str =
        "format = 1\nid = \"autumn\"\ntitle = \"Autumn\"\ntime-zone = \"UTC\"\nroster = \"roster.csv\"\n";

    fn logins(class: &Class) -> Vec<&str> {
        class.learners.iter().map(|learner| learner.login.as_str()).collect()
    }

    #[test]
    fn what_is_saved_is_read_again_and_what_is_broken_stays_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, roster) = (folder.path().join("autumn.toml"), folder.path().join("roster.csv"));
        fs::write(&path, CLASS).expect("it is written");
        fs::write(&roster, "id,login\n1,ana\n").expect("it is written");
        let mut classes = Classes::open(std::slice::from_ref(&path), &Arc::default()).expect("it is sound");
        assert!(classes.look().is_empty(), "nothing was saved");
        fs::write(&roster, "id,login\n1,ana\n2,bo\n").expect("it is written");
        let saved = classes.look().remove(0).expect("it is sound");
        assert_eq!(logins(&saved), ["ana", "bo"]);
        fs::write(&path, CLASS.replace("title", "tittle")).expect("it is written");
        let refused = classes.look().remove(0).expect_err("it is broken");
        assert!(refused.to_string().contains("autumn.toml:3:1: "), "{refused}");
        assert!(classes.look().is_empty(), "told once");
        fs::write(&path, CLASS.replace("autumn", "spring")).expect("it is written");
        assert!(matches!(classes.look().remove(0), Err(ClassError::Renamed { .. })));
        fs::remove_file(&path).expect("it is there");
        assert!(classes.look().is_empty(), "an editor may be replacing it");
        assert_eq!(classes.iter().next(), Some(&saved));
        fs::write(&path, CLASS.replace("Autumn", "Late autumn")).expect("it is written");
        assert_eq!(classes.look().remove(0).expect("it is sound").title, "Late autumn");
    }

    #[test]
    fn two_files_of_one_id_are_refused_and_a_broken_one_comes_in_when_it_is_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = ["one.toml", "two.toml"].map(|name| folder.path().join(name));
        let class = CLASS.replace("roster = \"roster.csv\"\n", "");
        paths.iter().for_each(|path| fs::write(path, &class).expect("it is written"));
        assert!(matches!(Classes::open(&paths, &Arc::default()), Err(ClassError::Twice { .. })));
        let (mut classes, refused) = Classes::open_sound(&paths, &Arc::default());
        assert_eq!((classes.iter().count(), refused.len()), (1, 1));
        fs::write(&paths[1], class.replace("autumn", "spring")).expect("it is written");
        assert_eq!(classes.look().remove(0).expect("it is sound").id, "spring");
        assert_eq!(classes.iter().count(), 2);
    }
}
