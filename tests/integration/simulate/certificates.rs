//! The double's certificates: synthetic, worthless, and made here.

use std::fs;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tls");

fn named(common_name: &str, names: &[&str], years: (i32, i32)) -> CertificateParams {
    let names: Vec<_> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::OrganizationName, "Synthetic, for tests only");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    params
}

fn write(name: &str, parts: &[&str]) {
    fs::write(format!("{FOLDER}/{name}.pem"), parts.concat()).unwrap();
}

#[test]
#[ignore = "rewrites fixtures/tls"]
fn regenerate_certificates() {
    const HERE: &[&str] = &["localhost", "127.0.0.1", "::1"];
    const VALID: (i32, i32) = (2020, 2120);

    let mut authority = named("Synthetic Web Gateway Inspection CA", &[], VALID);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate().unwrap();
    let root = authority.self_signed(&key).unwrap().pem();
    write("ca", &[&root]);
    let authority = Issuer::new(authority, key);

    let signed = [
        ("private-ca", named("localhost", HERE, VALID)),
        ("wrong-name", named("elsewhere.invalid", &["elsewhere.invalid"], VALID)),
        ("expired", named("localhost", HERE, (2020, 2021))),
        ("not-yet-valid", named("localhost", HERE, (2110, 2120))),
    ];
    for (name, params) in signed {
        let key = KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, &authority).unwrap().pem();
        write(name, &[&leaf, &root, &key.serialize_pem()]);
    }
    let key = KeyPair::generate().unwrap();
    let leaf = named("localhost", HERE, VALID).self_signed(&key).unwrap().pem();
    write("self-signed", &[&leaf, &key.serialize_pem()]);
}
