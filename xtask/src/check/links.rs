//! Links in Markdown that lead to files of the repository must find them.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Fails with every link whose file is not there. Addresses of the web are not followed.
pub fn check() -> Result<()> {
    let root = shell::root();
    let files = shell::output(shell::command("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "*.md"]))?;
    let mut broken = Vec::new();
    for file in files.lines().filter(|file| root.join(file).is_file()) {
        let text = std::fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
        let dir = Path::new(file).parent().unwrap_or(Path::new(""));
        for link in links(&text) {
            if !root.join(dir).join(link).exists() {
                broken.push(format!("{file}: {link}"));
            }
        }
    }
    if !broken.is_empty() {
        bail!("links lead nowhere:\n  {}", broken.join("\n  "));
    }
    Ok(())
}

/// The files that `[…](…)` links name, outside code.
fn links(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for (at, _) in line.match_indices("](") {
            let inside_code = line[..at].matches('`').count() % 2 == 1;
            let Some(target) = line[at + 2..].split([')', ' ', '#']).next() else { continue };
            if !inside_code && !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                found.push(target);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn finds_files_and_leaves_the_web_alone() {
        let text = "[a](docs/a.md) [b](https://b.example) [c](../c.md#part) `[d](d.md)`\n```\n[e](e.md)\n```\n[f](#here)";
        assert_eq!(links(text), ["docs/a.md", "../c.md"]);
    }
}
