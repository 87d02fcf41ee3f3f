//! Certificates as they are made, cut off, and changed.

use rcgen::{CertificateParams, DnType, DnValue, KeyPair, SanType, date_time_ymd};

use super::*;

fn made(change: impl FnOnce(&mut CertificateParams)) -> Vec<u8> {
    let mut params = CertificateParams::new(vec!["doctor.test".to_owned()]).unwrap();
    change(&mut params);
    params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
}

#[test]
fn the_parts_of_a_certificate_are_read() {
    let der = made(|params| {
        params.not_before = date_time_ymd(1999, 12, 31);
        params.not_after = date_time_ymd(2051, 1, 2);
        params.subject_alt_names.push(SanType::Rfc822Name("a@doctor.test".try_into().unwrap()));
        params.subject_alt_names.push(SanType::IpAddress([127, 0, 0, 1].into()));
    });
    let read = X509::read(&der).unwrap();
    assert_eq!(read.not_before.to_rfc3339(), "1999-12-31T00:00:00+00:00");
    assert_eq!(read.not_after.to_rfc3339(), "2051-01-02T00:00:00+00:00");
    let names: Vec<_> = read.alternatives().collect();
    assert_eq!(names, [Alternative::Dns("doctor.test"), Alternative::Ip(&[127, 0, 0, 1])]);
    assert_eq!(read.issuer, read.subject);
}

#[test]
fn names_are_written_with_the_names_of_their_attributes() {
    let der = made(|params| {
        let name = &mut params.distinguished_name;
        *name = rcgen::DistinguishedName::new();
        name.push(DnType::CountryName, "DE");
        name.push(DnType::OrganizationName, DnValue::BmpString("Prüfer".try_into().unwrap()));
        name.push(DnType::CustomDnType(vec![2, 5, 4, 97]), "id");
        name.push(DnType::CustomDnType(vec![1, 3, 6, 1, 4, 1, 99_999]), "x");
        name.push(DnType::CommonName, "Ärzte, \u{1F9EA}");
    });
    let name = X509::read(&der).unwrap().subject.to_string();
    assert_eq!(name, "C=DE, O=Prüfer, 2.5.4.97=id, 1.3.6.1.4.1.99999=x, CN=Ärzte, \u{1F9EA}");
    let joined = [0x31, 18, 0x30, 7, 6, 3, 0x55, 4, 3, 0x0c, 0, 0x30, 7, 6, 3, 0x55, 4, 3, 4, 0];
    assert_eq!(Name(&joined).to_string(), "CN= + CN=");
}

#[test]
fn what_is_cut_off_or_changed_never_panics() {
    let der = made(|_| ());
    for end in 0..der.len() {
        assert!(X509::read(&der[..end]).is_none(), "{end}");
    }
    for at in 0..der.len() {
        for byte in [0, 0x7f, 0x80, 0x84, 0xff] {
            let mut changed = der.clone();
            changed[at] = byte;
            if let Some(read) = X509::read(&changed) {
                let _ = (read.subject.to_string(), read.alternatives().count());
            }
        }
    }
}

#[test]
fn times_that_are_none_are_refused() {
    for (tag, text, fits) in [
        (tag::UTC_TIME, "491231235959Z", Some("2049-12-31T23:59:59+00:00")),
        (tag::UTC_TIME, "500101000000Z", Some("1950-01-01T00:00:00+00:00")),
        (tag::GENERALIZED_TIME, "20500101000000Z", Some("2050-01-01T00:00:00+00:00")),
        (tag::GENERALIZED_TIME, "500101000000Z", None),
        (tag::UTC_TIME, "20500101000000Z", None),
        (tag::UTC_TIME, "501301000000Z", None),
        (tag::UTC_TIME, "5001010000Z", None),
        (tag::UTC_TIME, "500101000000", None),
        (tag::UTC_TIME, "50010100000+Z", None),
        (tag::OCTET_STRING, "500101000000Z", None),
    ] {
        let read = time((tag, text.as_bytes())).map(|time| time.to_rfc3339());
        assert_eq!(read.as_deref(), fits, "{text}");
    }
}
