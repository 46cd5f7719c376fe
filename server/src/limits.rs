//! What the system allows this process.

/// Raises the number of open files (connections, mostly) to what the system allows without asking: the usual 1,024 were
/// meant for programs that use `select`.
pub fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    if limit.current < limit.maximum
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })
    {
        tracing::debug!(error = %error, "the number of open files stays as it is");
    }
}
