//! The manifest: which files a package has, what each is, and which it needs.

use super::{super::tree::Element, Version};

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Test,
    Item,
    Stimulus,
}

/// A file of the package, as its manifest names it.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) path: String,
    /// Ids of the resources it refers to.
    pub(super) needs: Vec<String>,
}

/// The manifest of a package with this id.
pub(super) fn manifest<'r>(version: Version, id: &str, resources: impl Iterator<Item = &'r Resource>) -> Element {
    let (schema, number) = version.schema();
    let about = [Element::new("schema").saying(schema), Element::new("schemaversion").saying(number)];
    version.manifest().with("identifier", id).holding([
        Element::new("metadata").holding(about),
        Element::new("organizations"),
        Element::new("resources").holding(resources.map(|one| resource(version, one))),
    ])
}

fn resource(version: Version, resource: &Resource) -> Element {
    let kind = match resource.kind {
        Kind::Test => "test",
        Kind::Item => "item",
        Kind::Stimulus => "stimulus",
    };
    let need = |id: &String| Element::new("dependency").with("identifierref", id);
    Element::new("resource")
        .with("identifier", &resource.id)
        .with("type", &format!("imsqti_{kind}_{}", version.suffix()))
        .with("href", &resource.path)
        .holding([Element::new("file").with("href", &resource.path)])
        .holding(resource.needs.iter().map(need))
}
