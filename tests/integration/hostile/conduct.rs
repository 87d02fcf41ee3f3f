//! What a server does once it was asked.

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::loopback::{head, stay_silent};

/// The conduct of a server once it was asked.
#[derive(Clone)]
pub(super) enum Conduct {
    /// Says this, and closes.
    Says(Vec<u8>),
    /// Says this before it was asked anything, and closes.
    Interrupts(Vec<u8>),
    /// Says this, and nothing more.
    Stalls(Vec<u8>),
    /// Says this, then the same thing again and again.
    Repeats { first: Vec<u8>, then: Vec<u8>, every: Duration },
}

/// Misbehaves on one connection.
pub(super) async fn misbehave(mut stream: TcpStream, conduct: Conduct) {
    if !matches!(conduct, Conduct::Interrupts(_)) && head(&mut stream).await.is_empty() {
        // The doctor's own look at the connection asks nothing.
        return;
    }
    match conduct {
        Conduct::Says(bytes) | Conduct::Interrupts(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            stay_silent(stream).await;
        }
        Conduct::Stalls(bytes) => {
            let _ = stream.write_all(&bytes).await;
            stay_silent(stream).await;
        }
        Conduct::Repeats { first, then, every } => {
            let mut said = stream.write_all(&first).await;
            while said.is_ok() {
                tokio::time::sleep(every).await;
                said = stream.write_all(&then).await;
            }
        }
    }
}
