//! The program `footfall`.

fn main() {}
