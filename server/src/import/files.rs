//! Reading a file to its end.

use super::runner::Import;
use super::{ImportError, ImportRequest, Progress, Summary, Tools};
use std::io::Read;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::runtime::Handle;

/// How much is read at a time. Packed bytes unpack to a thousand times as many at worst: this bounds the memory.
const PIECE: usize = 16 * 1024;

/// Brings a file in, plain or gzip. `progress` hears how far it is after each piece.
///
/// # Errors
/// See [`ImportError`]: what was brought in before stays, and the same call goes on from there.
pub async fn run<R>(
    tools: Tools<'_>,
    request: ImportRequest,
    mut input: R,
    mut progress: impl FnMut(Progress),
) -> Result<Summary, ImportError>
where
    R: AsyncRead + Unpin,
{
    let mut import = Import::new(tools, &request)?;
    let mut piece = vec![0; PIECE];
    loop {
        match input.read(&mut piece).await {
            Ok(0) => return import.end().await,
            Ok(n) => import.feed(piece[..n].to_vec()).await?,
            Err(error) => return Err(import.broken(error).await),
        }
        progress(import.progress());
    }
}

/// As [`run`], for input whose reading blocks: call it on a blocking thread of a runtime. The work of reading lines
/// stays there too, away from the threads that answer requests.
///
/// # Errors
/// As [`run`].
///
/// # Panics
/// Outside a runtime, or on one of its asynchronous threads.
pub fn run_blocking(
    tools: Tools<'_>,
    request: ImportRequest,
    mut input: impl Read,
    mut progress: impl FnMut(Progress),
) -> Result<Summary, ImportError> {
    let runtime = Handle::current();
    let mut import = Import::new(tools, &request)?;
    let mut piece = vec![0; PIECE];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return runtime.block_on(import.end()),
            Ok(n) => runtime.block_on(import.feed(piece[..n].to_vec()))?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(runtime.block_on(import.broken(error))),
        }
        progress(import.progress());
    }
}
