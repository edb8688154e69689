//! Flags, environment, configuration file and defaults, in this order of precedence, as one setup.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use serde::Deserialize;

use crate::{app::settings, course::learner_name, document::printable, store::Location};

use super::{Failure, args::Global, serve::ServeFile};

/// What a verb works with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setup {
    /// Packs in place of the built-in course.
    pub(super) packs: Vec<PathBuf>,
    /// Files of the classes that run here.
    pub(super) classes: Vec<PathBuf>,
    /// The database.
    pub(super) database: Location,
    /// Whose records.
    pub(super) learner: String,
    /// The conversation in lines was asked for.
    pub(super) plain: bool,
    /// The theme asked for.
    pub(super) theme: Option<String>,
    /// The mouse is left to the terminal.
    pub(super) no_mouse: bool,
    /// What the file says of serving others.
    pub(super) serve: ServeFile,
    /// The key of an instructor, whose session it is in place of a learner's.
    pub(super) instructor: Option<String>,
    /// It is a guest's session, which touches nothing but the database and the packs.
    pub(super) restricted: bool,
}

/// `config.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    pack: Vec<PathBuf>,
    #[serde(default)]
    class: Vec<PathBuf>,
    database: Option<String>,
    learner: Option<String>,
    #[serde(default)]
    plain: bool,
    theme: Option<String>,
    mouse: Option<bool>,
    #[serde(default)]
    serve: ServeFile,
}

impl Setup {
    /// The setup that `flags` (with the environment in them), the configuration file and the defaults make.
    pub(super) fn of(flags: &Global) -> Result<Self, Failure> {
        let places = if flags.restricted { Ok(Places::of_box()) } else { Places::of_home() };
        let setup = Self::at(places, flags)?;
        Ok(Self { database: own(setup.database, &setup.learner), ..setup })
    }

    /// The setup of a host that serves many, for the one who runs it.
    pub(super) fn of_box(flags: &Global) -> Result<Self, Failure> {
        let setup = Self::at(Ok(Places::of_box()), flags)?;
        if own(setup.database.clone(), "") == setup.database {
            return Ok(setup);
        }
        Err(Failure::usage(
            format!("accounts need one database for all, and {} is one for each learner", setup.database),
            "leave {learner} out of its path",
        ))
    }

    fn at(places: Result<Places, Failure>, flags: &Global) -> Result<Self, Failure> {
        let file = match (&flags.config, &places) {
            (Some(path), _) => read(path, Missing::Fails)?,
            (None, Ok(places)) => read(&places.config, Missing::Empty)?,
            (None, Err(_)) => File::default(),
        };
        let database = match flags.database.as_ref().or(file.database.as_ref()) {
            Some(url) => database(url)?,
            None => places?.database,
        };
        let theme = flags.theme.clone().or(file.theme);
        Ok(Self {
            packs: if flags.pack.is_empty() { file.pack } else { flags.pack.clone() },
            classes: if flags.classes.is_empty() { file.class } else { flags.classes.clone() },
            database,
            learner: learner(flags.learner.as_deref().or(file.learner.as_deref()))?,
            plain: flags.plain || file.plain || on("RESPLINE_PLAIN"),
            theme: theme.map(known_theme).transpose()?,
            no_mouse: flags.no_mouse || on("RESPLINE_NO_MOUSE") || file.mouse == Some(false),
            serve: file.serve,
            instructor: flags.instructor.clone(),
            restricted: flags.restricted,
        })
    }
}

/// Where files lie that nobody named.
struct Places {
    config: PathBuf,
    database: Location,
}

impl Places {
    /// In the folders of whoever runs the program.
    fn of_home() -> Result<Self, Failure> {
        let folders = choose_app_strategy(AppStrategyArgs {
            top_level_domain: "org".into(),
            author: "respline".into(),
            app_name: "respline".into(),
        });
        let folders = folders.map_err(|error| {
            Failure::environment(format!("no home folder: {error}"), "set HOME, or give --database and --config")
        })?;
        let database = Location::File(folders.in_data_dir("respline.sqlite3"));
        Ok(Self { config: folders.in_config_dir("config.toml"), database })
    }

