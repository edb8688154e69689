//! `respline class key`: the pair of keys that hand-in files are sealed and opened with.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use toml_edit::value;

use crate::store::OpeningKey;

use super::{
    super::{
        Failure,
        config::Setup,
        print,
        progress::{Target, save},
    },
    copies::document,
    load::{file, shown, sound},
};

/// Where the private half is kept: beside the class file, under its name.
pub(super) fn private(class: &Path) -> PathBuf {
    class.with_extension("hand-in-key")
}

/// Makes a pair: the public half goes into the class file, the private one into a file of its own.
pub(super) fn make(setup: &Setup, path: &Path) -> Result<ExitCode, Failure> {
    let (class, _) = sound(setup, path)?;
    if class.hand_in_key.is_some() {
        let hint = "keep it; to make a new one take `hand-in-key` out of the class file and the private file away";
        return Err(Failure::usage("the class has a hand-in key already", hint));
    }
    let (key, public) = OpeningKey::make().ok_or_else(|| Failure::environment("no randomness", ""))?;
    let beside = private(path);
    let text = format!(
        "# The private half of the hand-in key of the class {}: it opens what learners hand in. Give it to nobody.\n{}\n",
        class.id,
        key.text()
    );
    let failed = |error: super::super::progress::TransferError| Failure::environment(error.to_string(), error.hint());
    save(&beside, &Target::New(beside.clone()), text.as_bytes()).map_err(failed)?;
    let edited = with_key(path, &public)?;
    // The class file keeps the rights it has.
    fs::write(path, edited).map_err(|error| {
        Failure::environment(format!("{}: {error}", shown(path)), "make it writable, take the key file away, try again")
    })?;
    print(&format!(
        "{}: `hand-in-key` is in it; give it to the learners again\n{}: the private half; keep it, it is read by `class collect`\n",
        shown(path),
        shown(&beside)
    ))
}

/// The class file with the public half in it.
fn with_key(path: &Path, public: &[u8; 32]) -> Result<String, Failure> {
    let mut document = document(path)?;
    let digits: String = public.iter().map(|byte| format!("{byte:02x}")).collect();
    document.insert("hand-in-key", value(format!("x25519:{digits}")));
    Ok(document.to_string())
}

/// The private half of a class's key, from `named` or from beside the class file; none where there is no such file.
pub(super) fn read(class: &Path, named: Option<&Path>) -> Result<Option<OpeningKey>, Failure> {
    let path = named.map_or_else(|| private(class), Path::to_path_buf);
    if named.is_none() && !path.exists() {
        return Ok(None);
    }
    let source = file(&path)?;
    let key = OpeningKey::read(&String::from_utf8_lossy(&source.bytes));
    let hint = "give the file that `respline class key` wrote";
    key.map(Some).ok_or_else(|| Failure::content(format!("{} holds no private key", shown(&path)), hint))
}
