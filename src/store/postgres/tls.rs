//! TLS to the server, always verified.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::shown;

use super::server::Roots;

/// What is spoken to a server of these roots; none where it is spoken to in the clear.
pub(super) fn connector(roots: &Roots) -> Result<Option<MakeRustlsConnect>, String> {
    let roots = match roots {
        Roots::None => return Ok(None),
        Roots::System => system()?,
        Roots::File(path) => file(path)?,
    };
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    // Asked for by servers that begin with TLS at once.
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    Ok(Some(MakeRustlsConnect::new(config)))
}

fn system() -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() { Err("this system trusts no authority for certificates".into()) } else { Ok(roots) }
}

fn file(path: &Path) -> Result<RootCertStore, String> {
    let told = |what: &dyn std::fmt::Display| format!("{}: {what}", shown(path));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| told(&error))? {
        let certificate = certificate.map_err(|error| told(&error))?;
        roots.add(certificate).map_err(|error| told(&error))?;
    }
    if roots.is_empty() { Err(told(&"it holds no certificate")) } else { Ok(roots) }
}
