//! The versions of QTI, and what each calls things.

use std::borrow::Cow;

use super::super::tree::Element;

/// A version of QTI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// What most learning platforms import.
    V2_1,
    /// The present one.
    V3_0,
}

/// What XML knows a schema's place by.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl Version {
    /// An element of QTI, given its name in 2.1: `assessmentItem`, or `qti-assessment-item`.
    pub(super) fn element(self, name: &'static str) -> Element {
        Element::new(match self {
            Self::V2_1 => Cow::Borrowed(name),
            Self::V3_0 => Cow::Owned(format!("qti-{}", hyphened(name))),
        })
    }

    /// An attribute of QTI, given its name in 2.1: `baseType`, or `base-type`.
    pub(super) fn attribute(self, name: &'static str) -> Cow<'static, str> {
        match self {
            Self::V2_1 => Cow::Borrowed(name),
            Self::V3_0 => Cow::Owned(hyphened(name)),
        }
    }

    /// The root of a file of questions.
    pub(super) fn root(self, name: &'static str) -> Element {
        let (space, schema) = match self {
            Self::V2_1 => {
                ("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd")
            }
            Self::V3_0 => (
                "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
                "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
            ),
        };
        in_space(self.element(name), space, schema)
    }

    /// The root of a package's manifest, whose elements have one name in both.
    pub(super) fn manifest(self) -> Element {
        let (space, schema) = match self {
            Self::V2_1 => (
                "http://www.imsglobal.org/xsd/imscp_v1p1",
                "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
            ),
            Self::V3_0 => (
                "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
                "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
            ),
        };
        in_space(Element::new("manifest"), space, schema)
    }

    /// What a manifest says it follows, and in which version.
    pub(super) const fn schema(self) -> (&'static str, &'static str) {
        match self {
            Self::V2_1 => ("QTIv2.1 Package", "1.0.0"),
            Self::V3_0 => ("QTI Package", "3.0.0"),
        }
    }

    /// The end of the names of its kinds of resource.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::V2_1 => "xmlv2p1",
            Self::V3_0 => "xmlv3p0",
        }
    }
}

fn in_space(root: Element, space: &str, schema: &str) -> Element {
    root.with("xmlns", space).with("xmlns:xsi", XSI).with("xsi:schemaLocation", &format!("{space} {schema}"))
}

/// `baseType` as `base-type`.
fn hyphened(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for char in name.chars() {
        if char.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(char.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_one_become_names_of_the_other() {
        assert_eq!(Version::V3_0.attribute("responseIdentifier"), "response-identifier");
        assert_eq!(Version::V2_1.attribute("responseIdentifier"), "responseIdentifier");
        assert_eq!(Version::V3_0.element("assessmentItem"), Element::new("qti-assessment-item"));
    }
}