    /// In those of a host that serves many.
    fn of_box() -> Self {
        let database = Location::File("/var/lib/respline/respline.sqlite3".into());
        Self { config: "/etc/respline/config.toml".into(), database }
    }
}

/// The database of `learner` where its path leaves room for a name. No name leads out of a folder: it begins with a letter
/// or digit and has no slash.
fn own(database: Location, learner: &str) -> Location {
    match database {
        Location::File(path) => match path.to_str() {
            Some(text) => Location::File(text.replace("{learner}", learner).into()),
            None => Location::File(path),
        },
        server @ Location::Postgres(_) => server,
    }
}

/// A switch in the environment: set, and neither empty nor 0.
fn on(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// What a missing configuration file means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Fails,
    Empty,
}

fn read(path: &Path, missing: Missing) -> Result<File, Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && missing == Missing::Empty => return Ok(File::default()),
        Err(error) => {
            return Err(Failure::environment(
                format!("{}: {error}", path.display()),
                "give another file with --config",
            ));
        }
    };
    let file: File = toml::from_str(&text).map_err(|error| {
        let words = printable(&error.to_string()).into_owned();
        Failure::environment(
            format!("{}: {words}", path.display()),
            "known keys: pack, class, database, learner, plain, theme, mouse, [serve]",
        )
    })?;
    // A file of an instructor's lies beside it more often than beside whoever starts the program.
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(File { class: file.class.into_iter().map(|class| folder.join(class)).collect(), ..file })
}

/// The database that is named.
pub(super) fn database(url: &str) -> Result<Location, Failure> {
    Location::parse(url).map_err(|error| Failure::usage(error.to_string(), error.hint()))
}

/// A learner's name must be safe to print wherever it turns up.
fn learner(name: Option<&str>) -> Result<String, Failure> {
    learner_name(name.unwrap_or("local")).map_err(|error| Failure::usage(error.to_string(), "give another --learner"))
}

fn known_theme(name: String) -> Result<String, Failure> {
    match settings::theme(&name) {
        Some(_) => Ok(name),
        None => Err(Failure::usage(format!("there is no theme '{name}'"), "dark, light or contrast")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_of_another_kind_is_no_database() {
        assert_eq!(database("b.db"), Ok(Location::File("b.db".into())));
        let refused = database("http://user:secret@host").expect_err("it is none");
        assert_eq!((refused.kind, refused.message.contains("secret")), (crate::cli::Kind::Usage, false));
    }

    #[test]
    fn a_path_with_room_for_a_name_is_the_learners_own() {
        let global = |database: &str| Global {
            database: Some(database.into()),
            learner: Some("ann".into()),
            config: Some("/dev/null".into()),
            restricted: true,
            ..Global::default()
        };
        let file = |path: &str| Location::File(path.into());
        assert_eq!(Setup::of(&global("/a/{learner}.db")).map(|setup| setup.database), Ok(file("/a/ann.db")));
        assert_eq!(Setup::of(&global("/a/b.db")).map(|setup| setup.database), Ok(file("/a/b.db")));
        let server = "postgres://h/{learner}";
        assert_eq!(
            Setup::of(&global(server)).map(|setup| setup.database),
            Ok(Location::parse(server).expect("it is one"))
        );
        assert!(Setup::of_box(&global("/a/{learner}.db")).is_err() && Setup::of_box(&global("/a/b.db")).is_ok());
    }

    #[test]
    fn a_name_that_would_move_a_cursor_is_refused() {
        assert!(learner(Some("eve\u{1b}[2J")).is_err());
        assert!(learner(Some("  ")).is_err());
        assert_eq!(learner(Some(" Ann ")), Ok("Ann".to_owned()));
    }
}
