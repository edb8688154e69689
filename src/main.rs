//! Entry point.

use std::{
    io::{IsTerminal, stdin, stdout},
    process::ExitCode,
    sync::Arc,
};

use respline::{
    app::{Size, State},
    course::{Lesson, Record, Scenario},
    store::{Store, StoreError},
    terminal::{Session, Shelf, Surroundings, local, survey},
};

struct Nothing;

impl Store for Nothing {
    fn append(&mut self, _learner: &str, _records: &[Record]) -> Result<(), StoreError> {
        Ok(())
    }

    fn records(&mut self, _learner: &str) -> Result<Vec<Record>, StoreError> {
        Ok(Vec::new())
    }
}

impl Shelf for Nothing {
    fn scenario(&self, id: &str) -> Result<Arc<Scenario>, String> {
        Err(format!("no scenario '{id}'"))
    }

    fn lesson(&self, id: &str) -> Result<Arc<Lesson>, String> {
        Err(format!("no lesson '{id}'"))
    }
}

fn main() -> ExitCode {
    let env = |name: &str| std::env::var(name).ok();
    let surroundings = Surroundings { env: &env, keyboard: stdin().is_terminal(), screen: stdout().is_terminal() };
    let state = State { size: Size::default(), look: survey(&surroundings).look };
    let session = Session::new(state, "local".into(), Box::new(Nothing), Arc::new(Nothing));
    local::run(session).map_or(ExitCode::from(3), |ended| ExitCode::from(ended.code()))
}
