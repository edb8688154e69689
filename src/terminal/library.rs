//! TEMP
use super::Shelf;
use crate::{
    content::{self, SourceFile},
    course::{Course, Lesson, Scenario},
};
use std::{path::PathBuf, sync::Arc};
/// TEMP
pub struct Library {
    root: PathBuf,
    course: Arc<Course>,
}
impl Library {
    /// TEMP
    pub fn embedded() -> Result<Self, String> {
        Self::open(&[PathBuf::from(".")])
    }
    /// TEMP
    pub fn open(p: &[PathBuf]) -> Result<Self, String> {
        let root = p[0].clone();
        let mut files = Vec::new();
        for dir in ["lessons", "scenarios"] {
            for e in std::fs::read_dir(root.join(dir)).map_err(|e| e.to_string())? {
                let e = e.map_err(|e| e.to_string())?;
                files.push(SourceFile::new(
                    format!("{dir}/{}", e.file_name().to_string_lossy()),
                    std::fs::read(e.path()).map_err(|e| e.to_string())?,
                ));
            }
        }
        let report = content::pack(&files);
        let words: Vec<String> = report.problems.iter().filter(|p| p.is_error()).map(|p| p.to_string()).collect();
        Ok(Self { root, course: Arc::new(report.course.ok_or_else(|| words.join("\n"))?) })
    }
    /// TEMP
    pub fn course(&self) -> Arc<Course> {
        Arc::clone(&self.course)
    }
}
impl Shelf for Library {
    fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String> {
        let path = format!("scenarios/{id}.toml");
        let bytes = std::fs::read(self.root.join(&path)).map_err(|e| e.to_string())?;
        content::scenario(&SourceFile::new(path, bytes)).map(Arc::new).map_err(|p| p[0].to_string())
    }
    fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String> {
        let file = self.course.lesson(id).and_then(|l| l.file.clone()).ok_or("none")?;
        let path = format!("lessons/{file}");
        let bytes = std::fs::read(self.root.join(&path)).map_err(|e| e.to_string())?;
        content::lesson(id, &SourceFile::new(path, bytes)).map(Arc::new).map_err(|p| p[0].to_string())
    }
}
