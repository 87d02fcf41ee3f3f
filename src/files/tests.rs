use std::fs;

use super::*;

#[test]
fn what_is_larger_than_allowed_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "12345678").unwrap();
    assert_eq!(read(&path, 8, PATIENCE).unwrap(), b"12345678");
    assert_eq!(read(&path, 7, PATIENCE).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    let folder = read(folder.path(), 8, PATIENCE).unwrap_err();
    assert_eq!(folder.kind(), io::ErrorKind::IsADirectory);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_that_nobody_opens_is_given_up() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let folder = tempfile::tempdir().unwrap();
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        path
    };
    let soon = Duration::from_millis(20);
    assert_eq!(read(&pipe("silent"), 8, soon).unwrap_err().kind(), io::ErrorKind::TimedOut);
    let path = pipe("written");
    let writer = thread::spawn({
        let path = path.clone();
        move || fs::write(path, "in time")
    });
    assert_eq!(read(&path, 8, Duration::from_mins(1)).unwrap(), b"in time");
    writer.join().unwrap().unwrap();
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_file_stays_and_a_new_one_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let umask = mode(&{
        let path = folder.path().join("open");
        let mut options = fs::OpenOptions::new();
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o666);
        options.create_new(true).write(true).open(&path).unwrap();
        path
    }) ^ 0o666;
    for (name, readers, before, after) in [
        ("new", Readers::Owner, None, 0o600),
        ("public", Readers::All, None, 0o644 & !umask),
        ("old", Readers::Owner, Some(0o664), 0o664),
        ("narrowed", Readers::All, Some(0o600), 0o600),
    ] {
        let path = folder.path().join(name);
        if let Some(before) = before {
            fs::write(&path, "before").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(before)).unwrap();
        }
        OutFile::open(&path, readers).unwrap().write(b"after").unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"after".to_vec(), after), "{name}");
        append(&folder.path().join("lines")).unwrap();
        assert_eq!(mode(&folder.path().join("lines")), 0o600);
    }
}
